"""Days and times: what a person writes, as ISO 8601 has it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from fair_imagic.entry.reading import Option, Reading, Refusal, example, joined
from fair_imagic.i18n import LANGUAGES, both, day_text, in_languages
from fair_imagic.model.view import term_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.model.slots import Slot

__all__ = ["Day", "day_in", "day_kept", "is_iso", "iso_day", "moment_kept", "read_day"]

_LONGEST = 80
_TIME = r"(?:[T\s]+(?P<time>\S.*))?\Z"
_YEAR_FIRST = re.compile(
    rf"(?P<y>\d{{4}})(?P<sign>[-/.:])(?P<m>\d{{1,2}})(?P=sign)(?P<d>\d{{1,2}}){_TIME}"
)
_YEAR_LAST = re.compile(
    rf"(?P<one>\d{{1,2}})(?P<sign>[/.-])(?P<two>\d{{1,2}})(?P=sign)(?P<y>\d{{4}}){_TIME}"
)
_DAY_AND_MONTH = re.compile(
    rf"(?P<d>\d{{1,2}})(?:er|st|nd|rd|th)?[\s.-]+(?P<month>[^\W\d_]+)\.?[\s,-]+"
    rf"(?P<y>\d{{4}}){_TIME}"
)
_MONTH_AND_DAY = re.compile(
    rf"(?P<month>[^\W\d_]+)\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})"
    rf"{_TIME}"
)
_WHOLE_TIME = re.compile(r"\d\d:\d\d:\d\d")
_HOURS = re.compile(r"(\d{1,2})\s?h\s?(\d{2})?\Z")


@dataclass(frozen=True, kw_only=True)
class Day:
    """A date (``2026-11-22``) or time (``2026-11-22T10:30:00``) in ISO form.

    ``others`` are what it could be as well: 03/04/2026 is in March or in April. What is
    not ``as_written`` was put in another order.
    """

    text: str
    others: tuple[str, ...] = ()
    as_written: bool = False


def day_in(text: str) -> Day | None:
    """Return the day or time that a text is; None where there is no such day.

    Names of months are understood in English and French. Of a day that can be a month
    the first reading has the day first.
    """
    plain = " ".join(text.split())
    if len(plain) > _LONGEST:
        return None
    match = _YEAR_FIRST.match(plain)
    if match:
        found = _iso(match["y"], match["m"], match["d"], match["time"])
        return Day(text=found, as_written=plain == found) if found else None
    match = _YEAR_LAST.match(plain)
    if match:
        return _in_either_order(match)
    match = _DAY_AND_MONTH.match(plain) or _MONTH_AND_DAY.match(plain)
    month = _months().get(_without_accents(match["month"])) if match else None
    if match is None or month is None:
        return None
    found = _iso(match["y"], month, match["d"], match["time"])
    return Day(text=found) if found else None


def read_day(slot: Slot, text: str) -> Reading | Refusal:
    """Read a day, or a time where the field has one."""
    whole_day = (slot.datatype or "").endswith("#date")
    found = day_in(text)
    if found is None:
        return Refusal(
            message=both("This is not a date, or there is no such day"),
            expected=example("2026-11-22" if whole_day else "2026-11-22T10:30:00"),
            found=text,
        )
    values = [_fitting(one, whole_day) for one in (found.text, *found.others)]
    note = both("read as {value}", value=values[0]) if values[0] != text else {}
    if not whole_day and "T" not in found.text:
        note = joined((note, both("no time given: 00:00")))
    return Reading(
        terms=((slot.iri, term_for(slot, values[0])),),
        certain=len(values) == 1,
        note=note,
        options=tuple(_option(one) for one in values) if len(values) > 1 else (),
        text=text,
    )


def _fitting(text: str, whole_day: bool) -> str:
    if whole_day:
        return text[:10]
    return text if "T" in text else f"{text}T00:00:00"


def _option(value: str) -> Option:
    return Option(text=value, label=in_languages(lambda: day_text(value)))


def iso_day(text: str) -> tuple[str, bool] | None:
    """Return a date or time in ISO form and whether it was written year first.

    A day that could be a month (``03/04/2026``) gives None.
    """
    found = day_in(text)
    if found is None or found.others:
        return None
    return found.text, _YEAR_FIRST.match(" ".join(text.split())) is not None


def is_iso(text: str) -> bool:
    """Return whether a text is a date or time as ISO 8601 has it, and there is one."""
    found = day_in(text)
    return found is not None and found.as_written


def day_kept(text: str) -> date | None:
    """Return the day of a kept (ISO) date or time, whatever its zone, or None."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def moment_kept(text: str) -> datetime | None:
    """Return a kept (ISO) date or time, one without a zone as UTC, or None."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _in_either_order(match: re.Match[str]) -> Day | None:
    year, time = match["y"], match["time"]
    orders = ((match["two"], match["one"]), (match["one"], match["two"]))
    found = [_iso(year, month, day, time) for month, day in orders]
    first, *others = [*dict.fromkeys(one for one in found if one), ""]
    return Day(text=first, others=tuple(others[:-1])) if first else None


def _iso(year: str, month: str, day: str, time: str | None) -> str | None:
    text = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
    hours = _HOURS.match(time or "")
    if hours:
        time = f"{int(hours[1]):02d}:{hours[2] or '00'}"
    try:
        moment = datetime.fromisoformat(f"{text}T{time}" if time else text)
    except ValueError:
        return None
    if not time:
        return text
    return f"{text}T{time}" if _WHOLE_TIME.match(time) else moment.isoformat()


@cache
def _months() -> Mapping[str, str]:
    """Return the number of each month by its names, long and short."""
    from babel.dates import get_month_names

    return {
        _without_accents(name): str(number)
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }


def _without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold().rstrip("."))
    return "".join(one for one in plain if not unicodedata.combining(one))
