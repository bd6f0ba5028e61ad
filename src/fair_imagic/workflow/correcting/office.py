"""What office programs make of a cell: numbers for dates, dates for numbers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from fair_imagic.model import Slot
    from fair_imagic.workflow.correcting.wish import Wish

__all__ = ["day_of_number", "refuse_changed_kind", "without_apostrophe"]

# Excel counts days from here, with a leap day in 1900 that never was.
_DAY_ZERO = date(1899, 12, 30)
_FIRST, _LAST = 20_000, 80_000


def refuse_changed_kind(slot: Slot, wish: Wish) -> None:
    """Raise InputError where an office program turned a text into something else."""
    datatype = (slot.datatype or "").rpartition("#")[2]
    is_date = datatype in ("date", "dateTime")
    is_number = slot.unit is not None or datatype in ("decimal", "integer")
    if wish.kind == "number" and is_date:
        meant = day_of_number(wish.text)
        raise InputError(
            _("The office program turned a date into a number"),
            expected=meant or "2026-11-22",
            found=wish.text,
            hint=_("Format the column as text and type the date again."),
        )
    if wish.kind == "date" and not is_date:
        raise InputError(
            _("The office program turned this value into a date"),
            expected=_("a number") if is_number else _("a text"),
            found=wish.text,
            hint=_("Format the column as text and type the value again."),
        )


def day_of_number(text: str) -> str:
    """Return the day that a number stands for in Excel; empty where it is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return ""
    if not _FIRST < number < _LAST:
        return ""
    return (_DAY_ZERO + timedelta(days=int(number))).isoformat()


def without_apostrophe(text: str) -> str:
    """Return a text without the apostrophe by which people keep it a text."""
    if text[:1] in ("'", "’") and (text[1:2].isdigit() or text[1:2] in tuple("=+-@.,")):
        return text[1:]
    return text
