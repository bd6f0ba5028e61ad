"""An image's statements as facts again: what matching compares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.mapping.image import objective_iri
from fair_imagic.mapping.table import MappingRow, load_table
from fair_imagic.rdf import expand, text_of
from fair_imagic.readers.base import RawFact, RawImage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.model.graph import RecordGraph

__all__ = ["described"]


def described(
    image_iri: str, graph: RecordGraph, facts: Iterable[RawFact] = ()
) -> RawImage:
    """Return raw facts, followed by those that the statements about an image give."""
    found = [*facts, *_facts(image_iri, graph)]
    return RawImage(index=0, name="", facts=tuple(found))


def _facts(image_iri: str, graph: RecordGraph) -> Iterator[RawFact]:
    channels = _channels(image_iri, graph)
    for row in load_table().values():
        if row.class_name == "Channel":
            for index, part in channels.items():
                yield from _values(graph, part, row, str(index))
        else:
            whole = row.class_name == "Image"
            part = image_iri if whole else objective_iri(image_iri)
            yield from _values(graph, part, row, "")


def _channels(image_iri: str, graph: RecordGraph) -> dict[int, str]:
    found: dict[int, str] = {}
    for term in graph.values(image_iri, expand("fi:channel")):
        part = text_of(term)
        for number in graph.values(part, expand("fi:channelIndex")):
            if text_of(number).isdecimal():
                found[int(text_of(number))] = part
    return found


def _values(
    graph: RecordGraph, subject: str, row: MappingRow, index: str
) -> Iterator[RawFact]:
    unit = row.converter if row.unit_from == "fact" else None
    for term in graph.values(subject, expand(row.slot)):
        if not term.startswith("<"):
            key = row.source_key.replace("[*]", f"[{index}]")
            yield RawFact(key, text_of(term), unit, subject)
