from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import NotFoundError
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.microscopes import instruments

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.demo.sample_study import StudyFolder


def test_a_microscope_is_checked_by_its_name(
    workspace: Workspace, study: StudyFolder
) -> None:
    path = study.microscopes["confocal"]
    instruments.import_file(workspace, path, author="Ana Roux", name="scope")
    report = check.run(workspace, "scope")
    assert [one.token for one in report.profiles] == ["nboq-tier-1"]
    assert report.conforms


def test_what_a_microscope_lacks_is_found(
    workspace: Workspace, study: StudyFolder, tmp_path: Path
) -> None:
    text = study.microscopes["confocal"].read_text(encoding="utf-8")
    path = tmp_path / "scope.json"
    path.write_text(text.replace('"CoatingMethod"', '"Coated"'), encoding="utf-8")
    instruments.import_file(workspace, path, author="Ana Roux", name="scope")
    codes = {one.code for one in check.run(workspace, "scope").findings}
    assert "nboq-tier-1/filter-coating-method-required" in codes


def test_a_collection_is_seen_as_a_set_of_its_images(imported: Workspace) -> None:
    report = check.run(imported, "few", names=["set"])
    codes = {finding.code for finding in report.findings}
    assert "set/image-pixel-size-required" in codes
    assert "check/nothing-to-check" not in codes


def test_a_name_that_stands_for_nothing_lists_what_there_is(
    imported: Workspace,
) -> None:
    with pytest.raises(NotFoundError) as caught:
        check.run(imported, "nothing")
    assert {"s", "few", "scope"} <= set(caught.value.expected.split(", "))


def test_a_folder_of_broken_files_names_some_and_says_how_many_more(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    for number in range(7):
        (folder / f"{number}.tif").write_bytes(b"II*\0")
    with pytest.raises(NotFoundError) as caught:
        check.check_folder(folder)
    assert "4.tif" in caught.value.found
    assert "5.tif" not in caught.value.found
    assert caught.value.found.endswith("and 2 more")
