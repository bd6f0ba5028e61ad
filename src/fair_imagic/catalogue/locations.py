"""Where the files of a file set lie on this machine.

Kept in the database, never in RDF: a path may name a person, and it is true on one
machine only.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, String, Table, Text, select

from fair_imagic.catalogue.database import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.catalogue.database import Database

__all__ = ["locate", "remember"]

_LOCATION = Table(
    "file_location",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("path", Text, nullable=False),
    Column("byte_size", BigInteger, nullable=False),
)


def remember(database: Database, found: Iterable[tuple[str, Path]]) -> None:
    """Note where files lie, by their SHA-256; the latest place counts."""
    rows = [
        {"sha256": sha256, "path": str(path), "byte_size": path.stat().st_size}
        for sha256, path in found
    ]
    with database.transaction() as connection:
        for row in rows:
            known = _LOCATION.c.sha256 == row["sha256"]
            connection.execute(_LOCATION.delete().where(known))
        if rows:
            connection.execute(_LOCATION.insert(), rows)


def locate(database: Database, sha256: str) -> Path | None:
    """Return where the file with this content lies, or None where nobody knows."""
    with database.engine.connect() as connection:
        query = select(_LOCATION.c.path).where(_LOCATION.c.sha256 == sha256)
        row = connection.execute(query).first()
    return None if row is None else Path(row[0])
