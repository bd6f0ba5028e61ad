"""Proposals from the wrong value itself: what the door reads in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks import Confidence, Proposal
from fair_imagic.entry import NoNames, Reading, read
from fair_imagic.entry.character import has_control, without_control
from fair_imagic.entry.choice import value_like
from fair_imagic.entry.day import iso_day
from fair_imagic.entry.quantity import with_unit
from fair_imagic.i18n import both
from fair_imagic.rdf import curie, text_of

if TYPE_CHECKING:
    from fair_imagic.workflow.proposals.evidence import Evidence, Point

__all__ = ["from_written_value"]

_NO_NAMES = NoNames()


def from_written_value(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose what a wrong value says, in the form that its field has.

    What can be understood in two ways is no proposal: a person has to say it.
    """
    slot = point.slot
    if point.seen is None or slot.record_link or slot.datatype is None:
        return _address(point)
    if has_control(point.seen):
        source = both("the same text without control characters")
        return _proposal(without_control(point.seen), source, certain=True)
    if not _has_form(point):
        return None
    outcome = read(_with_its_unit(evidence, point), slot, _NO_NAMES)
    if isinstance(outcome, Reading):
        return _understood(point, outcome) if outcome.certain else None
    like = value_like(slot, point.seen) if slot.values else None
    source = both("the word of the list that is meant")
    return _proposal(like, source, certain=False) if like else None


def _address(point: Point) -> Proposal | None:
    """Propose the address of an organisation; other links are proposed elsewhere."""
    if point.seen is None or point.slot.name != "ror":
        return None
    outcome = read(point.seen, point.slot, _NO_NAMES)
    return _understood(point, outcome) if isinstance(outcome, Reading) else None


def _has_form(point: Point) -> bool:
    """Return whether a field takes something else than free text."""
    slot = point.slot
    is_text = (slot.datatype or "").endswith("#string") and not slot.values
    return not is_text or slot.name in ("orcid", "email")


def _with_its_unit(evidence: Evidence, point: Point) -> str:
    """Return the value with the unit that its source gave it."""
    seen, slot = (point.seen or "").strip(), point.slot
    units = evidence.graph.values(point.subject, f"{slot.iri}Unit")
    if slot.unit is None or len(units) != 1 or not seen[-1:].isdigit():
        return seen
    return with_unit(seen, curie(text_of(units[0])))


def _understood(point: Point, reading: Reading) -> Proposal:
    slot, seen = point.slot, (point.seen or "").strip()
    text = text_of(reading.terms[0][1])
    if slot.unit is not None and len(reading.terms) > 1:
        text = with_unit(text, curie(slot.unit))
    is_day = (slot.datatype or "").endswith(("date", "dateTime"))
    day = iso_day(seen) if is_day else None
    # 25/12/2026 was put into another order, and a day without a time is no moment
    certain = day is None or (day[1] and ("T" in day[0] or text == day[0][:10]))
    source = both("the same value, in the form of the field")
    return _proposal(text, source, certain=certain)


def _proposal(text: str, source: dict[str, str], *, certain: bool) -> Proposal:
    confidence = Confidence.CERTAIN if certain else Confidence.LIKELY
    return Proposal(value=text, source=source, confidence=confidence)
