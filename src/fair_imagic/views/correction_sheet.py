"""A set's corrections as one table: things as rows, their open fields as columns."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.i18n import both, current_language
from fair_imagic.model import class_for, class_named, class_names
from fair_imagic.rdf import record_of
from fair_imagic.workflow.base.field import Field, field_for
from fair_imagic.workflow.checking.verdict import verdict_for_page
from fair_imagic.workflow.correcting import Wish, Wishes
from fair_imagic.workflow.correcting.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting.rows import Row

__all__ = ["ROWS", "Cell", "Column", "Kind", "Line", "Sheet", "sheet_of"]

#: So many rows are shown at once.
ROWS = 25


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A field of one thing that has a point: what stands there, what is proposed."""

    key: str
    subject: str
    path: str
    label: str
    codes: tuple[str, ...]
    seen: str | None
    found: str
    wrong: str
    proposed: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """One field of a kind of thing; ``key`` is its name in the form."""

    key: str
    path: str
    field: Field


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing: cells by the key of their column."""

    label: str
    file: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """All things of a class that have points with a value to type."""

    key: str
    label: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    def page(self, start: int) -> tuple[Line, ...]:
        """Return the rows of one page."""
        return self.lines[start : start + ROWS]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The whole table, in parts by the kind of thing; the largest is first."""

    root: str
    version: str
    kinds: tuple[Kind, ...]
    cells: Mapping[str, Cell] = field(default_factory=dict)

    def kind(self, key: str) -> Kind | None:
        """Return the kind of this key, else the first one."""
        named = (one for one in self.kinds if one.key == key)
        return next(named, self.kinds[0] if self.kinds else None)

    def place_of(self, key: str) -> tuple[str, int]:
        """Return the kind of a cell and where its page starts."""
        for kind in self.kinds:
            for number, line in enumerate(kind.lines):
                if any(cell.key == key for cell in line.cells.values()):
                    return kind.key, number // ROWS * ROWS
        return "", 0

    def wishes(self, typed: Mapping[str, str], *, origin: str) -> Wishes:
        """Return what was typed, by the key of the cell, as wishes."""
        return Wishes(
            root=self.root,
            version=self.version,
            origin=origin,
            wishes=tuple(
                _wish(self.cells[key], text)
                for key, text in typed.items()
                if key in self.cells and text
            ),
        )


def sheet_of(workspace: Workspace, name: str) -> Sheet:
    """Return the corrections of a set that a typed value makes, as a table.

    What only others may change is left out. Raises NotFoundError for no such set.
    """
    report = verdict_for_page(workspace, workspace.record("set", name)).report
    known = class_names()
    kinds = {
        f.focus: class_named(f.kind).iri for f in report.findings if f.kind in known
    }
    rows = [row for row in rows_of(report) if row.path and row.subject in kinds]
    editable = _editable(workspace, rows)
    by_kind: dict[str, list[Row]] = {}
    for row in rows:
        if record_of(row.subject) in editable:
            by_kind.setdefault(kinds[row.subject], []).append(row)
    found = [_kind(workspace, class_iri, rows) for class_iri, rows in by_kind.items()]
    parts = sorted((one for one in found if one.columns), key=lambda k: -len(k.lines))
    return Sheet(
        root=report.subject,
        version=report.snapshot_hash,
        kinds=tuple(parts),
        cells={
            cell.key: cell
            for kind in parts
            for line in kind.lines
            for cell in line.cells.values()
        },
    )


def _editable(workspace: Workspace, rows: Iterable[Row]) -> frozenset[str]:
    records = frozenset(record_of(row.subject) for row in rows)
    sight = workspace.catalogue.sight
    return records if sight is None else sight.editable(records)


def _kind(workspace: Workspace, class_iri: str, rows: Iterable[Row]) -> Kind:
    columns: dict[str, Column | None] = {}
    lines: dict[str, dict[str, Cell]] = {}
    heads: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row.path not in columns:
            columns[row.path] = _column(workspace, class_iri, row.path)
        column = columns[row.path]
        if column is None:
            continue
        heads[row.subject] = (row.cells["thing"], row.cells["file"])
        lines.setdefault(row.subject, {}).setdefault(column.key, _cell(row))
    model_class = class_for(class_iri)
    labels = model_class.label if model_class is not None else {}
    return Kind(
        key=_key(class_iri),
        label=labels.get(current_language()) or class_iri.rpartition("/")[2],
        columns=tuple(one for one in columns.values() if one is not None),
        lines=tuple(
            Line(label=heads[subject][0], file=heads[subject][1], cells=cells)
            for subject, cells in sorted(
                lines.items(), key=lambda item: (heads[item[0]], item[0])
            )
        ),
    )


def _column(workspace: Workspace, class_iri: str, path: str) -> Column | None:
    found = field_for(workspace, [class_iri], path)
    return None if found is None else Column(key=_key(path), path=path, field=found)


def _cell(row: Row) -> Cell:
    told = row.cells
    return Cell(
        key=_key(row.subject, row.path),
        subject=row.subject,
        path=row.path,
        label=told["thing"],
        codes=tuple(told["codes"].split()),
        seen=told["seen"].removeprefix(":") if told["seen"] else None,
        found=told["found"],
        wrong=told["wrong"],
        proposed=told["proposed"],
    )


def _wish(cell: Cell, text: str) -> Wish:
    return Wish(
        subject=cell.subject,
        path=cell.path,
        text=text,
        label=cell.label,
        codes=cell.codes,
        seen=cell.seen,
        source=both("table of corrections"),
    )


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
