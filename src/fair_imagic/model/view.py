"""Records as dataclasses, and dataclasses as statements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from fair_imagic.model.graph import RDF_TYPE
from fair_imagic.model.slots import slots_of
from fair_imagic.rdf import PREFIXES, iri, literal, text_of

if TYPE_CHECKING:
    from fair_imagic.model.graph import RecordGraph
    from fair_imagic.model.record import Record
    from fair_imagic.model.slots import Slot
    from fair_imagic.rdf import Term, Triple

    R = TypeVar("R", bound=Record)

__all__ = ["ANSWERS", "statements", "term_for", "view", "views"]

ANSWERS = frozenset(
    PREFIXES["fi"] + name for name in ("withheld", "unknown", "notApplicable")
)

_DIGITS = re.compile(r"(\d+)")


def view(cls: type[R], graph: RecordGraph, iri: str) -> R:
    """Return what a graph says about one IRI as an instance of a model class.

    Nothing is checked: a wrong value is kept as its text. Of several values of a
    field that takes one, the first in natural order is taken.
    """
    found: dict[str, Any] = {}
    for slot in slots_of(cls.__name__):
        texts = [text_of(term) for term in graph.values(iri, slot.iri)]
        if len(texts) > 1:
            texts.sort(key=_natural)
        if slot.multivalued:
            found[slot.name] = tuple(texts)
        elif texts:
            found[slot.name] = texts[0]
    return cls(iri=iri, **found)


def views(cls: type[R], graph: RecordGraph) -> list[R]:
    """Return all instances of a class in a graph, sorted by IRI."""
    subjects = sorted(graph.subjects_of(cls.class_iri), key=_natural)
    return [view(cls, graph, subject) for subject in subjects]


def statements(instance: Record) -> list[Triple]:
    """Return an instance as statements: its type and every field that is set.

    Numbers and dates keep their text; only the datatype of the slot is added. A
    value with a unit gets its unit statement where the instance gives none.
    """
    subject = iri(instance.iri)
    found = [(subject, f"<{RDF_TYPE}>", iri(instance.class_iri))]
    for slot in slots_of(type(instance).__name__):
        held = getattr(instance, slot.name)
        texts = held if slot.multivalued else () if held is None else (held,)
        for text in texts:
            found.append((subject, iri(slot.iri), term_for(slot, text)))
        found.extend(_missing_unit(instance, slot, subject, present=bool(texts)))
    return found


def term_for(slot: Slot, text: str) -> Term:
    """Return a text as a value of a slot: an IRI, or a literal of its datatype.

    The answers "withheld", "unknown" and "not applicable" are IRIs everywhere.
    """
    if slot.datatype is None or text in ANSWERS:
        return iri(text)
    return literal(text, datatype=slot.datatype)


def _missing_unit(
    instance: Record, slot: Slot, subject: Term, *, present: bool
) -> list[Triple]:
    if not present or slot.unit is None or slot.unit_slot is None:
        return []
    companion = next(
        (s for s in slots_of(type(instance).__name__) if s.name == slot.unit_slot), None
    )
    if companion is None or getattr(instance, companion.name) is not None:
        return []
    if getattr(instance, slot.name) in ANSWERS:
        return []
    return [(subject, iri(companion.iri), iri(slot.unit))]


def _natural(text: str) -> list[tuple[int, str]]:
    parts = _DIGITS.split(text)
    return [
        # Python refuses to make numbers of thousands of digits.
        (int(p), "") if p.isdigit() and len(p) < 20 else (-1, p)
        for p in parts
    ]
