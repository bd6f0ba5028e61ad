"""Numbers that cannot be stop every target, whichever field holds them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fair_imagic.checks import Severity, check, profiles
from fair_imagic.model import Slot, Snapshot, class_named, class_names, slots_of
from fair_imagic.rdf import Triple, iri, literal

IMAGE = "https://example.org/id/image/one"
NUMBERS = ("decimal", "integer", "nonNegativeInteger")
#: What Python, but no datatype of XSD, takes for a number.
NO_NUMBERS = ("NaN", "1e999999999", "0,5")
TARGETS = ("datacite", "bioimage-archive", "quarep-minimal", "nboq-tier-1", "set")
OF_IMAGES = ("Image", "Channel", "Objective", "ObjectiveSettings")


def is_number(slot: Slot) -> bool:
    return (slot.datatype or "").rpartition("#")[2] in NUMBERS


def is_outside(slot: Slot, text: str) -> bool:
    number = Decimal(text)
    return (
        (slot.above is not None and number <= Decimal(slot.above))
        or (slot.low is not None and number < Decimal(slot.low))
        or (slot.high is not None and number > Decimal(slot.high))
    )


def fields() -> list[tuple[str, Slot]]:
    concrete = [name for name in class_names() if not class_named(name).abstract]
    return [(name, s) for name in concrete for s in slots_of(name) if is_number(s)]


def record(value: str, held: list[tuple[str, Slot]]) -> list[Triple]:
    """Return one thing of each class with this value in each of the fields."""
    own: list[Triple] = [(iri(IMAGE), iri("rdf:type"), iri("fi:Image"))]
    for name, slot in held:
        part = iri(f"{IMAGE}#{name}")
        own.append((part, iri("rdf:type"), iri(class_named(name).iri)))
        own.append((part, iri(slot.iri), literal(value, datatype=slot.datatype)))
    return own


def stopped(
    value: str, *, target: str = "set", held: list[tuple[str, Slot]]
) -> set[tuple[str, str]]:
    """Return the classes and properties that a value must not have."""
    snapshot = Snapshot.make(IMAGE, own=record(value, held))
    report = check(snapshot, [profiles.load(target)])
    return {
        (one.focus.rpartition("#")[2], one.path or "")
        for one in report.findings
        if one.profile == "model"
        and one.blocks
        and one.severity is Severity.MUST
        and one.value == value
    }


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_stops_in_every_field_for_a_number(text: str) -> None:
    held = fields()
    assert {(name, s.iri) for name, s in held} - stopped(text, held=held) == set()


@pytest.mark.parametrize("text", ["INF", "-INF", "1e400", "1e-308", "12 nm", ""])
def test_what_is_no_number_stops_in_every_field_of_an_image(text: str) -> None:
    held = [(name, slot) for name, slot in fields() if name in OF_IMAGES]
    assert {(name, s.iri) for name, s in held} - stopped(text, held=held) == set()


@pytest.mark.parametrize("text", ["0", "-1", "-0.2", "1000000000000"])
def test_a_number_outside_the_limits_of_a_field_stops(text: str) -> None:
    held = [(name, slot) for name, slot in fields() if is_outside(slot, text)]
    assert {(name, s.iri) for name, s in held} - stopped(text, held=held) == set()


@pytest.mark.parametrize("target", TARGETS)
def test_no_target_takes_an_image_with_a_pixel_of_no_width(target: str) -> None:
    names = ("physicalSizeX", "physicalSizeY", "physicalSizeZ", "timeIncrement")
    waves = ("excitationWavelength", "emissionWavelength", "exposureTime")
    held = [(name, slot) for name, slot in fields() if name in OF_IMAGES]
    places = stopped("0", target=target, held=held)
    found = {(name, path.rpartition("/")[2]) for name, path in places}
    assert {("Image", name) for name in names} - found == set()
    assert {("Channel", name) for name in waves} - found == set()
    assert ("Objective", "lensNA") in found


@pytest.mark.parametrize("name", ["Image", "Channel"])
def test_every_quantity_of_an_image_has_limits(name: str) -> None:
    quantities = [slot for slot in slots_of(name) if slot.unit is not None]
    assert quantities
    assert [slot.name for slot in quantities if slot.above is None] == []
