"""A tags table as it is read, and as a page sends it back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.files import sha256_of
from fair_imagic.i18n import _
from fair_imagic.tables import Row, Table, read_table
from fair_imagic.workflow.correcting.tag_columns import (
    IMAGE,
    TagColumn,
    columns_of,
    names_images,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["TagTable", "read_tags", "tags_from_json", "tags_to_json"]

_SHA256_DIGITS = 64


@dataclass(frozen=True, kw_only=True)
class TagTable:
    """A tags table as read: name and checksum, what its headings mean, its rows."""

    name: str
    sha256: str
    columns: tuple[TagColumn, ...]
    table: Table

    @property
    def image_column(self) -> str:
        """Return the heading under which images are named."""
        return next(one.heading for one in self.columns if one.meaning == IMAGE)


def read_tags(path: Path, *, label: str = "") -> TagTable:
    """Return a tags table (CSV, TSV, Excel, OpenDocument), called by a label.

    Raises :class:`~fair_imagic.errors.InputError` where no column names images, and
    UnreadableFileError where it cannot be read.
    """
    table = read_table(path, by_letters=True, is_wanted=names_images)
    columns = columns_of(table.columns)
    if not any(column.meaning == IMAGE for column in columns):
        raise InputError(
            _("The table needs a column named image"),
            where=label or str(path),
            found=", ".join(table.columns),
        )
    name = label or path.name
    return TagTable(name=name, sha256=sha256_of(path), columns=columns, table=table)


def tags_to_json(table: TagTable) -> str:
    """Return a tags table as JSON text, for a page to send back."""
    rows = [
        [row.line, row.number, *(row.cells[name] for name in table.table.columns)]
        for row in table.table.rows
    ]
    document = {
        "name": table.name,
        "sha256": table.sha256,
        "columns": list(table.table.columns),
        "rows": rows,
    }
    return json.dumps(document, ensure_ascii=False)


def tags_from_json(text: str) -> TagTable:
    """Return a tags table from JSON text; InputError for anything else."""
    try:
        found = json.loads(text)
        columns = tuple(_text(one) for one in found["columns"])
        rows = tuple(_row(columns, one) for one in found["rows"])
        table = TagTable(
            name=_text(found["name"]),
            sha256=_text(found["sha256"]),
            columns=columns_of(columns),
            table=Table(columns, rows),
        )
        int(table.sha256, 16)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable(text) from error
    if not names_images(columns) or len(table.sha256) != _SHA256_DIGITS:
        raise _unreadable(text)
    return table


def _unreadable(text: str) -> InputError:
    return InputError(
        _("The table cannot be read"),
        found=text[:80],
        hint=_("Choose the file again."),
    )


def _row(columns: tuple[str, ...], found: list[object]) -> Row:
    line, number, *texts = found
    if not isinstance(line, int) or not isinstance(number, int):
        raise TypeError
    cells = dict(zip(columns, map(_text, texts), strict=True))
    return Row(line, number, cells)


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError
    return found
