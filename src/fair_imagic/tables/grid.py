"""Tables as office programs keep them: sheets of cells that know their place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.tables.delimited import read_delimited

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

__all__ = [
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Cell",
    "Sheet",
    "cell_of",
    "column_letter",
    "percentage",
    "read_csv",
    "refuse_beyond",
]

#: What is read of one sheet at most; a sheet with more is refused.
MOST_ROWS = 200_000
MOST_COLUMNS = 100


@dataclass(frozen=True)
class Cell:
    """A cell: its text and what it is: text, number, date, formula, error or empty."""

    text: str = ""
    kind: str = "empty"


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name (empty in CSV) and its rows with their numbers from 1."""

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]

    def place(self, row: int, column: int) -> str:
        """Return where a cell is, as an office program names it."""
        cell = f"{column_letter(column)}{row}"
        return f"{self.name}!{cell}" if self.name else cell


def column_letter(column: int) -> str:
    """Return ``A`` for 0, ``AA`` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_csv(path: Path, *, headings: Collection[str] = ()) -> list[Sheet]:
    """Return the one sheet of a CSV file (comma, semicolon or tab).

    ``headings`` are as in :func:`~fair_imagic.tables.delimited.read_delimited`.
    """
    table = read_delimited(path, headings=headings)
    head = tuple(_text_cell(text) for text in table.columns)
    rows = [(1, head)]
    for row in table.rows:
        cells = tuple(_text_cell(row.cells[name]) for name in table.columns)
        rows.append((row.number, cells))
    return [Sheet("", tuple(rows))]


def refuse_beyond(sheet: str, *, row: int = 0, column: int = 0) -> None:
    """Raise InputError for a place (row from 1, column from 0) that is not read."""
    if row > MOST_ROWS:
        raise InputError(
            _("The table has more than {count} rows").format(count=MOST_ROWS),
            where=sheet,
        )
    if column >= MOST_COLUMNS:
        raise InputError(
            _("The table has more than {count} columns").format(count=MOST_COLUMNS),
            where=Sheet(sheet, ()).place(row, column),
            hint=_("Remove what stands there, or put it into a table of its own."),
        )


def percentage(share: str) -> Cell:
    """Return the cell that shows 0.125 as ``12.5 %``: that is what was typed."""
    return Cell(f"{(Decimal(share) * 100).normalize():f} %", "text")


def cell_of(value: object, data_type: str = "") -> Cell:
    """Return the cell for a value as a program keeps it; numbers keep 15 digits."""
    if value is None or value == "":
        return Cell()
    if data_type == "f":
        return Cell(str(value), "formula")
    if data_type == "e":
        return Cell(str(value), "error")
    if isinstance(value, bool):
        return Cell(str(value).lower(), "text")
    if isinstance(value, int | float):
        return Cell(format(Decimal(format(value, ".15g")), "f"), "number")
    if isinstance(value, datetime):
        midnight = value.time().isoformat() == "00:00:00"
        return Cell((value.date() if midnight else value).isoformat(), "date")
    if isinstance(value, date | time):
        return Cell(value.isoformat(), "date")
    return _text_cell(str(value))


def _text_cell(text: str) -> Cell:
    stripped = text.strip().replace("\u00a0", " ")
    return Cell(stripped, "text") if stripped else Cell()
