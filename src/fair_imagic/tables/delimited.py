"""Delimited text with a header line: CSV, semicolons, TSV."""

from __future__ import annotations

import csv
import io
import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import UnreadableFileError
from fair_imagic.i18n import _
from fair_imagic.tables.office import without_apostrophe

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

__all__ = [
    "Number",
    "Row",
    "Table",
    "cells_by_column",
    "csv_lines",
    "csv_text",
    "read_delimited",
    "refuse_twice",
]

_MOST_BYTES = 20_000_000
_LINE_END = "\r\n"
_NUMBER = re.compile(
    r"[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|INF)|NaN"
)
# What begins a formula, at the start of a cell or of what an office program makes one:
# where numbers have a decimal comma, cells are told apart by semicolons.
_FORMULA = re.compile(r"(\A|[;\t\r\n])([=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")
# What French writes, apart from signs that other encodings have for letters.
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»’°µ²³±×\u00a0")


@dataclass(frozen=True)
class Row:
    """One row: its line in the file and the cells by column (no cell is None).

    ``number`` is its place in an office program, where a cell may have several lines.
    """

    line: int
    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A table as read, cells stripped, empty rows left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_delimited(
    path: Path, *, headings: Collection[str] = (), by_letters: bool = False
) -> Table:
    """Return the table in a CSV, semicolon-separated or TSV file (UTF-8).

    A table in the Western encoding of Windows, as Excel writes CSV, is read where all
    its headings are among ``headings`` (small letters): their accents prove it. With
    ``by_letters`` it is read too where all its accents are those of French; what
    comes of it has to be shown to somebody.
    Raises :class:`~fair_imagic.errors.UnreadableFileError` for a file that is missing,
    too large, not text, without rows, with a row longer than the header, or with a
    column that is there twice.
    """
    text = _text(path, headings, by_letters=by_letters)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise UnreadableFileError(path, f"{reader.line_num}: {error}") from error
    columns = tuple(cell.strip() for cell in lines[0][1])
    refuse_twice(path, columns)
    numbered = enumerate(lines[1:], start=2)
    rows = [
        Row(line, number, cells_by_column(path, columns, line, cells))
        for number, (line, cells) in numbered
        if any(cells)
    ]
    if not rows:
        raise UnreadableFileError(path, _("the table has no row below its header"))
    return Table(columns, tuple(rows))


def refuse_twice(path: Path, columns: Iterable[str]) -> None:
    """Raise UnreadableFileError where a table has a column twice.

    Case, spaces and the way in which accents are written do not count.
    """
    seen: set[str] = set()
    for column in columns:
        key = unicodedata.normalize("NFC", " ".join(column.split())).casefold()
        if key and key in seen:
            raise UnreadableFileError(
                path,
                _("the column {name} is there twice").format(name=column),
                hint=_("Keep one of them: nobody can tell which one counts."),
            )
        seen.add(key)


class Number(str):
    """A cell that is a number, as it is written: a sign in front of it is no formula.

    What is written as no number is a text all the same.
    """

    __slots__ = ()


def csv_text(
    columns: Iterable[str], rows: Iterable[Iterable[object]], *, line_end: str = "\n"
) -> str:
    """Return a table as comma-separated text with a header line; see `csv_lines`."""
    return "".join(csv_lines(itertools.chain([columns], rows), line_end=line_end))


def csv_lines(
    rows: Iterable[Iterable[object]], *, line_end: str = "\n"
) -> Iterator[str]:
    """Yield each row as comma-separated text.

    A text that an office program would take for a formula gets an apostrophe in front,
    which such programs do not show; numbers, and :class:`Number`, stay as they are.
    """
    stream = io.StringIO()
    # with this end of a line, every cell that holds either of its characters is quoted
    writer = csv.writer(stream, lineterminator=_LINE_END)
    for row in rows:
        writer.writerow(map(_harmless, row))
        yield stream.getvalue().removesuffix(_LINE_END) + line_end
        stream.seek(0)
        stream.truncate()


def _harmless(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    if isinstance(cell, Number) and _NUMBER.fullmatch(cell):
        return cell
    return _FORMULA.sub(r"\1'\2", cell)


def _delimiter(text: str) -> str:
    return max(",;\t", key=text.partition("\n")[0].count)


def _text(path: Path, headings: Collection[str], *, by_letters: bool) -> str:
    if not path.is_file():
        raise UnreadableFileError(path, _("there is no such file"))
    if path.stat().st_size > _MOST_BYTES:
        raise UnreadableFileError(path, _("the table is larger than 20 MB"))
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = content.decode("cp1252", errors="replace")
        french = by_letters and {one for one in text if not one.isascii()} <= _FRENCH
        if not french and not _is_headed_by(text, headings):
            raise UnreadableFileError(
                path,
                _("the text is not UTF-8 (byte {place})").format(place=error.start),
                hint=_("Save the table again as CSV with UTF-8 (Excel: “CSV UTF-8”)."),
            ) from error
    if not text.strip():
        raise UnreadableFileError(path, _("the file is empty"))
    return text


def _is_headed_by(text: str, headings: Collection[str]) -> bool:
    """Return whether a table has only these headings, one of them with accents."""
    first = next(csv.reader(io.StringIO(text), delimiter=_delimiter(text)), [])
    found = {" ".join(cell.split()).casefold() for cell in first}
    accented = any(not heading.isascii() for heading in found)
    return accented and found <= {*headings, ""}


def cells_by_column(
    path: Path, columns: tuple[str, ...], line: int, texts: list[str]
) -> dict[str, str]:
    """Return the texts of a row by column; UnreadableFileError for one under none."""
    plain = [without_apostrophe(text.strip()) for text in texts]
    padded = plain + [""] * (len(columns) - len(texts))
    if any(padded[len(columns) :]):
        raise UnreadableFileError(
            path,
            _("line {line} has {count} cells").format(line=line, count=len(texts)),
            expected=str(len(columns)),
        )
    for column, text in zip(columns, padded, strict=False):
        if text and not column:
            raise UnreadableFileError(
                path,
                _("line {line} has a text under no heading").format(line=line),
                found=text[:200],
            )
    return dict(zip(columns, padded, strict=False))
