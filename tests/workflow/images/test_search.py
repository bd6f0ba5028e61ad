"""Searches over images: what each condition finds, alone and together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.images.listed import listed_in
from fair_imagic.workflow.images.members import images_matching, images_of
from fair_imagic.workflow.images.search import (
    Search,
    facets_of,
    images_found,
    parts_of,
    search_in,
)
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace


def _titles(workspace: Workspace, query: str) -> list[str]:
    known = {one.iri: one.title for one in listed_in(workspace)}
    return sorted(known[image] for image in images_matching(workspace, query))


def test_conditions_hold_together_and_each_alone(imported: Workspace) -> None:
    every = images_matching(imported, "all")
    fields = images_matching(imported, "text=field_0")
    assert 0 < len(fields) < len(every)
    assert images_matching(imported, "text=field_01 & sample=nobody") == []
    assert set(images_matching(imported, "set=s & text=field_0")) == set(fields)
    assert _titles(imported, "text=FIELD_01  tiff") == _titles(imported, "field_01*")
    assert images_matching(imported, "set=s & title=field_01*") != []
    with pytest.raises(NotFoundError):
        images_matching(imported, "text=zstack & title=field_01*")


def test_days_are_compared_as_far_as_they_are_given(imported: Workspace) -> None:
    day = next(one.day for one in listed_in(imported) if one.day)
    dated = {one.iri for one in listed_in(imported) if one.day[:7] == day[:7]}
    assert set(images_matching(imported, f"from={day[:7]} & until={day[:7]}")) == dated
    assert day not in {
        one.day for one in images_found(imported, Search(until=str(int(day[:4]) - 1)))
    }


@pytest.mark.parametrize("query", ["from=yesterday", "text=a & text=b", "until=1.2.26"])
def test_a_condition_that_cannot_be_is_refused(imported: Workspace, query: str) -> None:
    with pytest.raises(InputError):
        images_matching(imported, query)


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("title=A & B", ["title=A & B"]),
        ("text=a & sample=b c", ["text=a", "sample=b c"]),
        ("Red & Green*", ["Red & Green*"]),
        ("set=x & tag:Staining=D & E", ["set=x", "tag:Staining=D & E"]),
    ],
)
def test_an_ampersand_joins_only_in_front_of_a_condition(
    query: str, parts: list[str]
) -> None:
    assert parts_of(query) == parts


def test_a_search_written_as_a_query_is_read_as_itself() -> None:
    search = Search(
        place="set=s",
        text="field 1",
        collection="c",
        microscope="widefield-1",
        sample="HeLa & co",
        objective="20x*",
        since="2026-03",
        until="2026-04-01",
        tag="Staining=DAPI",
    )
    assert search_in(parts_of(search.query)) == (search, [])


def test_facets_count_what_a_search_by_them_finds(imported: Workspace) -> None:
    listed = images_found(imported, Search())
    for word, facet in facets_of(imported, listed).items():
        for value in facet.values:
            prefix = "tag:" if word == "tag" else f"{word}="
            found = images_matching(imported, f"{prefix}{value.value}")
            assert len(found) == value.count, (word, value)


def test_a_list_knows_what_changed_since_it_was_read(imported: Workspace) -> None:
    root = imported.record("set", "s")
    before = listed_in(imported, root)
    image = before[0].iri
    repair.set_values(imported, image, [("title", "quite another")], author="Ana")
    assert "quite another" in {one.title for one in listed_in(imported, root)}
    assert images_matching(imported, "text=another quite") == [image]
    sets.remove(imported, "s", images=[image], author="Ana")
    assert len(listed_in(imported, root)) == len(before) - 1
    assert [one.iri for one in listed_in(imported, root)].count(image) == 0
    assert len(listed_in(imported)) == len(images_matching(imported, "all"))
    assert {one.iri for one in listed_in(imported, root)} == set(
        images_of(imported, root)
    )


def test_whom_an_image_is_hidden_from_does_not_find_it(imported: Workspace) -> None:
    hidden = listed_in(imported)[0].iri
    found = images_found(imported, Search(), visible=lambda one: one.iri != hidden)
    assert hidden not in {one.iri for one in found}
    assert len(found) == len(listed_in(imported)) - 1
