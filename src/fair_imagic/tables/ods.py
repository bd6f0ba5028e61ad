"""OpenDocument spreadsheets, read from their ``content.xml``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.errors import UnreadableFileError
from fair_imagic.files import read_archive
from fair_imagic.i18n import _
from fair_imagic.rdf import parse_xml
from fair_imagic.tables.grid import (
    MOST_COLUMNS,
    Cell,
    Sheet,
    cell_of,
    percentage,
    refuse_beyond,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["read_ods"]

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT = (_NS % name for name in ("table", "office", "text"))
_BLANKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_MOST_BLANKS = 1_000
_MOST_DIGITS = 10


def read_ods(path: Path) -> list[Sheet]:
    """Return the sheets of an OpenDocument spreadsheet; formulas stay formulas.

    Raises :class:`~fair_imagic.errors.UnreadableFileError` for anything else.
    """
    members = read_archive(path, wanted=("content.xml",))
    content = members.get("content.xml")
    if content is None:
        raise UnreadableFileError(path, _("this is no OpenDocument spreadsheet"))
    root = parse_xml(content, where=f"{path.name}/content.xml")
    return [
        Sheet(name, tuple(_rows(table, name)))
        for table in root.iter(f"{_TABLE}table")
        for name in [table.get(f"{_TABLE}name", "")]
    ]


def _rows(table: Any, sheet: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        cells = tuple(_cells(row, sheet, number))
        repeated = _count(row, "number-rows-repeated")
        if any(cell.text for cell in cells):
            # A row that is written once and repeated says the same thing each time.
            refuse_beyond(sheet, row=number + repeated - 1)
            for offset in range(repeated):
                yield number + offset, cells
        number += repeated


def _cells(row: Any, sheet: str, number: int) -> Iterator[Cell]:
    column = 0
    for one in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        cell, again = _cell(one), _count(one, "number-columns-repeated")
        if cell.text:
            refuse_beyond(sheet, row=number, column=column + again - 1)
        # Programs repeat the empty cell up to the last column that they have.
        yield from [cell] * min(again, MOST_COLUMNS - column)
        column = min(column + again, MOST_COLUMNS)


def _cell(written: Any) -> Cell:
    lines = ["".join(_pieces(line)) for line in written.iterchildren(f"{_TEXT}p")]
    text = "\n".join(lines).strip()
    if written.get(f"{_TABLE}formula"):
        return Cell(written.get(f"{_TABLE}formula"), "formula")
    kind = written.get(f"{_OFFICE}value-type", "")
    if kind == "date":
        day = written.get(f"{_OFFICE}date-value", text)
        return Cell(day.removesuffix("T00:00:00"), "date")
    if kind in ("float", "currency", "percentage"):
        cell = _number(written.get(f"{_OFFICE}value", text))
        shares = kind == "percentage" and cell.kind == "number"
        return percentage(cell.text) if shares else cell
    if kind == "boolean":
        return Cell(written.get(f"{_OFFICE}boolean-value", text), "text")
    if kind == "time":
        return Cell(text, "date")
    return Cell(text, "text") if text else Cell()


def _number(text: str) -> Cell:
    try:
        return cell_of(float(text))
    except ValueError:
        return Cell(text, "error")


def _pieces(line: Any) -> Iterator[str]:
    """Yield the text of a paragraph; breaks, tabs and runs of spaces are elements."""
    yield line.text or ""
    for part in line.iterchildren():
        if part.tag in _BLANKS:
            again = _count(part, "c", namespace=_TEXT)
            yield _BLANKS[part.tag] * min(again, _MOST_BLANKS)
        elif isinstance(part.tag, str):
            yield from _pieces(part)
        yield part.tail or ""


def _count(element: Any, name: str, *, namespace: str = _TABLE) -> int:
    text = element.get(f"{namespace}{name}", "1")
    return int(text) if text.isdecimal() and len(text) < _MOST_DIGITS else 1
