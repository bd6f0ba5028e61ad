"""What a node says, as the tests need it: a text, a link, a length, a moment, a day."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fair_imagic.entry.day import day_kept, moment_kept
from fair_imagic.entry.number import decimal_of
from fair_imagic.entry.unit import converted
from fair_imagic.model import ANSWERS
from fair_imagic.rdf import curie, expand, is_iri, text_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["day", "first", "length", "links", "moment", "number", "text", "values"]

_full = cache(expand)
_ANSWERS = frozenset(ANSWERS)
_MOST_DIGITS = 30


def values(graph: RecordGraph, node: str, name: str) -> list[Term]:
    """Return the values of a property; "unknown" and its like are no values."""
    found = graph.values(node, _full(name))
    if not found:
        return found
    return [term for term in found if term[1:-1] not in _ANSWERS]


def first(graph: RecordGraph, node: str, name: str) -> Term | None:
    """Return the first value of a property, or None."""
    return next(iter(values(graph, node, name)), None)


def text(graph: RecordGraph, node: str, name: str) -> str:
    """Return the first value as text; empty where there is none."""
    term = first(graph, node, name)
    return "" if term is None else text_of(term).strip()


def links(graph: RecordGraph, node: str, name: str) -> list[str]:
    """Return the IRIs that a property leads to."""
    return [text_of(term) for term in values(graph, node, name) if is_iri(term)]


def number(graph: RecordGraph, node: str, name: str) -> Decimal | None:
    """Return the first value as a number, or None where it is none."""
    return _number(text(graph, node, name))


def length(graph: RecordGraph, node: str, name: str, *, unit: str) -> Decimal | None:
    """Return a length in a unit (``unit:NanoM``), whatever unit is written.

    No unit means the asked one, as everywhere in the model. None for what is no
    length.
    """
    written = curie(text(graph, node, f"{name}Unit")) or unit
    found = converted(text(graph, node, name), written, to=unit)
    return _number(found or "")


def _number(written: str) -> Decimal | None:
    found = decimal_of(written)
    if found is None or abs(found.adjusted()) > _MOST_DIGITS:
        return None
    return found


def moment(term: Term | None) -> datetime | None:
    """Return the time of a date or time; one without a zone is taken as UTC."""
    return moment_kept(text_of(term or '""'))


def day(term: Term | None) -> date | None:
    """Return the day that is written, whatever the zone."""
    return day_kept(text_of(term or '""'))
