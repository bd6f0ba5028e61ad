"""Matching: the right objective, how sure, and only what the file leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.mapping import (
    ComponentMatch,
    Confidence,
    Matches,
    match_components,
    read_instrument,
    statements_for,
)
from fair_imagic.model import RecordGraph
from fair_imagic.rdf import iri, literal
from fair_imagic.readers import RawFact, RawImage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Matched = Callable[..., Matches]

IMAGE = "https://example.org/image/1"
OBJECTIVE = f"{IMAGE}#objective"
KEY = "Instrument/Objective"


@pytest.fixture
def matched(microscope: dict[str, Any], write: Callable[[Any], Path]) -> Matched:
    """Return a function that matches facts to the small microscope."""
    record = read_instrument(write(microscope), base_iri="https://example.org/")
    graph = RecordGraph(one.triple for one in record.statements)

    def run(facts: dict[str, str], *, raw: bool = True) -> Matches:
        found = tuple(RawFact(k, v, None, "") for k, v in facts.items())
        units = tuple(
            RawFact(f.key, f.value, "nm", "") if "Wavelength" in f.key else f
            for f in found
        )
        image = RawImage(0, "name", units)
        said = RecordGraph(one.triple for one in statements_for(image, image_iri=IMAGE))
        given = units if raw else ()
        return match_components(IMAGE, said, record.iri, graph, facts=given)

    return run


def objective(matches: Matches) -> ComponentMatch | None:
    return next((one for one in matches.matches if one.role == "objective"), None)


@pytest.mark.parametrize(
    ("facts", "confidence"),
    [
        ({"ID": "objective-63"}, "certain"),
        ({"SerialNumber": "440762 9904"}, "certain"),
        ({"leica:ObjectiveNumber": "4407629904"}, "certain"),
        ({"Model": "PLAN APO 63x", "LensNA": "1.4"}, "certain"),
        ({"Model": "Plan-Apo 63X"}, "likely"),
        ({"NominalMagnification": "63.0", "LensNA": "1.4000000000000001"}, "likely"),
        ({"Model": "Other 63x/1.4", "LensNA": "1.40"}, "likely"),
        ({"Model": "Strange", "NominalMagnification": "63"}, "unsure"),
        ({"Model": "Plan Apo 63x", "LensNA": "1.2"}, "unsure"),
    ],
)
def test_the_objective_is_found(
    matched: Matched, facts: dict[str, str], confidence: str
) -> None:
    found = objective(matched({f"{KEY}/{k}": v for k, v in facts.items()}))
    assert found is not None
    assert found.component.endswith("#objective-63")
    assert found.confidence == confidence
    assert found.reason


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"Model": "Unknown"},
        {"SerialNumber": "NA"},
        {"NominalMagnification": "40", "LensNA": "1.3"},
        {"NominalMagnification": "1.0", "LensNA": "1.4"},
    ],
)
def test_nothing_is_made_up(matched: Matched, facts: dict[str, str]) -> None:
    matches = matched({f"{KEY}/{k}": v for k, v in facts.items()})
    assert objective(matches) is None
    assert matches.statements == ()


def test_what_the_file_says_is_not_said_again(matched: Matched) -> None:
    facts = {f"{KEY}/Model": "Plan Apo 63x", f"{KEY}/LensNA": "1.4"}
    said = {one.triple[1:] for one in matched(facts)}
    assert (iri("nboq:manufacturer"), literal("Acme")) in said
    assert (iri("nboq:immersionType"), literal("Mineral Oil")) in said
    assert (iri("nboq:workingDistanceUnit"), iri("unit:MilliM")) in said
    predicates = {predicate for predicate, _value in said}
    assert iri("nboq:model") not in predicates
    assert iri("nboq:lensNA") not in predicates


def test_the_place_is_the_component_with_its_confidence(matched: Matched) -> None:
    facts = {f"{KEY}/Model": "Plan Apo 63x", f"{KEY}/LensNA": "1.4"}
    places = {one.place.rpartition("#")[2] for one in matched(facts)}
    assert places == {"objective-63 (certain)"}


def test_an_unsure_match_fills_nothing_in(matched: Matched) -> None:
    matches = matched({f"{KEY}/Model": "Plan Apo 63x", f"{KEY}/LensNA": "1.2"})
    found = objective(matches)
    assert found is not None
    assert found.confidence is Confidence.UNSURE
    assert matches.statements == ()


def test_unknown_fills_nothing_in(matched: Matched) -> None:
    matches = matched({f"{KEY}/Model": "Plan 10x", f"{KEY}/LensNA": "0.3"})
    predicates = {one.triple[1] for one in matches}
    assert iri("nboq:manufacturer") in predicates
    assert iri("nboq:catalogNumber") not in predicates


def test_statements_are_enough_to_match(matched: Matched) -> None:
    facts = {f"{KEY}/NominalMagnification": "63", f"{KEY}/LensNA": "1.4"}
    found = objective(matched(facts, raw=False))
    assert found is not None
    assert found.confidence is Confidence.LIKELY


CHANNEL = "Image/Pixels/Channel[0]"


def roles(matches: Matches) -> dict[str, str]:
    return {one.role: one.confidence for one in matches.matches}


def test_the_laser_is_found_by_its_wavelength(matched: Matched) -> None:
    matches = matched({f"{CHANNEL}/ExcitationWavelength": "487.5"})
    assert roles(matches)["light source"] == "likely"
    said = {one.triple[:2] for one in matches}
    assert (iri(f"{IMAGE}#channel-0"), iri("fi:lightSource")) in said


def test_a_far_wavelength_fits_no_laser(matched: Matched) -> None:
    matches = matched({f"{CHANNEL}/ExcitationWavelength": "561"})
    assert "light source" not in roles(matches)


@pytest.mark.parametrize(
    ("facts", "confidence"),
    [
        ({"Detector/Model": "Cam 1"}, "likely"),
        ({"Detector/ID": "camera"}, "certain"),
        ({"Name": "GFP"}, "likely"),
        ({"Detector/Model": "PMT 7"}, "unsure"),
        ({"AcquisitionMode": "LaserScanningConfocalMicroscopy"}, "unsure"),
    ],
)
def test_the_detector_is_found(
    matched: Matched, facts: dict[str, str], confidence: str
) -> None:
    matches = matched({f"{CHANNEL}/{k}": v for k, v in facts.items()})
    assert roles(matches)["detector"] == confidence
    linked = any(one.triple[1] == iri("fi:detector") for one in matches)
    assert linked == (confidence != "unsure")


FILTER = "Image/Pixels/Channel[0]/Filter[0]"


def filters(matches: Matches) -> list[tuple[str, str]]:
    return [
        (one.component.rpartition("#")[2], str(one.confidence))
        for one in matches.matches
        if one.role == "filter"
    ]


def test_a_filter_is_found_by_its_identifier_or_name(matched: Matched) -> None:
    kind = {f"{FILTER}/Kind": "EmissionFilter"}
    assert filters(matched({**kind, f"{FILTER}/ID": "filter"})) == [
        ("filter", "certain")
    ]
    found = matched({**kind, f"{FILTER}/Model": "Filter"})
    assert filters(found) == [("filter", "likely")]
    links = [one.triple for one in found if "filter" in one.triple[1]]
    assert [triple[0] for triple in links] == [f"<{IMAGE}#channel-0>"]


def test_a_filter_of_another_kind_is_no_match(matched: Matched) -> None:
    facts = {f"{FILTER}/Kind": "Dichroic", f"{FILTER}/ID": "filter"}
    assert filters(matched(facts)) == []


def test_a_filter_that_only_fits_the_emission_is_a_guess(matched: Matched) -> None:
    found = matched({"Image/Pixels/Channel[0]/EmissionWavelength": "525"})
    assert filters(found) == [("filter", "unsure")]
    assert not any("filter" in one.triple[1] for one in found)
    other = matched({"Image/Pixels/Channel[0]/EmissionWavelength": "700"})
    assert filters(other) == []
