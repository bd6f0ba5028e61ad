"""Dates that cannot be, whatever form and zone they are written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Failing = Callable[[str, str, str], list[str]]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2026-11-22T10:00:00Z")


@pytest.mark.parametrize(
    ("taken", "found"),
    [
        ('"2026-11-22T09:00:00Z"^^xsd:dateTime', []),
        # Half past eleven in the evening in Auckland is not the future.
        ('"2026-11-22T23:30:00"^^xsd:dateTime', []),
        ('"2026-12-01T09:00:00Z"^^xsd:dateTime', ["2026-12-01T09:00:00Z"]),
        ('"2026-12-01"^^xsd:date', ["2026-12-01"]),
        ('"last Tuesday"', []),
        ("fi:unknown", []),
    ],
)
def test_an_acquisition_is_not_in_the_future(
    failing: Failing, taken: str, found: list[str]
) -> None:
    turtle = f"<urn:i> sosa:resultTime {taken} ."
    assert failing("acquired-in-the-past", turtle, "urn:i") == found


@pytest.mark.parametrize(
    ("taken", "found"), [("1989-12-31", ["1989-12-31"]), ("1990-01-01", [])]
)
def test_an_unset_clock_is_seen(failing: Failing, taken: str, found: list[str]) -> None:
    turtle = f'<urn:i> sosa:resultTime "{taken}"^^xsd:date .'
    assert failing("acquired-digitally", turtle, "urn:i") == found


@pytest.mark.parametrize(
    "start",
    [
        "<urn:i> fi:instrumentVersion <urn:v> . <urn:v> fi:validFrom",
        "<urn:i> fi:acquiredWith <urn:m> . <urn:m> fi:recordedSince",
    ],
)
def test_an_image_older_than_its_microscope_record_is_named(
    failing: Failing, start: str
) -> None:
    def found(day: str) -> list[str]:
        turtle = (
            '<urn:i> sosa:resultTime "2026-03-01T10:00:00Z"^^xsd:dateTime .'
            f'{start} "{day}"^^xsd:date .'
        )
        return failing("acquired-since-microscope-record", turtle, "urn:i")

    assert found("2026-03-01") == []
    assert found("2026-03-02") == ["2026-03-01T10:00:00Z"]


def test_a_set_is_not_public_before_its_youngest_image(failing: Failing) -> None:
    def found(issued: str) -> list[str]:
        turtle = (
            f'<urn:s> dcterms:issued "{issued}"^^xsd:date ; '
            "dcterms:hasPart <urn:a>, <urn:b>, <urn:c> ."
            '<urn:a> sosa:resultTime "2026-01-01"^^xsd:date .'
            '<urn:b> sosa:resultTime "2026-02-01T09:00:00Z"^^xsd:dateTime .'
        )
        return failing("published-after-acquisition", turtle, "urn:s")

    assert found("2026-02-01") == []
    assert found("2026-01-31") == ["2026-01-31"]


def test_a_run_reads_images_that_exist_and_ends_after_it_began(
    failing: Failing,
) -> None:
    def run(start: str, end: str) -> str:
        return (
            f'<urn:r> prov:startedAtTime "{start}"^^xsd:dateTime ;'
            f'prov:endedAtTime "{end}"^^xsd:dateTime ; prov:used <urn:i>, <urn:j> .'
            '<urn:i> sosa:resultTime "2026-03-01T10:00:00Z"^^xsd:dateTime .'
        )

    early = run("2026-02-01T10:00:00Z", "2026-02-01T09:59:59Z")
    late = run("2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z")
    assert failing("processed-after-acquisition", early, "urn:r") == [
        "2026-02-01T10:00:00Z"
    ]
    assert failing("ended-after-start", early, "urn:r") == ["2026-02-01T09:59:59Z"]
    assert failing("processed-after-acquisition", late, "urn:r") == []
    assert failing("ended-after-start", late, "urn:r") == []


@pytest.mark.parametrize(
    "moment",
    ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59"],
)
def test_the_ends_of_time_are_compared_like_any_other(
    failing: Failing, moment: str
) -> None:
    turtle = (
        f'<urn:r> prov:startedAtTime "{moment}"^^xsd:dateTime ;'
        f'prov:endedAtTime "{moment}"^^xsd:dateTime ; prov:used <urn:r> ;'
        f'sosa:resultTime "{moment}"^^xsd:dateTime .'
    )
    late = moment.startswith("9999")
    found = failing("acquired-in-the-past", turtle, "urn:r")
    assert found == ([moment] if late else [])
    assert failing("processed-after-acquisition", turtle, "urn:r") == []
    assert failing("ended-after-start", turtle, "urn:r") == []
