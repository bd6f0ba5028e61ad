"""A wrong value is proposed again in the form of its registry, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import Confidence
from fair_imagic.entry.day import iso_day
from fair_imagic.model import RecordGraph, Snapshot, slot_named, slots_of
from fair_imagic.rdf import iri
from fair_imagic.workflow.proposals import Evidence, Point
from fair_imagic.workflow.proposals.written_value import from_written_value

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace


def _proposal(workspace: Workspace, class_name: str, name: str, seen: str):  # type: ignore[no-untyped-def]
    slot = next(slot for slot in slots_of(class_name) if slot.name == name)
    nothing = Snapshot.make("https://x.example/a", own=())
    point = Point("https://x.example/a", class_name, slot, seen)
    return from_written_value(Evidence(workspace, nothing), point)


@pytest.mark.parametrize(
    ("class_name", "name", "seen", "value"),
    [
        ("Person", "orcid", "orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("Person", "orcid", "0000000218250097", "0000-0002-1825-0097"),
        ("Person", "orcid", "ORCID: 0000 0002 1694 233x", "0000-0002-1694-233X"),
        ("Organisation", "ror", "ror.org/051sk4035", "https://ror.org/051sk4035"),
        ("Organisation", "ror", "051SK4035", "https://ror.org/051sk4035"),
        ("PublicationSet", "issued", "2026/3/4", "2026-03-04"),
        ("PublicationSet", "issued", "25/12/2026", "2026-12-25"),
        ("Image", "acquired_at", "2026-03-04 10:11:12", "2026-03-04T10:11:12"),
        ("Image", "physical_size_x", "0,323", "0.323 µm"),
        ("Image", "physical_size_x", "323 nm", "0.323 µm"),
        ("Objective", "magnification", "20x", "20"),
        ("Objective", "immersion_type", "mineral-oil", "Mineral Oil"),
        ("Objective", "immersion_type", "Mineral Oill", "Mineral Oil"),
        ("PublicationSet", "title", "Nuclei\x07 of HeLa", "Nuclei of HeLa"),
    ],
)  # fmt: skip
def test_the_form_of_the_registry_is_proposed(
    workspace: Workspace, class_name: str, name: str, seen: str, value: str
) -> None:
    proposal = _proposal(workspace, class_name, name, seen)
    assert proposal is not None
    assert proposal.value == value
    assert proposal.source["en"] and proposal.source["fr"] != proposal.source["en"]


@pytest.mark.parametrize(
    ("class_name", "name", "seen"),
    [
        ("Person", "orcid", "0000-0002-1825-0098"),  # a typing error is no form
        ("Person", "orcid", "ask her"),
        ("Organisation", "ror", "https://ror.org/051sk4036"),
        ("PublicationSet", "issued", "03/04/2026"),  # 3 April or March 4?
        ("PublicationSet", "issued", "31/02/2026"),
        ("PublicationSet", "issued", "soon"),
        ("Image", "physical_size_x", "1,234"),  # a decimal comma, or thousands?
        ("Image", "physical_size_x", "wide"),
        ("Objective", "immersion_type", "Honey"),
        ("PublicationSet", "title", "Nuclei of HeLa"),
    ],
)
def test_what_is_ambiguous_or_wrong_gets_no_proposal(
    workspace: Workspace, class_name: str, name: str, seen: str
) -> None:
    assert _proposal(workspace, class_name, name, seen) is None


def test_a_day_that_only_fits_one_way_is_likely_not_certain() -> None:
    assert iso_day("25/12/2026") == ("2026-12-25", False)
    assert iso_day("12/25/2026") == ("2026-12-25", False)
    assert iso_day("2026:12:25 10:11:12") == ("2026-12-25T10:11:12", True)


def test_a_check_digit_makes_an_identifier_certain(workspace: Workspace) -> None:
    proposal = _proposal(workspace, "Person", "orcid", "0000000218250097")
    assert proposal.confidence is Confidence.CERTAIN


def test_nothing_is_proposed_for_a_graph_without_the_thing(
    workspace: Workspace,
) -> None:
    evidence = Evidence(workspace, Snapshot.make("https://x.example/a", own=()))
    assert isinstance(evidence.graph, RecordGraph)
    assert evidence.images == ()


def test_a_number_is_read_in_the_unit_of_its_source(workspace: Workspace) -> None:
    image = "https://x.example/a"
    slot = slot_named("Image", "physical_size_x")
    unit = (iri(image), iri(f"{slot.iri}Unit"), iri("unit:NanoM"))
    evidence = Evidence(workspace, Snapshot.make(image, own=[unit]))
    found = from_written_value(evidence, Point(image, "Image", slot, "162,5"))
    assert found is not None
    assert found.value == "0.1625 µm"
