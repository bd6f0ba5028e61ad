"""Authorisations hold from their first day to their last one, both included."""

from __future__ import annotations

import pytest

from fair_imagic.checks.node_tests import node_test
from fair_imagic.model import Image, RecordGraph, Sample, statements
from fair_imagic.rdf import text_of


def failing(name: str, *records: Image | Sample, focus: str = "urn:i") -> list[str]:
    graph = RecordGraph(t for record in records for t in statements(record))
    found = node_test(name)(graph, focus)
    return ["" if term is None else text_of(term) for term in found]


def animal(**values: object) -> Sample:
    given: dict[str, object] = {"material_origin": ("live vertebrate",), **values}
    return Sample(iri="urn:s", **given)  # type: ignore[arg-type]


def image(when: str | None) -> Image:
    return Image(iri="urn:i", sample="urn:s", acquired_at=when)


PERIODS = {
    "accreditation-valid-at-acquisition": ("accreditation_from", "accreditation_until"),
    "animal-project-valid-at-acquisition": (
        "animal_project_from",
        "animal_project_until",
    ),
}


@pytest.mark.parametrize("name", sorted(PERIODS))
@pytest.mark.parametrize(
    ("when", "is_outside"),
    [
        ("2024-02-29T00:00:00Z", False),
        ("2025-12-31T23:59:59Z", False),
        ("2024-02-28T23:59:59Z", True),
        ("2026-01-01T00:00:00+01:00", True),
        ("2025-06-01", False),
        ("some day in spring", False),
        (None, False),
    ],
)
def test_an_image_is_compared_with_the_period(
    name: str, when: str | None, is_outside: bool
) -> None:
    first, last = PERIODS[name]
    sample = animal(**{first: "2024-02-29", last: "2025-12-31"})
    assert failing(name, image(when), sample) == ([when] if is_outside else [])


@pytest.mark.parametrize("name", sorted(PERIODS))
def test_a_period_with_one_end_is_open_at_the_other(name: str) -> None:
    first, last = PERIODS[name]
    late, early = image("2030-01-01T00:00:00Z"), image("2001-01-01T00:00:00Z")
    assert not failing(name, late, animal(**{first: "2024-01-01"}))
    assert failing(name, early, animal(**{first: "2024-01-01"}))
    assert failing(name, late, animal(**{last: "2024-01-01"}))


@pytest.mark.parametrize("name", sorted(PERIODS))
def test_the_period_of_other_material_does_not_matter(name: str) -> None:
    first, _last = PERIODS[name]
    sample = animal(material_origin=("cell line",), **{first: "2024-01-01"})
    assert not failing(name, image("2001-01-01T00:00:00Z"), sample)


@pytest.mark.parametrize(
    ("first", "last", "is_wrong"),
    [
        ("2024-01-01", "2029-01-01", False),
        ("2024-02-29", "2029-02-28", False),
        ("2024-01-01", "2029-01-02", True),
        ("2024-01-01", "2023-12-31", True),
        ("2024-01-01", None, False),
        ("spring", "2029-01-02", False),
    ],
)
def test_a_project_of_more_than_five_years_or_less_than_none_is_named(
    first: str, last: str | None, is_wrong: bool
) -> None:
    sample = animal(animal_project_from=first, animal_project_until=last)
    found = failing("animal-project-at-most-five-years", sample, focus="urn:s")
    assert found == ([last] if is_wrong else [])


@pytest.mark.parametrize(
    ("origins", "reason", "fits"),
    [
        (("cell line",), "established cell line", True),
        (("cell line",), "no biological material", False),
        (("micro-organism", "cell line"), "established cell line", True),
        (("live vertebrate", "cell line"), "established cell line", True),
        (("live vertebrate",), "no biological material", False),
        (("human donor",), "established cell line", True),
        ((), "established cell line", True),
    ],
)
def test_a_reason_fits_one_of_the_origins(
    origins: tuple[str, ...], reason: str, fits: bool
) -> None:
    sample = animal(material_origin=origins, no_approval_reason=reason)
    found = failing("no-approval-reason-fits-the-origin", sample, focus="urn:s")
    assert found == ([] if fits else [reason])


def test_human_material_says_so() -> None:
    human = "http://purl.obolibrary.org/obo/NCBITaxon_9606"
    name = "human-organism-has-human-origin"
    for origin, is_wrong in (
        ("human donor", False),
        ("cell line", False),
        ("tissue taken after killing", True),
    ):
        sample = animal(organism=human, material_origin=(origin,))
        assert bool(failing(name, sample, focus="urn:s")) is is_wrong
    mouse = animal(organism=human.replace("9606", "10090"))
    assert not failing(name, mouse, focus="urn:s")
