"""The sample study and workspaces over it; the files are made once a session."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from fair_imagic.workflow.base.workspace import Workspace, open_workspace
from fair_imagic.workflow.demo.sample_study import StudyFolder, write_study
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.people import person as people
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from pathlib import Path

AUTHOR = "Ana Roux"


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    return write_study(tmp_path_factory.mktemp("study"))


@pytest.fixture
def few(study: StudyFolder, tmp_path: Path) -> Path:
    """A folder with two fields and one stack: 01 is whole, 03 lacks its pixel size."""
    folder = tmp_path / "few"
    folder.mkdir()
    for kind, name in (
        ("widefield", "field_01_control.ome.tiff"),
        ("widefield", "field_03_control.ome.tiff"),
        ("confocal", "zstack_01.ome.tiff"),
    ):
        shutil.copy(study.images[kind] / name, folder / name)
    return folder


@pytest.fixture
def workspace(tmp_path: Path):  # type: ignore[no-untyped-def]
    with open_workspace(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def imported(workspace: Workspace, few: Path, study: StudyFolder) -> Workspace:
    """A workspace with the few images, their microscope, a person and the set s."""
    instruments.import_file(
        workspace, study.microscopes["widefield"], author=AUTHOR, name="scope"
    )
    import_images.run(
        workspace, [few], collection="few", author=AUTHOR, instrument="scope"
    )
    people.import_table(workspace, study.people, author=AUTHOR)
    sets.create(workspace, "s", author=AUTHOR, title="Some nuclei", images="all")
    return workspace
