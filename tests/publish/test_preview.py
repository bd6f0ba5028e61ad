"""A dry run writes exactly what would be sent, and sends nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from study_data import settings_for, snapshot

from fair_imagic.errors import NotFoundError
from fair_imagic.publish import available, load, write_preview

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("token", sorted(available()))
def test_the_preview_holds_the_files_and_the_payload(
    token: str, tmp_path: Path, sources: dict[str, Path]
) -> None:
    settings = settings_for(tmp_path / "home")
    package = load(token).build(snapshot(), settings, sources=sources)
    written = write_preview(package, tmp_path / "preview")
    names = {path.name for path in written}
    assert {"payload.json", "summary.json", "not-carried.txt"} <= names
    for name, content in package.files.items():
        assert (tmp_path / "preview" / name).read_bytes() == content
    summary = json.loads((tmp_path / "preview" / "summary.json").read_bytes())
    assert summary["key"] == package.key
    assert summary["packageHash"] == package.hash


def test_the_preview_lists_images_and_their_new_names(
    tmp_path: Path, sources: dict[str, Path]
) -> None:
    settings = settings_for(tmp_path / "home")
    package = load("bioimage-archive").build(snapshot(), settings, sources=sources)
    write_preview(package, tmp_path / "preview")
    rows = (tmp_path / "preview" / "attachments.tsv").read_text("utf-8").splitlines()
    assert len(rows) == 4
    assert rows[1].split("\t")[1] == "1800"
    names = (tmp_path / "preview" / "file-names.tsv").read_text("utf-8")
    assert "HeLa é+1.tif" in names


def test_no_secret_is_written(tmp_path: Path, sources: dict[str, Path]) -> None:
    secrets = {
        f"{name}_password": "planted-secret"
        for name in ("datacite", "swh", "biostudies")
    }
    settings = settings_for(tmp_path / "home", **secrets)
    for token, target in available().items():
        package = target.build(snapshot(), settings, sources=sources)
        for path in write_preview(package, tmp_path / token):
            assert b"planted-secret" not in path.read_bytes()


def test_an_unknown_target_is_told_with_the_known_ones() -> None:
    with pytest.raises(NotFoundError) as caught:
        load("zenodo")
    assert "bioimage-archive" in caught.value.expected
