"""Publication sets: images come in, go out, and come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.workflow.checking import check
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace


def _count(workspace: Workspace) -> int:
    return len(images_of(workspace, workspace.record("set", "s")))


def test_the_last_image_can_be_taken_out_by_anyone(imported: Workspace) -> None:
    before = _count(imported)
    assert before > 0
    assert sets.remove(imported, "s", images="all", author="Ben").count == before
    assert _count(imported) == 0
    codes = {f.code for f in check.run(imported, "s", names=["set"]).findings}
    assert "set/image-required" in codes


def test_an_image_that_another_person_took_out_comes_back(imported: Workspace) -> None:
    before = _count(imported)
    for _time in range(2):
        sets.remove(imported, "s", images="all", author="Ben")
        assert sets.add(imported, "s", images="all", author="Ana").count == before
        assert _count(imported) == before
