"""A folder of scripts, before anybody deposits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.publish.software_heritage import directory_swhid
from fair_imagic.publish.software_heritage.archive import read_folder
from fair_imagic.publish.software_heritage.folder import folder_states

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    folder = tmp_path / "scripts"
    folder.mkdir()
    for name in ("run.py", "README.md", "LICENSE"):
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def test_a_folder_that_can_be_deposited_has_nothing_against_it(scripts: Path) -> None:
    swhid = directory_swhid(read_folder(scripts))
    assert list(folder_states(scripts)) == []
    assert list(folder_states(scripts, swhid=swhid)) == []


def test_a_folder_that_changed_since_its_deposit_is_told(scripts: Path) -> None:
    swhid = directory_swhid(read_folder(scripts))
    (scripts / "run.py").write_text("print(2)\n", encoding="utf-8")
    assert list(folder_states(scripts, swhid=swhid)) == ["changed"]
    assert list(folder_states(scripts)) == []


def test_missing_files_of_courtesy_are_told_one_by_one(scripts: Path) -> None:
    (scripts / "README.md").unlink()
    assert list(folder_states(scripts)) == ["no-readme"]
    (scripts / "LICENSE").rename(scripts / "copying.txt")
    assert list(folder_states(scripts)) == ["no-readme"]


def test_a_lone_archive_is_told(tmp_path: Path) -> None:
    (tmp_path / "lone").mkdir()
    (tmp_path / "lone" / "all.tar.gz").write_bytes(b"x")
    assert "only-an-archive" in folder_states(tmp_path / "lone")


def test_what_is_not_there_or_not_accepted_is_told(
    scripts: Path, tmp_path: Path
) -> None:
    assert list(folder_states(None)) == ["missing"]
    assert list(folder_states(tmp_path / "nowhere")) == ["missing"]
    (tmp_path / "empty").mkdir()
    assert list(folder_states(tmp_path / "empty")) == ["refused"]
    (scripts / "link").symlink_to(scripts / "run.py")
    assert list(folder_states(scripts)) == ["refused"]
