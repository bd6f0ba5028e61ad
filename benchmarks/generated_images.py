"""Generated images for benchmarks: the statements of a plausible catalogue, by seed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change, ChangeSet, Source, SourceKind
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.rdf import Triple

__all__ = [
    "BASE",
    "generated_title",
    "image_iri",
    "import_of",
    "sample_iri",
    "set_of",
]

BASE = "https://bench.example.org/"
_DYES = ("DAPI", "Alexa Fluor 488", "Cy3", "mCherry", "SiR-tubulin")
_TYPE = iri("rdf:type")


def image_iri(number: int) -> str:
    """Return the IRI of a generated image."""
    return f"{BASE}image/{number:08d}"


def sample_iri(number: int) -> str:
    """Return the IRI of the sample that an image shows; fifty images show the same."""
    return f"{BASE}sample/{number // 50}"


def generated_title(number: int) -> str:
    """Return the title of a generated image."""
    return f"Cells {number:08d}"


def import_of(numbers: range, *, collection: str = "") -> ChangeSet:
    """Return the import of some images as one change set, made while it is read.

    A thousand are a collection each, where not all are of one named ``collection``.
    """
    return ChangeSet("bench", "generated import", _changes(numbers, collection))


def set_of(name: str, numbers: range, *, record: str = "") -> Change:
    """Return a publication set of some images."""
    record = record or f"{BASE}set/{name}"
    triples = {(iri(record), _TYPE, iri("fi:PublicationSet"))}
    triples |= {
        (iri(record), iri("dcterms:hasPart"), iri(image_iri(n))) for n in numbers
    }
    source = Source(f"{BASE}source/set-{name}", SourceKind.PERSON, "bench")
    return Change(record, source, frozenset(triples))


def _changes(numbers: range, collection: str) -> Iterator[Change]:
    for number in numbers:
        chance = random.Random(number)
        places: dict[Triple, str] = {}
        record = image_iri(number)
        triples = _image(record, number, chance, places)
        part = (iri(record), iri("dcterms:isPartOf"))
        named = collection or str(number // 1000)
        triples.append((*part, iri(f"{BASE}collection/{named}")))
        for channel in range(2):
            triples += _channel(record, channel, chance, places)
        source = Source(
            f"{BASE}source/{number:08d}",
            SourceKind.FILE,
            f"image-{number:08d}.ome.tif",
            sha256=f"{chance.getrandbits(256):064x}",
        )
        yield Change(record, source, frozenset(triples), frozenset(), places)


def _decimal(text: str) -> str:
    return literal(text, datatype="xsd:decimal")


def _image(
    record: str, number: int, chance: random.Random, places: dict[Triple, str]
) -> list[Triple]:
    size = f"{chance.uniform(0.05, 0.6):.4f}"
    day = f"20{chance.randrange(18, 26)}-{chance.randrange(1, 13):02d}-11T10:20:30Z"
    values = {
        "dcterms:title": literal(generated_title(number)),
        "dcterms:description": literal(f"Field {number % 97} of plate {number // 97}"),
        "fi:fileset": iri(f"{BASE}fileset/{number:08d}"),
        "fi:seriesIndex": literal(number % 4),
        "sosa:resultTime": literal(day, datatype="xsd:dateTime"),
        "fi:acquiredWith": iri(f"{BASE}instrument/{number % 15}"),
        "fi:sample": iri(sample_iri(number)),
        "fi:imagingMethod": iri("obo:FBbi_00000251"),
        "fi:imagingMethodLabel": literal("confocal microscopy"),
        "nboq:dimensionOrder": literal("XYZCT"),
        "nboq:pixelType": literal("uint16"),
        "nboq:significantBits": literal(16),
        "fi:contentKind": literal("raw"),
        "fi:objective": iri(f"{record}#objective"),
        "fi:tag": literal(f"tag-{number % 31}"),
        "nboq:timeIncrement": _decimal(f"{chance.uniform(0.1, 9):.3f}"),
        "nboq:timeIncrementUnit": iri("unit:SEC"),
    }
    for axis, pixels in zip("XYZCT", (2048, 2048, 21, 2, 1), strict=True):
        values[f"nboq:size{axis}"] = literal(pixels)
    for axis in "XYZ":
        values[f"nboq:physicalSize{axis}"] = _decimal(size)
        values[f"nboq:physicalSize{axis}Unit"] = iri("unit:MicroM")
    subject = iri(record)
    triples = [(subject, _TYPE, iri("fi:Image"))]
    for predicate, value in values.items():
        triple = (subject, iri(predicate), value)
        triples.append(triple)
        places[triple] = f"Image/Pixels/{predicate.partition(':')[2]}"
    return triples


def _channel(
    record: str, index: int, chance: random.Random, places: dict[Triple, str]
) -> list[Triple]:
    values = {
        "fi:channelIndex": literal(index),
        "nboq:channelName": literal(f"Ch{index}"),
        "nboq:fluorophore": literal(chance.choice(_DYES)),
        "nboq:excitationWavelength": _decimal(str(chance.randrange(405, 650))),
        "nboq:excitationWavelengthUnit": iri("unit:NanoM"),
        "nboq:emissionWavelength": _decimal(str(chance.randrange(450, 720))),
        "nboq:emissionWavelengthUnit": iri("unit:NanoM"),
        "nboq:exposureTime": _decimal(f"{chance.uniform(5, 400):.2f}"),
        "nboq:exposureTimeUnit": iri("unit:MilliSEC"),
    }
    subject = iri(f"{record}#channel-{index}")
    triples = [(subject, _TYPE, iri("fi:Channel"))]
    triples.append((iri(record), iri("fi:channel"), subject))
    for predicate, value in values.items():
        triple = (subject, iri(predicate), value)
        triples.append(triple)
        places[triple] = f"Image/Pixels/Channel[{index}]/{predicate.partition(':')[2]}"
    return triples
