"""Publication sets: images come in, go out, and come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import ConflictError, InputError
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from pathlib import Path

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


def test_a_set_takes_exactly_the_images_that_are_named(imported: Workspace) -> None:
    two = images_of(imported, imported.record("set", "s"))[:2]
    record = sets.create(imported, "two", author="Ana", images=two, expected=2)
    assert sorted(images_of(imported, record)) == sorted(two)


def test_other_images_than_were_shown_are_refused(imported: Workspace) -> None:
    for act in (
        lambda: sets.create(imported, "x", author="A", images="all", expected=1),
        lambda: sets.add(imported, "s", author="A", images="all", expected=1),
        lambda: sets.remove(imported, "s", author="A", images="all", expected=1),
    ):
        before = imported.catalogue.last_number()
        with pytest.raises(ConflictError):
            act()
        assert imported.catalogue.last_number() == before


def test_images_that_came_or_went_are_one_change_that_is_taken_back(
    imported: Workspace,
) -> None:
    record = imported.record("set", "s")
    before = images_of(imported, record)
    gone = sets.remove(imported, "s", author="Ana", images=before[:3])
    assert gone.count == 3
    assert repair.undo_last(imported, record, author="Ana").number
    assert images_of(imported, record) == before
    none = sets.add(imported, "s", author="Ana", images=before)
    assert (none.count, none.number) == (0, None)


def test_a_table_with_rows_that_name_nothing_makes_no_set_and_tells_them_all(
    imported: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("image,figure\nfield_01*,1\nnobody,1\nzstack_01,2\nnothing,2\n")
    with pytest.raises(InputError) as caught:
        sets.create(imported, "t", author="Ana", table=path)
    assert "figures.csv:3" in caught.value.found
    assert "figures.csv:5" in caught.value.found
    assert [row.name for row in sets.list_sets(imported)] == ["s"]
