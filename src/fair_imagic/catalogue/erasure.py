"""Erasure: what is said of a person is destroyed, and what was done stays.

Rows of sheets and the key go; journal, snapshots and their hashes stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from fair_imagic.catalogue import actors, position
from fair_imagic.catalogue.change import ChangeText
from fair_imagic.catalogue.tables import (
    ALIAS,
    CHANGE,
    CHECKPOINT,
    ERASURE,
    PERSON_KEY,
    PUBLIC_RECORD,
    RECORD,
    SHEET,
    SNAPSHOT,
    SNAPSHOT_SHEET,
)
from fair_imagic.clock import isoformat, now
from fair_imagic.model import sheet

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database

__all__ = [
    "Erasure",
    "destroy",
    "erasures",
    "is_public",
    "is_sealed",
    "whole_snapshots",
]

# All rows that tell who a person is, or help to find it out.
_TELLING = (SHEET, SNAPSHOT_SHEET, PERSON_KEY, CHECKPOINT, ALIAS)


@dataclass(frozen=True)
class Erasure:
    """When a person was erased, why, and by whom."""

    record: str
    time: str
    reason: str
    author: str


def destroy(
    connection: Connection, record_iri: str, *, reason: str, author: str
) -> None:
    """Destroy what is said of a person, in the transaction of the caller.

    From then on the stores count as wrong: stopped before they are made anew, they are
    at the next opening.
    """
    of_record = select(RECORD.c.id).where(RECORD.c.iri == record_iri)
    record_id = connection.execute(of_record).scalar_one()
    for table in _TELLING:
        connection.execute(delete(table).where(table.c.record_id == record_id))
    known = select(ERASURE.c.record_id).where(ERASURE.c.record_id == record_id)
    if connection.execute(known).first() is None:
        row = {
            "record_id": record_id,
            "time": isoformat(now()),
            "reason": reason,
            "author": actors.id_of(connection, author),
        }
        connection.execute(insert(ERASURE), row)
    position.nowhere(connection)


def erasures(database: Database) -> dict[str, Erasure]:
    """Return the people who were erased, by record."""
    statement = select(RECORD.c.iri, ERASURE).join(
        ERASURE, ERASURE.c.record_id == RECORD.c.id
    )
    with database.reading() as connection:
        names = actors.names(connection)
        return {
            row.iri: Erasure(
                row.iri, row.time, row.reason, actors.name_in(names, row.author)
            )
            for row in connection.execute(statement.order_by(ERASURE.c.time))
        }


def is_sealed(connection: Connection, record_iri: str) -> bool:
    """Return whether the journal's own text says nothing of a person.

    An older program kept names there: the folder is then to be written anew.
    """
    statement = (
        select(CHANGE.c.text)
        .join(RECORD, RECORD.c.id == CHANGE.c.record_id)
        .where(RECORD.c.iri == record_iri)
    )
    return not any(
        any(map(sheet.is_of_sheet, (*change.added, *change.removed)))
        for change in map(ChangeText.unpacked, connection.execute(statement).scalars())
    )


def is_public(connection: Connection, record_iri: str) -> bool:
    """Return whether something that is published leads to a person."""
    statement = (
        select(PUBLIC_RECORD.c.root_id)
        .join(RECORD, RECORD.c.id == PUBLIC_RECORD.c.record_id)
        .where(RECORD.c.iri == record_iri)
    )
    return connection.execute(statement.limit(1)).first() is not None


def whole_snapshots(connection: Connection) -> list[str]:
    """Return the snapshots that are kept whole, by hash."""
    statement = select(SNAPSHOT.c.hash).where(SNAPSHOT.c.kept.is_not(None))
    return list(connection.execute(statement.order_by(SNAPSHOT.c.taken_at)).scalars())
