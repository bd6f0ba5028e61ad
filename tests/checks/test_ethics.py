"""What the law asks starts from the origin of the material: no gap leads around it."""

from __future__ import annotations

import pytest

from fair_imagic.checks import check, profiles
from fair_imagic.model import Image, PublicationSet, Sample, Snapshot, slots_of
from fair_imagic.model import statements as said
from fair_imagic.rdf import PREFIXES

PROFILE = profiles.load("ethics")
ROOT, IMAGE, RAW, SAMPLE = (f"https://example.org/id/{n}" for n in "sirp")
UNSTATED = "ethics/material-origin-required"
NO_SAMPLE = "ethics/sample-required"


def legal_points(
    *own: Image | Sample, context: tuple[Image | Sample, ...] = ()
) -> set[str]:
    """Return the points with the law behind them that a set of one image has."""
    root = PublicationSet(iri=ROOT, images=(IMAGE,))
    snapshot = Snapshot.make(
        ROOT,
        own=[t for record in (root, *own) for t in said(record)],
        context=[t for record in context for t in said(record)],
    )
    findings = check(snapshot, [PROFILE]).findings
    found = [one for one in findings if one.legal]
    assert all(one.blocks for one in found)
    return {one.code for one in found}


def sample(*origins: str, **values: object) -> Sample:
    return Sample(iri=SAMPLE, material_origin=origins, **values)  # type: ignore[arg-type]


ACQUIRED = Image(iri=IMAGE, sample=SAMPLE)


def _origins() -> tuple[str, ...]:
    return next(s.values for s in slots_of("Sample") if s.name == "material_origin")


@pytest.mark.parametrize("origin", [*_origins(), PREFIXES["fi"] + "notApplicable"])
def test_every_origin_of_the_model_is_an_answer(origin: str) -> None:
    assert UNSTATED not in legal_points(ACQUIRED, sample(origin))


@pytest.mark.parametrize(
    "answer",
    [
        (),
        (PREFIXES["fi"] + "unknown",),
        (PREFIXES["fi"] + "withheld",),
        ("biopsy of a patient",),
        ("cell line", "biopsy of a patient"),
    ],
)
def test_material_of_unstated_origin_is_stopped_by_law(answer: tuple[str, ...]) -> None:
    assert legal_points(ACQUIRED, sample(*answer)) == {UNSTATED}


def test_an_image_without_a_sample_or_with_an_unknown_one_is_stopped_too() -> None:
    assert legal_points(Image(iri=IMAGE)) == {NO_SAMPLE}
    assert legal_points(ACQUIRED) == {NO_SAMPLE}


def test_an_image_made_from_nothing_known_is_stopped_too() -> None:
    assert legal_points(Image(iri=IMAGE, derived_from=(RAW,))) == {NO_SAMPLE}


def test_the_law_looks_at_what_a_processed_image_was_made_from() -> None:
    mask = Image(iri=IMAGE, derived_from=(RAW,))
    raw = Image(iri=RAW, sample=SAMPLE)
    cells = sample("cell line", no_approval_reason="established cell line")
    assert legal_points(mask, context=(raw, cells)) == set()
    assert legal_points(mask, context=(raw, sample())) == {UNSTATED}
    assert legal_points(mask, context=(raw, sample("human donor"))) == {
        "ethics/human-consent-required",
        "ethics/human-donor-data-required",
        "ethics/human-legal-basis-required",
    }


@pytest.mark.parametrize(
    ("number", "is_right"),
    [
        # As four articles cite theirs, the first of 2015 with one digit less.
        ("APAFIS#961 – 201506231137361", True),
        ("APAFIS#25912-2019072317104707 v2", True),
        ("APAFIS#30666–2021032518063894", True),
        ("APAFIS#20701", True),
        ("APAFIS 20701", True),
        ("APAFIS#", False),
        ("APAFIS#20701-2019", False),
        ("APAFIS#20701-19991231235959999", False),
        ("A75-14-02", False),
    ],
)
def test_an_apafis_number_has_the_form_of_those_in_use(
    number: str, is_right: bool
) -> None:
    graph = Snapshot.make(
        ROOT,
        own=[
            *said(PublicationSet(iri=ROOT, images=(IMAGE,))),
            *said(ACQUIRED),
            *said(sample("live vertebrate", animal_project=number)),
        ],
    )
    wrong = {
        one.value
        for one in check(graph, [PROFILE]).findings
        if one.code == "ethics/animal-project-format"
    }
    assert wrong == (set() if is_right else {number})
