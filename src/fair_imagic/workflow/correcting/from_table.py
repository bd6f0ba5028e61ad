"""Wishes from a table of points that a person filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import UnreadableFileError
from fair_imagic.files import sha256_of
from fair_imagic.i18n import _, both
from fair_imagic.tables.delimited import refuse_twice
from fair_imagic.tables.office import without_apostrophe
from fair_imagic.workflow.correcting.columns import KEYS, NEW, heading_of, keys_of
from fair_imagic.workflow.correcting.wish import Flaw, Wish, Wishes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fair_imagic.tables.grid import Cell, Sheet

__all__ = ["wishes_of_table"]

_NOT_A_VALUE = "—"


def wishes_of_table(path: Path, sheets: Sequence[Sheet], *, label: str = "") -> Wishes:
    """Return the new values of a table of points, and the cells that cannot be read.

    Rows without a new value say nothing. Raises
    :class:`~fair_imagic.errors.UnreadableFileError` where no sheet is a table of
    points, or one lost its hidden columns.
    """
    sheet, columns = _table(path, sheets)
    name = label or path.name
    reading = _Reading(sheet, columns, name)
    for number, cells in sheet.rows[1:]:
        reading.take(number, cells)
    roots = {cell for cell in reading.roots if cell}
    if len(roots) != 1:
        raise UnreadableFileError(
            path,
            _("the hidden columns of the table are empty or mixed"),
            hint=_("Make the table again with `fair-imagic check --format xlsx`."),
        )
    return Wishes(
        root=roots.pop(),
        version=next(filter(None, reading.versions), ""),
        wishes=tuple(reading.wishes),
        flaws=tuple(reading.flaws),
        origin=name,
        sha256=sha256_of(path),
    )


def _table(path: Path, sheets: Sequence[Sheet]) -> tuple[Sheet, dict[str, int]]:
    closest: tuple[str, ...] = (NEW, *KEYS)
    for sheet in sheets:
        if not sheet.rows:
            continue
        headings = [cell.text for cell in sheet.rows[0][1]]
        found = keys_of(headings)
        missing = tuple(key for key in (NEW, *KEYS) if key not in found)
        if not missing:
            refuse_twice(path, headings)
            return sheet, found
        closest = min(closest, missing, key=len)
    raise UnreadableFileError(
        path,
        _("no sheet has the columns of a table of points"),
        expected=", ".join(heading_of(key) for key in closest),
        hint=_("Make the table again with `fair-imagic check --format xlsx`."),
    )


class _Reading:
    """The rows of a table, read one after the other."""

    def __init__(self, sheet: Sheet, columns: dict[str, int], name: str) -> None:
        self._sheet = sheet
        self._columns = columns
        self._name = name
        self.wishes: list[Wish] = []
        self.flaws: list[Flaw] = []
        self.roots: dict[str, None] = {}
        self.versions: dict[str, None] = {}

    def take(self, number: int, cells: tuple[Cell, ...]) -> None:
        told = {
            key: cells[place].text if place < len(cells) else ""
            for key, place in self._columns.items()
        }
        self.roots[told["set"]] = None
        self.versions[told["version"]] = None
        place = self._columns[NEW]
        new = cells[place] if place < len(cells) else None
        if new is None or not new.text or new.text.startswith(_NOT_A_VALUE):
            return
        where = self._sheet.place(number, place)
        if not (told["thing id"] and told["property"] and told["set"]):
            self._flaw(where, _("This row has lost its hidden columns"), new)
        elif new.kind in ("formula", "error"):
            self._flaw(
                where,
                _("This cell holds a formula, or an error of one"),
                new,
                expected=_("the value itself, as text"),
            )
        else:
            self.wishes.append(self._wish(told, new, where))

    def _wish(self, told: dict[str, str], new: Cell, where: str) -> Wish:
        seen = told["seen"]
        return Wish(
            subject=told["thing id"],
            path=told["property"],
            text=without_apostrophe(new.text),
            label=told.get("thing", ""),
            codes=tuple(told["codes"].split()),
            seen=seen.removeprefix(":") if seen else None,
            source=both("table {name}", name=self._name),
            kind=new.kind,
            place=where,
        )

    def _flaw(
        self, where: str, message: str, cell: Cell, *, expected: str = ""
    ) -> None:
        self.flaws.append(
            Flaw(place=where, message=message, expected=expected, found=cell.text[:200])
        )
