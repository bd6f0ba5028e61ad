"""How old a calibration may be: a month, the day itself, a quarter."""

from __future__ import annotations

import pytest

from fair_imagic.checks.node_tests import node_test
from fair_imagic.model import RecordGraph
from fair_imagic.rdf import PREFIXES, parse, text_of

HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
MONTH = "optical-calibration-within-a-month"
DAY = "optical-calibration-of-the-day"
LIGHT = "intensity-calibration-within-a-quarter"
STAGE = "mechanical-calibration-within-a-quarter"


def found(test: str, turtle: str) -> list[str | None]:
    graph = RecordGraph(parse((HEAD + turtle).encode(), format="ttl"))
    terms = node_test(test)(graph, "urn:image")
    return [None if term is None else text_of(term) for term in terms]


def optical(measured: str, acquired: str) -> str:
    return f"""<urn:image> a fi:Image ; sosa:resultTime "{acquired}" ;
        nboq:opticalCalibration <urn:run#psf> .
        <urn:run#psf> a fi:ObjectiveCalibration ; nboq:date "{measured}"^^xsd:date ."""


def control(point: str, measured: str, acquired: str = "2026-10-05T09:30:00Z") -> str:
    return f"""<urn:image> a fi:Image ; sosa:resultTime "{acquired}" ;
        fi:qualityRun <urn:run> .
        <urn:run> a fi:QualityRun ; dcterms:date "{measured}"^^xsd:date ;
            fi:measurement <urn:run#m> .
        <urn:run#m> a dqv:QualityMeasurement ; fi:measurementPoint "{point}" ."""


@pytest.mark.parametrize(
    ("measured", "acquired", "fresh"),
    [
        ("2026-09-05", "2026-10-05T23:59:00Z", True),
        ("2026-09-04", "2026-10-05T00:10:00Z", False),
        # A month after the last day of January is the last day of February.
        ("2026-01-31", "2026-02-28T10:00:00Z", True),
        ("2026-01-31", "2026-03-01T10:00:00Z", False),
        ("2025-12-15", "2026-01-15", True),
        ("2025-12-15", "2026-01-16", False),
        # A calibration made later says nothing of the time before.
        ("2026-10-06", "2026-10-05T09:00:00Z", False),
    ],
)
def test_an_optical_calibration_holds_for_one_month(
    measured: str, acquired: str, fresh: bool
) -> None:
    assert found(MONTH, optical(measured, acquired)) == (
        [] if fresh else ["urn:run#psf"]
    )


def test_at_tier_3_it_is_of_the_same_day() -> None:
    assert found(DAY, optical("2026-10-05", "2026-10-05T23:00:00Z")) == []
    assert found(DAY, optical("2026-10-04", "2026-10-05T01:00:00Z")) == ["urn:run#psf"]


@pytest.mark.parametrize(
    "turtle",
    [
        "<urn:image> a fi:Image .",
        '<urn:image> a fi:Image ; sosa:resultTime "2026-10-05" .',
        "<urn:image> a fi:Image ; nboq:opticalCalibration fi:unknown .",
        optical("some day", "2026-10-05"),
        optical("2026-10-05", "last Tuesday"),
    ],
)
def test_an_image_that_cannot_show_it_has_none(turtle: str) -> None:
    assert found(MONTH, turtle) == [None]


def test_a_computed_image_needs_no_calibration() -> None:
    turtle = "<urn:image> a fi:Image ; prov:wasDerivedFrom <urn:raw> ."
    assert [found(one, turtle) for one in (MONTH, DAY, LIGHT, STAGE)] == [[]] * 4


@pytest.mark.parametrize(
    ("test", "point"),
    [
        (LIGHT, "illumination stability"),
        (STAGE, "stage drift"),
        (STAGE, "stage repeatability"),
    ],
)
def test_light_and_stage_are_measured_each_quarter(test: str, point: str) -> None:
    assert found(test, control(point, "2026-07-05")) == []
    assert found(test, control(point, "2026-07-04")) == ["urn:run#m"]
    assert found(test, control("camera noise", "2026-10-01")) == [None]
