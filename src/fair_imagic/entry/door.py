"""The one door: a text that somebody typed, as statements of a field."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import TYPE_CHECKING

from fair_imagic.entry.answers import is_answer, is_nothing, read_answer
from fair_imagic.entry.character import invisible_in, without_invisible
from fair_imagic.entry.choice import read_boolean, read_choice
from fair_imagic.entry.contradiction import is_contradiction, read_side
from fair_imagic.entry.day import is_iso, read_day
from fair_imagic.entry.identifier import read_identifier, takes_identifier
from fair_imagic.entry.licence import read_licence
from fair_imagic.entry.limit import within_limits
from fair_imagic.entry.names import NoNames
from fair_imagic.entry.number import decimal_of
from fair_imagic.entry.quantity import read_number, read_unit
from fair_imagic.entry.reading import Option, Reading, Refusal, joined
from fair_imagic.entry.record import read_record
from fair_imagic.entry.term import read_term, with_label
from fair_imagic.entry.text import LONGEST, read_text
from fair_imagic.errors import InputError
from fair_imagic.i18n import _, both
from fair_imagic.model.view import ANSWERS, term_for
from fair_imagic.rdf import text_of

if TYPE_CHECKING:
    from fair_imagic.entry.names import Names
    from fair_imagic.model.slots import Slot

__all__ = ["Temper", "plain_value", "read"]

_NUMBERS = ("decimal", "integer", "nonNegativeInteger")
# Parts of the microscope, which are named and not typed.
_PARTS = frozenset(
    f"https://w3id.org/fair-imagic/terms/{name}"
    for name in ("objective", "measuredObjective", "lightSource", "filter", "detector")
)
_LONGEST_VALUE = 2_048


class Temper(StrEnum):
    """Who says it: what a person typed is refused, what a file says is kept."""

    PERSON = "person"
    FILE = "file"


def read(
    text: str, slot: Slot, names: Names, *, temper: Temper = Temper.PERSON
) -> Reading | Refusal:
    """Return what a text says in a field, or why it cannot be a value there.

    Parameters
    ----------
    text
        What was typed. Several values of a field that takes several are separated by
        ``;``. A number may carry its unit.
    slot
        The field.
    names
        The records that it may name, as seen from the thing described.
    temper
        A file or a document holds one value, in the writing of its format: numbers
        with a point, dates year first. Any other text is kept as it is, for the checks
        to report; the note then says why.
    """
    if temper is Temper.PERSON:
        return _read_all(text, slot, names)
    return _of_file(text.strip(), slot, names)


def _of_file(text: str, slot: Slot, names: Names) -> Reading:
    as_it_is = Reading(terms=((slot.iri, term_for(slot, text)),), text=text)
    if _is_free(slot):
        return as_it_is
    kind = _kind(slot)
    foreign = (
        (slot.unit is not None or kind in _NUMBERS) and decimal_of(text) is None
    ) or (kind in ("date", "dateTime") and not is_iso(text))
    outcome = _read_value(text, slot, names)
    if isinstance(outcome, Reading) and outcome.certain and not foreign:
        return outcome
    why = outcome if isinstance(outcome, Refusal) else outcome.question()
    return dataclasses.replace(as_it_is, note=why.message)


def plain_value(text: str, slot: Slot, *, where: str = "") -> str:
    """Return the text of one value, for what is kept as a text in another form.

    Raises :class:`~fair_imagic.errors.InputError` for what the field cannot hold, what
    can be understood in more than one way, and for "unknown" and its like.
    """
    reading = read(text, slot, NoNames()).sure(where=where)
    found = text_of(reading.terms[0][1]) if reading.terms else ""
    if not found or found in ANSWERS:
        raise InputError(_("A value is needed here"), where=where, found=text)
    return found


def _read_all(text: str, slot: Slot, names: Names) -> Reading | Refusal:
    if len(text) > LONGEST:
        return read_text(slot, text)
    parts = text.split(";") if slot.multivalued else [text]
    texts = [part.strip() for part in parts if part.strip()]
    if not texts:
        name = slot.name
        return Refusal(message=both("The value for {name} is empty", name=name))
    if is_nothing(text) and not is_contradiction(slot):
        return Reading(terms=(), note=both("the value is removed"), text=text)
    if len(texts) > 1 and any(map(is_answer, texts)):
        return Refusal(
            message=both("An answer such as “unknown” stands alone"), found=text
        )
    readings: list[Reading] = []
    for part in texts:
        outcome = _read_one(part, slot, names)
        if isinstance(outcome, Refusal):
            return outcome
        readings.append(outcome)
    if len(readings) == 1:
        return readings[0]
    return _together(text, texts, readings)


def _together(text: str, texts: list[str], readings: list[Reading]) -> Reading:
    """Return several values as one reading; a question names whole texts."""
    options: tuple[Option, ...] = ()
    for number, reading in enumerate(readings):
        near = tuple(one for name in reading.new for one in name.near)
        for one in () if reading.certain else near or reading.options:
            whole = [*texts[:number], one.text, *texts[number + 1 :]]
            options += (Option(text="; ".join(whole)),)
    return Reading(
        terms=tuple(dict.fromkeys(pair for one in readings for pair in one.terms)),
        certain=all(one.certain for one in readings),
        note=joined(one.note for one in readings),
        options=options,
        text=text,
        new=tuple(name for one in readings for name in one.new),
        ambiguous=any(not one.certain and not one.new for one in readings),
    )


def _read_one(text: str, slot: Slot, names: Names) -> Reading | Refusal:
    if is_contradiction(slot):
        return read_side(slot, text, names)
    answer = read_answer(slot, text)
    if answer is not None:
        return answer
    if _is_free(slot):
        return read_text(slot, text)
    codes = invisible_in(text)
    plain = without_invisible(text).strip()
    if len(plain) > _LONGEST_VALUE:
        return Refusal(
            message=both(
                "The text is longer than {count} characters", count=_LONGEST_VALUE
            ),
            found=plain[:80],
        )
    outcome = _read_value(plain, slot, names)
    if isinstance(outcome, Reading) and outcome.terms:
        outcome = within_limits(slot, with_label(slot, outcome))
    if not codes or isinstance(outcome, Refusal):
        return outcome
    taken_off = both("without characters that nobody sees ({codes})", codes=codes)
    note = joined((taken_off, outcome.note))
    return dataclasses.replace(outcome, note=note, text=text)


def _is_free(slot: Slot) -> bool:
    is_text = _kind(slot) == "string" and not slot.values
    return is_text and not takes_identifier(slot)


def _kind(slot: Slot) -> str:
    return (slot.datatype or "").rpartition("#")[2]


def _read_value(text: str, slot: Slot, names: Names) -> Reading | Refusal:
    kind = _kind(slot)
    if takes_identifier(slot):
        return read_identifier(slot, text)
    if slot.range == "Licence":
        return read_licence(slot, text)
    if slot.record_link or slot.iri in _PARTS:
        return read_record(slot, text, names)
    if slot.values:
        return read_choice(slot, text)
    if slot.unit is not None or kind in _NUMBERS:
        return read_number(slot, text)
    if kind == "boolean":
        return read_boolean(slot, text)
    if kind in ("date", "dateTime"):
        return read_day(slot, text)
    if slot.iri.endswith("Unit"):
        return read_unit(slot, text)
    return read_term(slot, text)
