"""Where files and folders lie on this machine.

Kept in the database, never in RDF: a path may name a person, and it is true on one
machine only. A file's key is its SHA-256, a software folder's the IRI of its record.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from fair_imagic.catalogue.tables import LOCATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fair_imagic.catalogue.database import Database

__all__ = ["locate", "located", "remember"]

_AT_ONCE = 500  # SQLite takes no more than some thousand values in one query


def remember(database: Database, found: Iterable[tuple[str, Path]]) -> None:
    """Note where (key, path) pairs lie; the latest place counts."""
    rows = [{"key": key, "path": str(path)} for key, path in dict(found).items()]
    with database.transaction() as connection:
        for row in rows:
            known = LOCATION.c.key == row["key"]
            connection.execute(LOCATION.delete().where(known))
        if rows:
            connection.execute(LOCATION.insert(), rows)


def located(database: Database, keys: Sequence[str]) -> dict[str, Path]:
    """Return where the files or folders with these keys lie; unknown ones left out."""
    found: dict[str, Path] = {}
    with database.reading() as connection:
        for start in range(0, len(keys), _AT_ONCE):
            wanted = LOCATION.c.key.in_(keys[start : start + _AT_ONCE])
            query = select(LOCATION.c.key, LOCATION.c.path).where(wanted)
            found |= {key: Path(path) for key, path in connection.execute(query)}
    return found


def locate(database: Database, key: str) -> Path | None:
    """Return where the file or folder with this key lies, or None if nobody knows."""
    with database.reading() as connection:
        query = select(LOCATION.c.path).where(LOCATION.c.key == key)
        row = connection.execute(query).first()
    return None if row is None else Path(row[0])
