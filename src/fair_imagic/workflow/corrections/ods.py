"""OpenDocument spreadsheets, read from their ``content.xml``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.errors import UnreadableFileError
from fair_imagic.files import read_archive
from fair_imagic.i18n import _
from fair_imagic.rdf import parse_xml
from fair_imagic.workflow.corrections.grid import Cell, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["read_ods"]

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT = (_NS % name for name in ("table", "office", "text"))
_MOST_COLUMNS = 100
_MOST_ROWS = 200_000


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
        Sheet(table.get(f"{_TABLE}name", ""), tuple(_rows(table)))
        for table in root.iter(f"{_TABLE}table")
    ]


def _rows(table: Any) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        cells = tuple(_cells(row))
        repeated = _count(row, "number-rows-repeated")
        if any(cell.text for cell in cells):
            # A row that is written once and repeated says the same thing each time.
            for offset in range(min(repeated, _MOST_ROWS)):
                yield number + offset, cells
        number += repeated


def _cells(row: Any) -> Iterator[Cell]:
    left = _MOST_COLUMNS
    for found in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        cell = _cell(found)
        for _again in range(min(_count(found, "number-columns-repeated"), left)):
            yield cell
            left -= 1


def _cell(found: Any) -> Cell:
    lines = ["".join(line.itertext()) for line in found.iterchildren(f"{_TEXT}p")]
    text = "\n".join(lines).strip()
    if found.get(f"{_TABLE}formula"):
        return Cell(found.get(f"{_TABLE}formula"), "formula")
    kind = found.get(f"{_OFFICE}value-type", "")
    if kind == "date":
        day = found.get(f"{_OFFICE}date-value", text)
        return Cell(day.removesuffix("T00:00:00"), "date")
    if kind in ("float", "percentage", "currency"):
        number = found.get(f"{_OFFICE}value", text)
        return Cell(number.removesuffix(".0"), "number")
    if kind == "time":
        return Cell(text, "date")
    return Cell(text, "text") if text else Cell()


def _count(element: Any, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isdecimal() else 1
