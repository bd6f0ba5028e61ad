"""Tables that people fill in: CSV or TSV with a header line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import UnreadableFileError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Row", "Table", "read_table"]

_MOST_BYTES = 20_000_000


@dataclass(frozen=True)
class Row:
    """One row: its line number and the cells by column (no cell is None)."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A table as read, cells stripped, empty rows left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """Return the table in a CSV, semicolon-separated or TSV file (UTF-8).

    Raises :class:`~fair_imagic.errors.UnreadableFileError` for a file that is missing,
    too large, not text, without rows, or with a row longer than the header.
    """
    text = _text(path)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise UnreadableFileError(path, f"{reader.line_num}: {error}") from error
    columns = tuple(cell.strip() for cell in lines[0][1])
    rows = [_row(path, columns, line, cells) for line, cells in lines[1:] if any(cells)]
    if not rows:
        raise UnreadableFileError(path, _("the table has no row below its header"))
    return Table(columns, tuple(rows))


def _text(path: Path) -> str:
    if not path.is_file():
        raise UnreadableFileError(path, _("there is no such file"))
    if path.stat().st_size > _MOST_BYTES:
        raise UnreadableFileError(path, _("the table is larger than 20 MB"))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            path,
            _("the text is not UTF-8 (byte {place})").format(place=error.start),
            hint=_("Save the table again as CSV with UTF-8."),
        ) from error
    if not text.strip():
        raise UnreadableFileError(path, _("the file is empty"))
    return text


def _row(path: Path, columns: tuple[str, ...], line: int, cells: list[str]) -> Row:
    if len(cells) > len(columns):
        raise UnreadableFileError(
            path,
            _("line {line} has {count} cells").format(line=line, count=len(cells)),
            expected=str(len(columns)),
        )
    padded = [cell.strip() for cell in cells] + [""] * (len(columns) - len(cells))
    return Row(line, dict(zip(columns, padded, strict=True)))
