"""Tables that people fill in, one row a thing, whichever program wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import UnreadableFileError
from fair_imagic.i18n import _
from fair_imagic.tables.delimited import (
    Row,
    Table,
    cells_by_column,
    read_delimited,
    refuse_twice,
)
from fair_imagic.tables.sheets import BOOKS, read_sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from fair_imagic.tables.grid import Cell, Sheet

__all__ = ["read_table"]


def read_table(
    path: Path,
    *,
    headings: Collection[str] = (),
    by_letters: bool = False,
    is_wanted: Callable[[tuple[str, ...]], bool] | None = None,
) -> Table:
    """Return the table in a CSV, TSV, Excel or OpenDocument file.

    ``headings`` and ``by_letters`` are as in
    :func:`~fair_imagic.tables.delimited.read_delimited`, which says what is refused.
    Of a workbook the first sheet is read whose headings are ``is_wanted``, else the
    first that has any.
    """
    if path.suffix.lower() not in BOOKS or not path.is_file():
        return read_delimited(path, headings=headings, by_letters=by_letters)
    sheets = [sheet for sheet in read_sheets(path) if sheet.rows]
    if not sheets:
        raise UnreadableFileError(path, _("the file is empty"))
    wanted = (one for one in sheets if is_wanted is None or is_wanted(_columns(one)))
    return _table(path, next(wanted, sheets[0]))


def _columns(sheet: Sheet) -> tuple[str, ...]:
    return tuple(cell.text for cell in sheet.rows[0][1])


def _table(path: Path, sheet: Sheet) -> Table:
    columns = _columns(sheet)
    refuse_twice(path, columns)
    rows = tuple(
        Row(number, number, _cells(path, sheet, number, cells))
        for number, cells in sheet.rows[1:]
    )
    if not rows:
        raise UnreadableFileError(path, _("the table has no row below its header"))
    return Table(columns, rows)


def _cells(
    path: Path, sheet: Sheet, number: int, cells: tuple[Cell, ...]
) -> dict[str, str]:
    for place, cell in enumerate(cells):
        if cell.kind in ("formula", "error"):
            raise UnreadableFileError(
                path,
                _("the cell {place} holds a formula, or an error of one").format(
                    place=sheet.place(number, place)
                ),
                expected=_("the value itself, as text"),
                found=cell.text[:200],
            )
    return cells_by_column(path, _columns(sheet), number, [one.text for one in cells])
