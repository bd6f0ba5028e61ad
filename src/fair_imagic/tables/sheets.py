"""The sheets of a table, whichever program wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import UnreadableFileError
from fair_imagic.i18n import _
from fair_imagic.tables.grid import read_csv
from fair_imagic.tables.ods import read_ods
from fair_imagic.tables.xlsx import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from fair_imagic.tables.grid import Sheet

__all__ = ["BOOKS", "ENDINGS", "read_sheets"]

_DELIMITED = (".csv", ".tsv")
#: What reads workbooks, by the ending of their names.
BOOKS: dict[str, Callable[[Path], list[Sheet]]] = {
    ".xlsx": read_xlsx,
    ".ods": read_ods,
}
ENDINGS = (*BOOKS, *_DELIMITED)


def read_sheets(path: Path, *, headings: Collection[str] = ()) -> list[Sheet]:
    """Return the sheets of a table by the ending of its name; CSV and TSV have one.

    ``headings`` are as in :func:`~fair_imagic.tables.delimited.read_delimited`. Raises
    :class:`~fair_imagic.errors.UnreadableFileError` for another ending, and for a file
    that is damaged or too large.
    """
    suffix = path.suffix.lower()
    if suffix in _DELIMITED:
        return read_csv(path, headings=headings)
    if suffix not in BOOKS:
        raise UnreadableFileError(
            path, _("this kind of file is not read"), expected=", ".join(ENDINGS)
        )
    return BOOKS[suffix](path)
