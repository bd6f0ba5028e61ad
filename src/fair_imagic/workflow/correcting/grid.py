"""Tables as office programs keep them: sheets of cells that know their place."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import InputError, UnreadableFileError
from fair_imagic.files import read_archive
from fair_imagic.i18n import _
from fair_imagic.rdf import parse_xml
from fair_imagic.workflow.correcting.columns import keys_by_heading
from fair_imagic.workflow.tables import read_table

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "Cell",
    "Sheet",
    "cell_of",
    "column_letter",
    "percentage",
    "read_csv",
    "read_xlsx",
]

_MOST_ROWS = 200_000
_MOST_COLUMNS = 100


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


def read_csv(path: Path) -> list[Sheet]:
    """Return the one sheet of a CSV file (comma, semicolon or tab)."""
    table = read_table(path, headings=keys_by_heading())
    head = tuple(_text_cell(text) for text in table.columns)
    rows = [(1, head)]
    for row in table.rows:
        cells = tuple(_text_cell(row.cells[name]) for name in table.columns)
        rows.append((row.number, cells))
    return [Sheet("", tuple(rows))]


def read_xlsx(path: Path) -> list[Sheet]:
    """Return the sheets of an Excel workbook; formulas stay formulas.

    Raises :class:`~fair_imagic.errors.UnreadableFileError` for a file that is no
    workbook, is damaged, or unpacks to more than it should.
    """
    members = read_archive(path, wanted=(".xml", ".rels"))
    for name, content in members.items():
        parse_xml(content, where=f"{path.name}/{name}")  # no entities, no DOCTYPE
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
        sheets = [_sheet(found) for found in book.worksheets]
        book.close()
    except (KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        raise UnreadableFileError(
            path, _("this is no workbook: {reason}").format(reason=str(error)[:200])
        ) from error
    except zipfile.BadZipFile as error:
        raise UnreadableFileError(path, _("the archive is damaged")) from error
    return sheets


def _sheet(found: Any) -> Sheet:
    found.reset_dimensions()
    rows = []
    for number, cells in enumerate(found.iter_rows(max_col=_MOST_COLUMNS), start=1):
        if number > _MOST_ROWS:
            raise InputError(
                _("The table has more than {count} rows").format(count=_MOST_ROWS),
                where=str(found.title),
            )
        kept = tuple(_cell(cell) for cell in cells)
        if any(cell.text for cell in kept):
            rows.append((number, kept))
    return Sheet(str(found.title), tuple(rows))


def _cell(found: Any) -> Cell:
    cell = cell_of(found.value, found.data_type)
    shares = cell.kind == "number" and "%" in (found.number_format or "")
    return percentage(cell.text) if shares else cell


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
