"""Days and times: what a person writes, as ISO 8601 has it."""

from __future__ import annotations

import re
from datetime import datetime

__all__ = ["iso_day"]

_YEAR_FIRST = re.compile(r"(\d{4})[-/.:](\d{1,2})[-/.:](\d{1,2})(?:[T\s]+(\S+))?\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T\s]+(\S+))?\Z")
_MONTHS_MOST = 12


def iso_day(text: str) -> tuple[str, bool] | None:
    """Return a date or time in ISO form and whether it is certain.

    A day that could be a month (``03/04/2026``) gives None.
    """
    match = _YEAR_FIRST.match(text)
    if match:
        found = _iso(match[1], match[2], match[3], match[4])
        return (found, True) if found else None
    match = _DAY_FIRST.match(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if first > _MONTHS_MOST >= second or first == second:
        found = _iso(match[3], match[2], match[1], match[4])
    elif second > _MONTHS_MOST >= first:
        found = _iso(match[3], match[1], match[2], match[4])
    else:
        return None
    return (found, False) if found else None


def _iso(year: str, month: str, day: str, time: str | None) -> str | None:
    text = f"{year}-{int(month):02d}-{int(day):02d}"
    try:
        datetime.fromisoformat(f"{text}T{time}" if time else text)
    except ValueError:
        return None
    return f"{text}T{time}" if time else text
