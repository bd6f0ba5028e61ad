"""What office programs make of a cell: numbers for dates, dates for numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.tables.office import day_of_number

if TYPE_CHECKING:
    from fair_imagic.model import Slot
    from fair_imagic.workflow.correcting.wish import Wish

__all__ = ["refuse_changed_kind"]


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
