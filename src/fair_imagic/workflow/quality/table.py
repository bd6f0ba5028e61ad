"""Measurements of a quality control as people write them down, and as they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic import clock
from fair_imagic.entry import plain_value
from fair_imagic.entry.number import decimal_of
from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import slot_named
from fair_imagic.tables import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.tables import Row

__all__ = ["COLUMNS", "POINTS", "Measured", "measured_from", "read_measurements"]

_POINT = slot_named("QualityMeasurement", "point")
POINTS = _POINT.values
"""The seven points of the quality control."""

COLUMNS = (
    "date",
    "point",
    "objective",
    "metric",
    "value",
    "unit",
    "at_least",
    "at_most",
    "limit_source",
    "passed",
)
_DAY = slot_named("QualityRun", "measured_on")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One measurement, its texts in the form that the record keeps.

    ``passed`` is ``true``, ``false`` or empty; ``place`` says where it was written.
    """

    day: str
    point: str
    objective: str = ""
    metric: str = ""
    value: str = ""
    unit: str = ""
    at_least: str = ""
    at_most: str = ""
    limit_source: str = ""
    passed: str = ""
    place: str = ""


def read_measurements(path: Path) -> list[Measured]:
    """Return the measurements of a table: one a row, the columns :data:`COLUMNS`.

    ``date`` and ``point`` are needed, and a value or whether it passed. Raises
    :class:`~fair_imagic.errors.InputError` with line and column.
    """
    table = read_table(path)
    unknown = set(table.columns) - set(COLUMNS)
    if unknown or not {"date", "point"} <= set(table.columns):
        raise InputError(
            _("This table does not describe a quality control"),
            where=str(path),
            expected=", ".join(COLUMNS),
            found=", ".join(table.columns),
        )
    return [_of_row(path, row) for row in table.rows]


def _of_row(path: Path, row: Row) -> Measured:
    place = f"{path.name}:{row.line}"
    return measured_from(row.cells, place=place)


def measured_from(cells: dict[str, str], *, place: str = "") -> Measured:
    """Return a measurement of what somebody wrote, by the name of its column.

    Where limits and a value are given, but not whether it passed, they say so.
    """
    told = {name: cells.get(name, "").strip() for name in COLUMNS}
    numbers = {
        name: _value(name, told[name], _at(place, name))
        for name in ("value", "at_least", "at_most")
    }
    told |= numbers
    told["day"] = _day(told.pop("date"), _at(place, "date"))
    told["point"] = _point(told["point"], _at(place, "point"))
    told["passed"] = _passed(told["passed"], _at(place, "passed")) or _kept(numbers)
    if not told["value"] and not told["passed"]:
        raise InputError(
            _("A measurement needs a value, or whether it passed"), where=place
        )
    return Measured(place=place, **told)


def _at(place: str, column: str) -> str:
    return f"{place}:{column}" if place else column


def _day(text: str, place: str) -> str:
    day = plain_value(text, _DAY, where=place)
    if day > clock.today().isoformat():
        raise InputError(_("This day is still to come"), where=place, found=text)
    return day


def _point(text: str, place: str) -> str:
    return plain_value(text, _POINT, where=place)


def _value(field: str, text: str, place: str) -> str:
    slot = slot_named("QualityMeasurement", field)
    return plain_value(text, slot, where=place) if text else ""


def _passed(text: str, place: str) -> str:
    word = {"passed": "yes", "failed": "no"}.get(text.lower(), text)
    return _value("passed", word, place)


def _kept(numbers: dict[str, str]) -> str:
    low, high = numbers["at_least"], numbers["at_most"]
    if not numbers["value"] or not (low or high):
        return ""
    value, least, most = map(decimal_of, (numbers["value"], low, high))
    too_low = value is not None and least is not None and value < least
    too_high = value is not None and most is not None and value > most
    return "false" if too_low or too_high else "true"
