"""Storage roots as settings: from the file, from the environment, and refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from fair_imagic import config
from fair_imagic.errors import ConfigurationError
from fair_imagic.storage import StorageRoot, places_of_path


def test_roots_come_from_the_settings_file_and_the_environment_first(
    tmp_path: Path,
) -> None:
    (tmp_path / "config.toml").write_text(
        '[storage.share]\npath = "/mnt/share"\n[storage.old-share]\npath = "/mnt/old"\n'
    )
    environ = {
        "FAIR_IMAGIC_STORAGE_OLD_SHARE": "/srv/old/",
        "FAIR_IMAGIC_STORAGE_NAS": "/nas",
    }
    settings = config.load(tmp_path, environ=environ)
    assert settings.storage == (
        StorageRoot("nas", Path("/nas")),
        StorageRoot("old-share", Path("/srv/old")),
        StorageRoot("share", Path("/mnt/share")),
    )
    assert settings.storage[1].variable == "FAIR_IMAGIC_STORAGE_OLD_SHARE"
    assert settings.targets.variables == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('storage = "/mnt"', "table of its own"),
        ("[storage]\nshare = '/mnt'", "table of its own"),
        ("[storage.share]\nfolder = '/mnt'", "table of its own"),
        ("[storage.share]\npath = 7", "table of its own"),
        ("[storage.share]\npath = 'mnt'", "must begin at /"),
        ("[storage.Share]\npath = '/mnt'", "no name of a storage root"),
        (
            "[storage.a]\npath = '/mnt'\n[storage.b]\npath = '/mnt/x/..'",
            "same folder",
        ),
    ],
)
def test_what_names_no_folder_is_refused(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=told):
        config.load(tmp_path, environ={})


def test_a_path_is_named_by_each_root_that_holds_it_the_longest_first() -> None:
    roots = [StorageRoot("a", Path("/mnt")), StorageRoot("b", Path("/mnt/b"))]
    assert places_of_path(Path("/mnt/b/c/../d.tif"), roots) == [
        ("b", "d.tif"),
        ("a", "b/d.tif"),
        ("", "/mnt/b/d.tif"),
    ]
    assert places_of_path(Path("/mnt/bb/d.tif"), roots)[0] == ("a", "bb/d.tif")
