"""What was said of sets when they were last checked, in a file beside the indexes.

Like them it can be made again, so it is no part of the journal: who opened the
catalogue for reading writes here too, and the file may be deleted at any time. One that
is damaged, or that nobody may write to, keeps nothing.
"""

from __future__ import annotations

import contextlib
import sqlite3
from secrets import randbits
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from fair_imagic.catalogue.access import make_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["KeptText", "VerdictFile"]

# One more where the rows mean something else: they are then made anew.
_FORMAT = 2
_WAIT_S = 2
_PAGE = 500
_TABLES = (
    "CREATE TABLE IF NOT EXISTS kept (root TEXT PRIMARY KEY, input_sum TEXT NOT NULL,"
    " text TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS places (mark INTEGER NOT NULL)",
)

_Result = TypeVar("_Result")


class KeptText(NamedTuple):
    """What was said of a record, and the sum of what that rests on."""

    input_sum: str
    text: str


class VerdictFile:
    """One text for each record that was checked; processes share it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "verdicts.sqlite"

    def keep(self, root: str, kept: KeptText) -> None:
        """Keep what was said of a record, in the place of what was said before."""

        def replace(connection: sqlite3.Connection) -> None:
            connection.execute("REPLACE INTO kept VALUES (?, ?, ?)", (root, *kept))

        self._write(replace)

    def of(self, roots: Sequence[str]) -> dict[str, KeptText]:
        """Return what is kept of some records, by record."""

        def find(connection: sqlite3.Connection) -> dict[str, KeptText]:
            found: dict[str, KeptText] = {}
            for start in range(0, len(roots), _PAGE):
                page = roots[start : start + _PAGE]
                marks = ", ".join("?" * len(page))
                select = f"SELECT * FROM kept WHERE root IN ({marks})"  # noqa: S608 - nothing but question marks
                rows = connection.execute(select, page)
                found |= {root: KeptText(*kept) for root, *kept in rows}
            return found

        return self._read(find, {})

    def note_new_places(self) -> None:
        """Note that files have other places now: no change of the journal tells so.

        The mark is drawn by lot: counted from one again, after somebody deleted the
        file, it could come back to what an old verdict rests on.
        """

        def mark(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM places")
            connection.execute("INSERT INTO places VALUES (?)", (randbits(62),))

        self._write(mark)

    def mark_of_places(self) -> int:
        """Return the mark of the last time that this was noted, 0 for never."""

        def find(connection: sqlite3.Connection) -> int:
            row = connection.execute("SELECT mark FROM places").fetchone()
            return int(row[0]) if row is not None else 0

        return self._read(find, 0)

    def _read(
        self, work: Callable[[sqlite3.Connection], _Result], nothing: _Result
    ) -> _Result:
        if not self._path.is_file():
            return nothing

        def read(connection: sqlite3.Connection) -> _Result:
            return work(connection) if _format(connection) == _FORMAT else nothing

        return self._done(read, nothing)

    def _write(self, work: Callable[[sqlite3.Connection], None]) -> None:
        if not self._path.parent.is_dir():
            return
        make_file(self._path)

        def write(connection: sqlite3.Connection) -> None:
            # what a power cut takes away is made again
            connection.execute("PRAGMA synchronous = OFF")
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                _make_tables(connection)
                work(connection)

        self._done(write, None)

    def _done(
        self, work: Callable[[sqlite3.Connection], _Result], nothing: _Result
    ) -> _Result:
        try:
            opened = sqlite3.connect(self._path, timeout=_WAIT_S, isolation_level=None)
            with contextlib.closing(opened) as connection:
                return work(connection)
        except sqlite3.OperationalError:
            # another process writes for too long, or the disk takes nothing
            return nothing
        except sqlite3.DatabaseError:
            with contextlib.suppress(OSError):
                self._path.unlink()
            return nothing


def _format(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _make_tables(connection: sqlite3.Connection) -> None:
    if _format(connection) == _FORMAT:
        return
    for name in ("kept", "places"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for table in _TABLES:
        connection.execute(table)
    connection.execute(f"PRAGMA user_version = {_FORMAT}")
