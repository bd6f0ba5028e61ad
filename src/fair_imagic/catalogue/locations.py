"""Where files and folders lie: in a storage root that settings name, or anywhere.

Kept in the database, never in RDF: a path may name a person, and it is true on one
machine only. A file's key is its SHA-256, a software folder's the IRI of its record.
The same content may lie in several places; of those, one that is there is used.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, bindparam, func, insert, select, update

from fair_imagic.catalogue.tables import LOCATION
from fair_imagic.clock import isoformat, now
from fair_imagic.storage import UNNAMED, path_in, places_of_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database
    from fair_imagic.storage import StorageRoot

__all__ = ["Locations", "Place", "PlaceNote", "RootUse"]

_AT_ONCE = 500  # SQLite takes no more than some thousand values in one query


class PlaceNote(NamedTuple):
    """What lies in a place: its key, and the file set that it belongs to, if any."""

    path: Path
    key: str
    record: str = ""


@dataclass(frozen=True)
class Place:
    """Where a file or folder lies, or why it is not reached.

    ``path`` is the place in use, else the one noted last, None where none is known;
    ``absent_root`` names the storage root of what is not there, where the root itself
    is not.
    """

    path: Path | None = None
    is_there: bool = False
    absent_root: str = ""


@dataclass(frozen=True)
class RootUse:
    """A storage root, and how many files are noted in it; ``path`` None: not set."""

    name: str
    path: Path | None
    is_there: bool
    files: int


class Locations:
    """The places of files and folders, as this machine's settings see them."""

    def __init__(
        self,
        database: Database,
        roots: Sequence[StorageRoot],
        *,
        moved: Callable[[], None] | None = None,
    ) -> None:
        self._database = database
        self._roots = roots
        # told that something lies in another place now
        self._moved = moved

    # ------------------------------------------------------------------- kept
    def note(
        self, notes: Iterable[PlaceNote], *, within: Connection | None = None
    ) -> None:
        """Keep what lies where; ``within`` is a transaction that keeps more with it."""
        rows = [self._row(one) for one in dict.fromkeys(notes)]
        if not rows:
            return
        if within is not None:
            _keep(within, rows)
        else:
            with self._database.transaction() as connection:
                _keep(connection, rows)
        self._tell()

    def note_folder(self, record: str, folder: Path) -> None:
        """Keep where the folder of a record lies now; it lies in one place."""
        row = self._row(PlaceNote(folder, record))
        with self._database.transaction() as connection:
            connection.execute(LOCATION.delete().where(LOCATION.c.key == record))
            _keep(connection, [row])
        self._tell()

    def _tell(self) -> None:
        if self._moved is not None:
            self._moved()

    def _row(self, note: PlaceNote) -> dict[str, str]:
        root, path = places_of_path(note.path, self._roots)[0]
        return {"root": root, "path": path, "key": note.key, "record": note.record}

    def settle(self) -> None:
        """Name places by the root that holds them: roots may be new in the settings.

        From then on a root can move. Nothing is written where nothing is to be done.
        """
        for root in sorted(self._roots, key=lambda one: -len(one.path.parts)):
            for other, start in places_of_path(root.path / "-", self._roots)[1:]:
                self._rename(other, start[:-1], root.name)

    def _rename(self, root: str, start: str, new: str) -> None:
        """Give what lies in a root below a folder (ending with /) to another root."""
        end = f"{start[:-1]}{chr(ord(start[-1]) + 1)}"
        inside = and_(
            LOCATION.c.root == root, LOCATION.c.path >= start, LOCATION.c.path < end
        )
        with self._database.reading() as connection:
            if connection.execute(select(LOCATION.c.key).where(inside)).first() is None:
                return
        with self._database.transaction() as connection:
            rows = connection.execute(select(LOCATION).where(inside)).mappings().all()
            connection.execute(LOCATION.delete().where(inside))
            renamed = [
                {**row, "root": new, "path": row["path"].removeprefix(start)}
                for row in rows
            ]
            _replace(connection, renamed)
        self._tell()

    # ------------------------------------------------------------------- asked
    def find(self, files: Iterable[tuple[str, str | None]]) -> dict[str, Place]:
        """Return where the files or folders with these keys lie, unknown ones too.

        With each key goes the size in bytes, None where it is not known: of several
        places, one with a file of this size comes first.
        """
        wanted = dict(files)
        absent = {one.name for one in self._roots if not one.is_there}
        places: dict[str, list[tuple[str, Path | None]]] = {key: [] for key in wanted}
        for row in self._of_keys(list(wanted)):
            lies = path_in(row.root, row.path, self._roots)
            places[row.key].append((row.root, lies))
        return {
            key: _place(places[key], absent, size=size) for key, size in wanted.items()
        }

    def find_one(self, key: str, byte_size: str | None = None) -> Place:
        """Return where one file or folder lies."""
        return self.find([(key, byte_size)])[key]

    def last_noted(self, keys: Sequence[str]) -> dict[str, Path]:
        """Return where files were seen last; nobody looks whether they are there."""
        found: dict[str, Path] = {}
        for row in self._of_keys(keys):
            path = path_in(row.root, row.path, self._roots)
            if path is not None:
                found.setdefault(row.key, path)
        return found

    def paths_of(self, key: str) -> list[Path]:
        """Return all places of one file that the settings can name, best first."""
        rows = self._of_keys([key])
        paths = (path_in(row.root, row.path, self._roots) for row in rows)
        return [path for path in paths if path is not None]

    def noted_at(self, paths: Sequence[Path]) -> dict[Path, list[PlaceNote]]:
        """Return what was seen last in each of these places; nothing for new ones."""
        ways: dict[str, dict[str, Path]] = {}
        for path in paths:
            for root, below in places_of_path(path, self._roots):
                ways.setdefault(root, {})[below] = path
        found: dict[Path, list[PlaceNote]] = {}
        with self._database.reading() as connection:
            for root, paths_of in ways.items():
                for page in _pages(paths_of):
                    query = select(LOCATION).where(
                        LOCATION.c.root == root,
                        LOCATION.c.path.in_(page),
                        LOCATION.c.is_past.is_(False),
                    )
                    for row in connection.execute(query.order_by(LOCATION.c.key)):
                        path = paths_of[row.path]
                        note = PlaceNote(path, row.key, row.record)
                        found.setdefault(path, []).append(note)
        return found

    def records_with(self, keys: Sequence[str]) -> dict[str, list[str]]:
        """Return by key the file sets that a file with this content belongs to."""
        found: dict[str, dict[str, None]] = {}
        for row in self._of_keys(keys):
            if row.record:
                found.setdefault(row.key, {})[row.record] = None
        return {key: list(records) for key, records in found.items()}

    def uses(self) -> list[RootUse]:
        """Return every storage root by name, the unnamed one last, with its files."""
        count = func.count(func.distinct(LOCATION.c.path))
        query = select(LOCATION.c.root, count).where(LOCATION.c.is_past.is_(False))
        with self._database.reading() as connection:
            rows = connection.execute(query.group_by(LOCATION.c.root))
            counts = {name: int(files) for name, files in rows}
        known = {one.name: one for one in self._roots}
        names = [*sorted({*known, *counts} - {UNNAMED}), UNNAMED]
        return [
            RootUse(
                name=name,
                path=known[name].path if name in known else None,
                is_there=name == UNNAMED or (name in known and known[name].is_there),
                files=counts.get(name, 0),
            )
            for name in names
        ]

    def _of_keys(self, keys: Sequence[str]) -> Iterator[_Row]:
        with self._database.reading() as connection:
            for page in _pages(keys):
                query = select(
                    LOCATION.c.key, LOCATION.c.root, LOCATION.c.path, LOCATION.c.record
                ).where(LOCATION.c.key.in_(page))
                order = (LOCATION.c.is_past, LOCATION.c.noted.desc(), LOCATION.c.path)
                for row in connection.execute(query.order_by(*order)):
                    yield _Row(*row)


class _Row(NamedTuple):
    key: str
    root: str
    path: str
    record: str


def _place(
    places: Sequence[tuple[str, Path | None]], absent: set[str], *, size: str | None
) -> Place:
    """Return the place in use: one that is there, of the right size if there is one."""
    known = [path for _root, path in places if path is not None]
    there = [path for path in known if path.exists()]
    for path in there:
        if size is None or path.is_dir() or str(path.stat().st_size) == size:
            return Place(path, is_there=True)
    if there:
        return Place(there[0], is_there=True)
    gone = (root for root, path in places if root in absent or path is None)
    return Place(next(iter(known), None), absent_root=next(gone, ""))


_HERE = and_(LOCATION.c.root == bindparam("at"), LOCATION.c.path == bindparam("below"))
_THIS = and_(_HERE, LOCATION.c.key == bindparam("what"))


def _keep(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Keep rows; what was seen in their places before is past."""
    connection.execute(update(LOCATION).where(_HERE), _names(rows, is_past=True))
    _replace(connection, [{**row, "noted": isoformat(now())} for row in rows])


def _replace(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    connection.execute(LOCATION.delete().where(_THIS), _names(rows))
    connection.execute(insert(LOCATION), rows)


def _names(rows: Sequence[dict[str, Any]], **values: bool) -> list[dict[str, Any]]:
    """Return what the conditions above are asked with."""
    return [
        {"at": row["root"], "below": row["path"], "what": row["key"], **values}
        for row in rows
    ]


def _pages(values: Iterable[str]) -> Iterator[list[str]]:
    left = iter(values)
    while page := list(itertools.islice(left, _AT_ONCE)):
        yield page
