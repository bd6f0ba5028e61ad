"""Storage roots and versions of files as a user of the command line meets them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

    from fair_imagic.workflow.demo.sample_study import StudyFolder

CONTROL = "field_01_control.ome.tiff"


@pytest.fixture
def share(study: StudyFolder, tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    shutil.copy(study.images["widefield"] / CONTROL, folder)
    return folder


def test_a_share_that_moved_is_named_and_found_by_one_setting(
    run: Run, share: Path, home: Path, tmp_path: Path
) -> None:
    empty = run("storage", "list")
    assert empty.returncode == 0
    assert '[storage.NAME] path = "/mnt/share"' in empty.stdout
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(f'[storage.share]\npath = "{share}"\n')
    assert str(share) in run("config", "show").stdout
    assert run("import", share, "--collection", "c").returncode == 0
    assert run("storage", "list").returncode == 0
    share.rename(tmp_path / "nas")
    gone = run("storage", "list", FAIR_IMAGIC_LANGUAGE="fr")
    assert gone.returncode == 1
    assert "non" in gone.stdout.split("share")[-1]
    checked = run("check", "c", "--profile", "set", "--all-points")
    assert "set/file-storage-missing" in checked.stdout
    assert "set/file-missing" not in checked.stdout
    moved = {"FAIR_IMAGIC_STORAGE_SHARE": str(tmp_path / "nas")}
    assert run("storage", "list", **moved).returncode == 0
    checked = run("check", "c", "--profile", "set", "--all-points", **moved)
    assert "file-storage-missing" not in checked.stdout


def test_an_import_says_what_has_changed_and_what_is_in_other_collections_too(
    run: Run, share: Path
) -> None:
    run("import", share, "--collection", "one")
    second = run("import", share, "--collection", "two")
    assert "of these, in other collections too: 1" in second.stdout
    number = second.stdout.partition("fair-imagic undo ")[2].partition(")")[0]
    assert run("undo", number).returncode == 0
    path = share / CONTROL
    path.write_bytes(path.read_bytes() + b"\0")
    third = run("import", share, "--collection", "one")
    assert "Files changed since their last import: 1" in third.stdout
    assert "a new version" in third.stderr


def test_a_lost_journal_is_refused_with_what_to_do(run: Run, home: Path) -> None:
    run("status")
    (home / "journal.sqlite").write_bytes(b"")
    refused = run("status")
    assert refused.returncode == 2
    assert "Restore the database from a backup" in refused.stderr
