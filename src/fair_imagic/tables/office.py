"""What office programs make of a text that is typed into a cell."""

from __future__ import annotations

from datetime import date, timedelta

from fair_imagic.entry.number import decimal_of

__all__ = ["day_of_number", "without_apostrophe"]

# Excel counts days from here, with a leap day in 1900 that never was.
_DAY_ZERO = date(1899, 12, 30)
_FIRST, _LAST = 20_000, 80_000


def day_of_number(text: str) -> str:
    """Return the day that a number stands for in Excel; empty where it is none."""
    number = decimal_of(text)
    if number is None or not _FIRST < number < _LAST:
        return ""
    return (_DAY_ZERO + timedelta(days=int(number))).isoformat()


def without_apostrophe(text: str) -> str:
    """Return a text without the apostrophe by which people keep it a text."""
    if text[:1] in ("'", "’") and (text[1:2].isdigit() or text[1:2] in tuple("=+-@.,")):
        return text[1:]
    return text
