"""One value of a microscope file as a term: numbers, units, words for "unknown"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.answers import answer_of_program
from fair_imagic.entry.unit import decimal_text, kept_quantity
from fair_imagic.mapping.micrometa import Json, text_of_json
from fair_imagic.model.slots import slots_of
from fair_imagic.rdf import curie, iri, literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.model.slots import Slot
    from fair_imagic.rdf import Term

__all__ = ["WrittenUnit", "link_target", "terms_for", "written_unit"]

_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_ABSOLUTE_IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+\Z", re.IGNORECASE)
_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"


@dataclass(frozen=True, slots=True)
class WrittenUnit:
    """The property for a value's unit, and the unit written, if any."""

    predicate: str
    text: str | None


def terms_for(
    text: str, slot: Slot, unit: WrittenUnit | None
) -> list[tuple[str, Term]]:
    """Return the properties and terms for a value; none where its unit is unknown.

    A value that is not of the slot's datatype keeps that datatype and its text, so
    that the checks report it.
    """
    text = text.strip()
    if not text:
        return []
    no_answer = answer_of_program(text)
    if no_answer is not None and not slot.values:
        return [(slot.iri, iri(no_answer))]
    if unit is not None and slot.unit is not None:
        return _quantity(text, slot, unit)
    if slot.datatype == _DECIMAL:
        return [(slot.iri, literal(decimal_text(text), datatype=_DECIMAL))]
    if slot.year and _YEAR.match(text):
        return [(slot.iri, literal(text, datatype="xsd:gYear"))]
    if slot.datatype is None and _ABSOLUTE_IRI.match(text):
        return [(slot.iri, iri(text))]
    return [(slot.iri, literal(text, datatype=slot.datatype))]


def _quantity(text: str, slot: Slot, unit: WrittenUnit) -> list[tuple[str, Term]]:
    target = curie(slot.unit or "")
    kept = kept_quantity(text, unit.text or target, to=target)
    if kept is None:
        return []
    return [
        (slot.iri, literal(kept[0], datatype=slot.datatype)),
        (unit.predicate, iri(kept[1])),
    ]


def written_unit(
    slot: Slot, class_name: str, part: Mapping[str, Json]
) -> WrittenUnit | None:
    """Return the unit beside a value; most have a default and may be left out."""
    for other in slots_of(class_name):
        if other.name == slot.unit_slot:
            text = text_of_json(part.get(other.field or ""))
            return WrittenUnit(other.iri, text)
    return None


def link_target(text: str, known: frozenset[str]) -> str | None:
    """Return the component that ``ExcitationFilter/<ID>`` or ``<ID>`` refers to."""
    for candidate in (text, text.rpartition("/")[2]):
        if candidate in known:
            return candidate
    return None
