"""Facts of an image as statements about it, its channels and its objective."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.mapping.converters import terms_of
from fair_imagic.mapping.table import load_table
from fair_imagic.rdf import Triple, expand, iri, literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from fair_imagic.mapping.table import MappingTable
    from fair_imagic.rdf import Term
    from fair_imagic.readers.base import RawFact, RawImage

__all__ = ["MappedStatement", "channel_iri", "objective_iri", "statements_for"]

_INDEX = re.compile(r"\[(\d+)\]")
_CHANNEL = re.compile(r"Image/Pixels/Channel\[(\d+)\]/")


@dataclass(frozen=True, slots=True)
class _Part:
    """What an image has one of: its name in IRIs, how it is linked, its facts."""

    name: str
    link: str
    class_iri: str
    facts: str


_PARTS = {
    "Objective": _Part(
        "objective", "fi:objective", "nboq:Objective", "Instrument/Objective/"
    ),
    "ImagingEnvironment": _Part(
        "imaging_environment-0",  # as in the settings of a microscope's record
        "nboq:imagingEnvironment",
        "nboq:ImagingEnvironment",
        "Image/ImagingEnvironment/",
    ),
}


@dataclass(frozen=True, slots=True)
class MappedStatement:
    """A statement, the place in the source that it comes from, and the fact's key."""

    triple: Triple
    place: str
    key: str


def channel_iri(image_iri: str, index: int) -> str:
    """Return the IRI of a channel of an image."""
    return f"{image_iri}#channel-{index}"


def objective_iri(image_iri: str) -> str:
    """Return the IRI of the objective as an image describes it."""
    return _part_iri(image_iri, "Objective")


def _part_iri(image_iri: str, class_name: str) -> str:
    return f"{image_iri}#{_PARTS[class_name].name}"


def statements_for(
    image: RawImage, *, image_iri: str, table: MappingTable | None = None
) -> tuple[MappedStatement, ...]:
    """Return what the facts of an image say in the model's terms.

    The first fact for a slot counts; the others stay raw facts.
    """
    found: dict[tuple[Term, Term], MappedStatement] = {}
    for statement in _statements(image, image_iri, table or load_table()):
        subject, predicate, _value = statement.triple
        found.setdefault((subject, predicate), statement)
    links = tuple(_links(image, image_iri, {said.triple[0] for said in found.values()}))
    return (*_image_itself(image, image_iri, found), *links, *found.values())


def _image_itself(
    image: RawImage, image_iri: str, found: dict[tuple[Term, Term], MappedStatement]
) -> Iterator[MappedStatement]:
    subject = iri(image_iri)
    place = f"image {image.index}"
    yield MappedStatement((subject, iri("rdf:type"), iri("fi:Image")), place, "Image")
    yield MappedStatement(
        (subject, iri("fi:seriesIndex"), literal(image.index)), place, "Image"
    )
    title = iri("dcterms:title")
    if (subject, title) not in found:
        triple = (subject, title, literal(image.name))
        yield MappedStatement(triple, "file name", "Image/Name")


def _statements(
    image: RawImage, image_iri: str, table: MappingTable
) -> Iterator[MappedStatement]:
    for item in image.facts:
        row = table.get(_INDEX.sub("[*]", item.key))
        if row is None:
            continue
        subject = iri(_subject(item, row.class_name, image_iri))
        for slot, term in terms_of(item, row):
            triple = (subject, iri(expand(slot)), term)
            yield MappedStatement(triple, item.place, item.key)


def _subject(item: RawFact, class_name: str, image_iri: str) -> str:
    if class_name == "Channel":
        match = _INDEX.search(item.key)
        return channel_iri(image_iri, int(match[1]) if match else 0)
    return _part_iri(image_iri, class_name) if class_name in _PARTS else image_iri


def _links(
    image: RawImage, image_iri: str, described: Collection[Term]
) -> Iterator[MappedStatement]:
    """Yield the types of channels and other parts, and the links to them.

    A part of which the table takes nothing is none: it would only lack everything.
    """
    channels: dict[int, RawFact] = {}
    for item in image.facts:
        if match := _CHANNEL.match(item.key):
            channels.setdefault(int(match[1]), item)
    for index in sorted(channels):
        part = channel_iri(image_iri, index)
        source = channels[index]
        yield from _part(image_iri, "fi:channel", (part, "fi:Channel"), source)
        number = (iri(part), iri("fi:channelIndex"), literal(index))
        yield MappedStatement(number, source.place, source.key)
    for class_name, kind in _PARTS.items():
        made = _part_iri(image_iri, class_name)
        if iri(made) in described:
            first = next(f for f in image.facts if f.key.startswith(kind.facts))
            yield from _part(image_iri, kind.link, (made, kind.class_iri), first)


def _part(
    image_iri: str, link: str, part: tuple[str, str], source: RawFact
) -> Iterator[MappedStatement]:
    part_iri, class_iri = part
    for triple in (
        (iri(image_iri), iri(link), iri(part_iri)),
        (iri(part_iri), iri("rdf:type"), iri(class_iri)),
    ):
        yield MappedStatement(triple, source.place, source.key)
