"""What NBO-Q asks of a value holds where images carry that value, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.generate_model.schema import Field, load

from fair_imagic.checks import check, profiles
from fair_imagic.model import Snapshot
from fair_imagic.rdf import iri, literal

SCHEMA = Path(__file__).parents[2] / "schema" / "fair_imagic.yaml"
MODEL = load(SCHEMA)
#: Hand-written class -> the classes of NBO-Q whose values it carries.
TWINS = {
    "Image": ("NboqImage", "Pixels", "Plane"),
    "Channel": ("NboqChannel", "Fluorophore", "Plane"),
}
# A colour is text here (#RRGGBB), a signed number there.
OTHERWISE = {"color"}
BOUNDS = ("above", "low", "high", "minimum", "maximum")


def pairs() -> list[tuple[str, Field, Field]]:
    found = []
    for name, twins in TWINS.items():
        own = {field.iri: field for field in MODEL.classes[name].fields}
        for twin in twins:
            for field in MODEL.classes[twin].fields:
                here = own.get(field.iri)
                if here is not None and here.name not in OTHERWISE:
                    found.append((name, here, field))
    return found


CONSTRAINED = [
    pytest.param(name, here, there, id=f"{name}.{here.name}")
    for name, here, there in pairs()
    if there.values or any(getattr(there, bound) is not None for bound in BOUNDS)
]


def lower(field: Field) -> tuple[float, bool]:
    """Return the least number that a field allows, and whether it is excluded."""
    if field.above is not None:
        return float(field.above), True
    least = field.minimum if field.low is None else field.low
    return (float("-inf") if least is None else float(least)), False


def test_images_carry_constrained_values_of_nboq() -> None:
    assert len(CONSTRAINED) >= 10


@pytest.mark.parametrize(("name", "here", "there"), CONSTRAINED)
def test_an_image_is_held_to_what_nboq_says_of_a_value(
    name: str, here: Field, there: Field
) -> None:
    assert lower(here) >= lower(there)
    assert set(there.values) <= set(here.values)
    assert bool(there.values) == bool(here.values)


@pytest.mark.parametrize(("name", "here", "there"), CONSTRAINED)
def test_a_word_that_is_in_no_list_is_a_point_that_blocks(
    name: str, here: Field, there: Field
) -> None:
    image = "https://example.org/id/image/one"
    node = iri(image if name == "Image" else f"{image}#channel-0")
    datatype = None if here.values else here.datatype
    own = [
        (iri(image), iri("rdf:type"), iri("fi:Image")),
        (node, iri("rdf:type"), iri(MODEL.classes[name].iri)),
        (node, iri(here.iri), literal("banana", datatype=datatype)),
    ]
    report = check(Snapshot.make(image, own=own), [profiles.load("nboq-tier-1")])
    codes = {one.code for one in report.findings if one.severity.name == "MUST"}
    assert f"model/{name}-{here.iri.rpartition('/')[2]}" in codes
