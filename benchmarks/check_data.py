"""Seeded data for the benchmark of checks: images, microscopes, and known faults.

N-Triples lines, about 50 an image beside a fixed part (microscopes, quality control,
people). A fault changes one record and says which shape must report it, and how.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["BASE", "Expected", "Fault", "faults", "write"]

BASE = "https://bench.example.org/"
VOCABULARY = f"{BASE}v#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_INSTRUMENTS, _RUNS_EACH, _PEOPLE = 15, 63, 30
_FIRST_DAY, _TRAINED = date(2018, 1, 1), date(2012, 1, 1)
_VALID_DAYS, _RUN_EVERY_DAYS = 130, 45
_DYES = ("DAPI", "Alexa Fluor 488", "Cy3", "mCherry", "SiR")
Values = dict[str, list[str]]


@dataclass(frozen=True, order=True)
class Expected:
    """One result that must be there: the node, the shape, the constraint's kind."""

    focus: str
    shape: str
    component: str


@dataclass(frozen=True)
class Fault:
    """A change to the values of one image or one of its channels (``part``)."""

    image: int
    part: str
    name: str
    values: tuple[str, ...]
    shape: str
    component: str

    @property
    def expected(self) -> Expected:
        """Return the result that this fault must give."""
        focus = f"{BASE}image/{self.image:06d}{self.part}"
        return Expected(focus, f"{BASE}shape/{self.shape}", self.component)


def text(value: str) -> str:
    """Return a plain literal."""
    return f'"{value}"'


def typed(value: object, kind: str) -> str:
    """Return a literal of an XSD type."""
    return f'"{value}"^^<{_XSD}{kind}>'


def ref(name: str) -> str:
    """Return an IRI of the generated data."""
    return f"<{BASE}{name}>"


@dataclass(frozen=True)
class _Kind:
    part: str
    name: str
    values: tuple[str, ...]
    shape: str
    component: str


_CORE = (
    _Kind("", "title", (), "image-title-count", "MinCount"),
    _Kind("", "title", (text("A"), text("B")), "image-title-count", "MaxCount"),
    _Kind("", "description", (text(""),), "image-description-value", "MinLength"),
    _Kind("", "sizeX", (typed(0, "integer"),), "image-sizeX-value", "MinInclusive"),
    _Kind("", "byteSize", (text("big"),), "image-byteSize-type", "Datatype"),
    _Kind("", "checksum", (text("xyz"),), "image-checksum-value", "Pattern"),
    _Kind("", "licence", (ref("licence/none"),), "image-licence-value", "In"),
    _Kind("", "sample", (ref("instrument/0"),), "image-sample-type", "Class"),
    _Kind("", "operator", (), "image-operator-count", "MinCount"),
    _Kind(
        "",
        "physicalSizeX",
        (typed("-0.1", "decimal"),),
        "image-physicalSizeX-value",
        "MinExclusive",
    ),
    _Kind(
        "#c0",
        "emission",
        (typed(300, "decimal"),),
        "channel-excitation-less",
        "LessThan",
    ),
    _Kind("#c1", "fluorophore", (text("Water"),), "channel-fluorophore-value", "In"),
)
_SPARQL = (
    _Kind("", "acquiredOn", (typed("2017-02-01", "date"),), "ImageQcInForce", "SPARQL"),
    _Kind("", "sizeC", (typed(7, "integer"),), "ImageChannelCount", "SPARQL"),
    _Kind("", "objective", (ref("objective/x"),), "ImageOwnObjective", "SPARQL"),
    _Kind("", "operator", (ref("person/late"),), "ImageOperatorTrained", "SPARQL"),
)


def faults(images: int, *, sparql: bool, wanted: int = 50) -> list[Fault]:
    """Return the seeded faults, each in an image of its own."""
    chance = random.Random(images)
    numbers = chance.sample(range(images), wanted)
    found = []
    for order, number in enumerate(numbers):
        kinds = (*_CORE, *_SPARQL)
        kind = kinds[order % len(kinds)]
        component = f"{kind.component}ConstraintComponent"
        fault = Fault(number, kind.part, kind.name, kind.values, kind.shape, component)
        found.append(fault)
    return [one for one in found if sparql or not one.component.startswith("SPARQL")]


def write(
    path: Path, images: int, *, seeded: Iterable[Fault] = (), without: str = ""
) -> int:
    """Write the data and return the number of statements.

    ``without`` is a field that all images lack.
    """
    changes = {(f.image, f.part): f for f in seeded}
    count = 0
    with path.open("w", encoding="utf-8") as stream:
        for subject, values in _records(images, changes, without):
            for name, terms in values.items():
                predicate = _TYPE if name == "a" else f"<{VOCABULARY}{name}>"
                for term in terms:
                    stream.write(f"{subject} {predicate} {term} .\n")
                    count += 1
    return count


def _records(
    images: int, changes: dict[tuple[int, str], Fault], without: str
) -> Iterator[tuple[str, Values]]:
    yield from _fixed()
    for number in range(-(-images // 50)):
        yield ref(f"sample/{number}"), _sample(number)
    for number in range(images):
        chance = random.Random(number)
        record = f"image/{number:06d}"
        parts = {"": _image(record, number, chance)}
        for index in range(2):
            parts[f"#c{index}"] = _channel(index, number, chance)
        parts[""].pop(without, None)
        for part, values in parts.items():
            fault = changes.get((number, part))
            if fault is not None:
                values[fault.name] = list(fault.values)
            yield ref(record + part), values


def _class(name: str) -> list[str]:
    return [f"<{VOCABULARY}{name}>"]


def _fixed() -> Iterator[tuple[str, Values]]:
    for number in range(_INSTRUMENTS):
        yield ref(f"instrument/{number}"), _instrument(number)
        for part in range(4):
            yield ref(f"objective/{number}-{part}"), _objective(number, part)
        for part in range(2):
            yield ref(f"detector/{number}-{part}"), _detector(number, part)
        for run in range(_RUNS_EACH):
            yield ref(f"qc/{number}-{run}"), _run(number, run)
    yield ref("objective/x"), _objective(99, 0)
    for number in range(_PEOPLE):
        yield ref(f"person/{number}"), _person(number, _TRAINED)
    yield ref("person/late"), _person(999, date(2030, 1, 1))


def _instrument(number: int) -> Values:
    return {
        "a": _class("Instrument"),
        "name": [text(f"Microscope {number}")],
        "manufacturer": [text("Zeiss")],
        "model": [text(f"LSM {700 + number}")],
        "serial": [text(f"SN{number:05d}")],
        "room": [text(f"B{number}")],
        "kind": [text("confocal")],
        "since": [typed("2015-01-01", "date")],
        "hasObjective": [ref(f"objective/{number}-{part}") for part in range(4)],
        "hasDetector": [ref(f"detector/{number}-{part}") for part in range(2)],
        "responsible": [ref(f"person/{number}")],
    }


def _objective(number: int, part: int) -> Values:
    return {
        "a": _class("Objective"),
        "name": [text(f"Objective {number}-{part}")],
        "magnification": [typed(10 * (part + 1), "decimal")],
        "aperture": [typed("1.25", "decimal")],
        "immersion": [text("oil")],
        "correction": [text("PlanApo")],
    }


def _detector(number: int, part: int) -> Values:
    return {
        "a": _class("Detector"),
        "name": [text(f"Detector {number}-{part}")],
        "kind": [text("PMT")],
        "bits": [typed(16, "integer")],
    }


def _run(number: int, run: int) -> Values:
    day = _FIRST_DAY + timedelta(days=_RUN_EVERY_DAYS * run)
    return {
        "a": _class("QcRun"),
        "ofInstrument": [ref(f"instrument/{number}")],
        "performedOn": [typed(day, "date")],
        "validUntil": [typed(day + timedelta(days=_VALID_DAYS), "date")],
        "outcome": [text("passed")],
        "resolution": [typed("0.25", "decimal")],
        "drift": [typed("0.02", "decimal")],
        "performedBy": [ref(f"person/{number}")],
        "beads": [typed(12 + run % 5, "integer")],
    }


def _person(number: int, trained: date) -> Values:
    return {
        "a": _class("Person"),
        "name": [text(f"Person {number}")],
        "orcid": [text(f"0000-0002-1825-{number:04d}")],
        "affiliation": [text("Institut Cochin")],
        "trainedOn": [typed(trained, "date")],
    }


def _sample(number: int) -> Values:
    return {
        "a": _class("Sample"),
        "name": [text(f"Sample {number}")],
        "organism": [ref("taxon/10090")],
        "tissue": [text("kidney")],
        "preparation": [text("fixed")],
        "biosafety": [typed(1, "integer")],
    }


def _image(record: str, number: int, chance: random.Random) -> Values:
    instrument = number % _INSTRUMENTS
    day = _FIRST_DAY + timedelta(days=chance.randrange(_RUNS_EACH * _RUN_EVERY_DAYS))
    values: Values = {
        "a": _class("Image"),
        "title": [text(f"Cells {number:06d}")],
        "description": [text(f"Field {number % 97} of plate {number // 97}")],
        "acquiredOn": [typed(day, "date")],
        "acquiredWith": [ref(f"instrument/{instrument}")],
        "objective": [ref(f"objective/{instrument}-{number % 4}")],
        "operator": [ref(f"person/{number % _PEOPLE}")],
        "sample": [ref(f"sample/{number // 50}")],
        "collection": [ref(f"collection/{number // 1000}")],
        "fileName": [text(f"image-{number:06d}.ome.tif")],
        "checksum": [text(f"{chance.getrandbits(256):064x}")],
        "byteSize": [typed(chance.randrange(10**6, 10**9), "integer")],
        "licence": [ref("licence/cc-by-4.0")],
        "contentKind": [text("raw")],
        "pixelType": [text("uint16")],
        "bits": [typed(16, "integer")],
        "label": [f'"Cells {number}"@en', f'"Cellules {number}"@fr'],
        "channel": [ref(f"{record}#c0"), ref(f"{record}#c1")],
    }
    for axis, pixels in zip("XYZCT", (2048, 2048, 21, 2, 1), strict=True):
        values[f"size{axis}"] = [typed(pixels, "integer")]
    for axis in "XYZ":
        size = f"{chance.uniform(0.05, 0.6):.4f}"
        values[f"physicalSize{axis}"] = [typed(size, "decimal")]
    return values


def _channel(index: int, number: int, chance: random.Random) -> Values:
    excitation = chance.randrange(405, 650)
    return {
        "a": _class("Channel"),
        "index": [typed(index, "integer")],
        "channelName": [text(f"Ch{index}")],
        "fluorophore": [text(chance.choice(_DYES))],
        "excitation": [typed(excitation, "decimal")],
        "emission": [typed(excitation + 40, "decimal")],
        "exposure": [typed(f"{chance.uniform(5, 400):.2f}", "decimal")],
        "wavelengthUnit": [ref("unit/NanoM")],
        "detector": [ref(f"detector/{number % _INSTRUMENTS}-{index}")],
        "gain": [typed(chance.randrange(100, 900), "integer")],
        "colour": [text("#00FF00")],
    }
