"""The dates and periods that DataCite's documentation allows.

W3CDTF (ISO 8601 to any granularity, fractions of a second included), periods of
RKMS-ISO8601 with either end open, years before 0000 with a minus sign, and the forms
for uncertain dates that the kernel's schema describes (EDTF).
"""

from __future__ import annotations

import re
from datetime import date, time

__all__ = ["is_date_or_period"]

_DAY = re.compile(
    r"(?P<minus>-)?(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?"
    r"(?:T(?P<clock>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T(?P<clock>\d{6}))?"
)
_UNCERTAIN = re.compile(
    r"\d\d(?:\d\d|\?\?|\d[\d?])(?:-(?:\d\d|\?\?))?~?\??"
    r"|\d{6}(?:\d\d|\?\?)~?\??"
    r"|-?\d{4}(?:-\d\d(?:-\d\d)?)?[~?%]"
)
_OPEN = ("", "..", "unknown", "open")


def is_date_or_period(text: str) -> bool:
    """Return whether a text is a date, a time, or a period with one end at least."""
    parts = text.strip().split("/")
    if len(parts) == 1:
        return _is_date(parts[0])
    ends = [one.strip() for one in parts if one.strip() not in _OPEN]
    return len(parts) == 2 and bool(ends) and all(map(_is_date, ends))


def _is_date(text: str) -> bool:
    match = _DAY.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        return _UNCERTAIN.fullmatch(text) is not None
    month, day = match["month"] or "01", match["day"] or "01"
    if match["clock"] and not match["day"]:
        return False
    # A day before the year 1, which Python's calendar lacks, is one of a leap year.
    is_past = "minus" in match.groupdict() and match["minus"] is not None
    year = "2000" if is_past or match["year"] == "0000" else match["year"]
    try:
        date.fromisoformat(f"{year}-{month}-{day}")
        time.fromisoformat(match["clock"] or "00:00")
    except ValueError:
        return False
    return True
