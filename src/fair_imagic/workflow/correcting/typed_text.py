"""A text that a person typed into a cell, as terms of the model, or a clear no."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from fair_imagic.entry.day import iso_day
from fair_imagic.entry.number import plain_number
from fair_imagic.entry.term import method_named, organism_named
from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.rdf import PREFIXES
from fair_imagic.workflow.base.typed_value import is_answer, statements_of_text

if TYPE_CHECKING:
    from fair_imagic.model import Slot
    from fair_imagic.rdf import Term
    from fair_imagic.workflow.base.field import Field
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["typed_terms"]

_MOST = 20_000
_TERMS = {"organism": organism_named, "imaging_method": method_named}


def typed_terms(
    workspace: Workspace, slot: Slot, text: str, *, field: Field | None
) -> list[tuple[str, Term]]:
    """Return (predicate IRI, term) pairs for a text; ``field`` lists the choices.

    A name of a list, a decimal comma, a date of day, month and year, and the name of
    an organism are understood. Raises :class:`~fair_imagic.errors.InputError` (or
    NotFoundError) for what the field cannot hold.
    """
    if len(text) > _MOST:
        raise InputError(
            _("The text is longer than {count} characters").format(count=_MOST),
            found=text[:80],
        )
    parts = text.split(";") if slot.multivalued else [text]
    plain = [_plain(workspace, slot, part.strip(), field) for part in parts]
    return statements_of_text(workspace, slot, "; ".join(filter(None, plain)))


def _plain(workspace: Workspace, slot: Slot, text: str, field: Field | None) -> str:
    if not text or is_answer(text):
        return text
    datatype = (slot.datatype or "").rpartition("#")[2]
    if slot.unit is not None or datatype in ("decimal", "integer"):
        return _number(slot, text, whole=datatype == "integer")
    if datatype in ("date", "dateTime"):
        return _moment(text, whole_day=datatype == "date")
    if field is not None and field.choices and slot.range != "Licence":
        return _choice(workspace, slot, text, field)
    if slot.datatype is None and not slot.record_link:
        return _term(slot, text)
    return text


def _number(slot: Slot, text: str, *, whole: bool) -> str:
    found = plain_number(text)
    if found is None:
        raise InputError(
            _("This is not a number, or its comma can be read in two ways"),
            expected="1234.5",
            found=text,
        )
    number, _space, unit = found.partition(" ")
    if (unit and slot.unit is None) or (whole and "." in number):
        raise InputError(
            _("This field takes a number without a unit")
            if unit
            else _("This field takes a whole number"),
            expected=number.partition(".")[0] if whole else number,
            found=text,
        )
    return found


def _moment(text: str, *, whole_day: bool) -> str:
    found = iso_day(text)
    if found is None:
        raise InputError(
            _("This is not a date, or its day and month can be exchanged"),
            expected="2026-11-22" if whole_day else "2026-11-22T10:30:00",
            found=text,
        )
    if whole_day:
        return found[0][:10]
    return found[0] if "T" in found[0] else f"{found[0]}T00:00:00"


def _choice(workspace: Workspace, slot: Slot, text: str, field: Field) -> str:
    wanted = text.casefold()
    fitting = [one.value for one in field.choices if one.label.casefold() == wanted]
    if len(fitting) == 1:
        return fitting[0]
    if any(one.value == text for one in field.choices):
        return text
    if slot.record_link and "://" not in text:
        fitting = [
            one.value
            for one in field.choices
            if one.value.rpartition("/")[2].casefold() == wanted
        ]
        if len(fitting) == 1:
            return fitting[0]
    elif slot.record_link and workspace.catalogue.exists(text):
        return text
    labels = [one.label for one in field.choices]
    near = difflib.get_close_matches(text, labels, n=3) or labels[:8]
    raise InputError(
        _("This is not in the list of the field"),
        expected=", ".join(near) + (", …" if len(labels) > len(near) else ""),
        found=text,
    )


def _term(slot: Slot, text: str) -> str:
    lookup = _TERMS.get(slot.name)
    known = lookup(text) if lookup is not None else None
    if known is not None:
        return known.iri
    prefix = text.partition(":")[0]
    if text.startswith(("http://", "https://")) or (":" in text and prefix in PREFIXES):
        return text
    raise InputError(
        _("This field takes the address of a term"),
        expected="http://purl.obolibrary.org/obo/…",
        found=text,
    )
