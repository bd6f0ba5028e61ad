"""Snapshots: taken from the journal's own text, stored once under their hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from fair_imagic.catalogue.compression import pack, unpack
from fair_imagic.catalogue.line import line_of, triple_of
from fair_imagic.catalogue.link import follow
from fair_imagic.catalogue.reading import Reader
from fair_imagic.catalogue.tables import SNAPSHOT
from fair_imagic.clock import isoformat, now
from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database
    from fair_imagic.catalogue.line import Line
    from fair_imagic.rdf import Triple

__all__ = ["load", "store", "take"]


def take(
    connection: Connection, root_iri: str, *, members: Iterable[str] = ()
) -> Snapshot:
    """Return the effective record of the root and all that it links to.

    ``members`` are records that name the root as what they are part of; they are
    taken as its own. Raises NotFoundError where there is no such record.
    """
    reader = Reader(connection)
    own: list[Triple] = []
    context: list[Triple] = []
    shared: dict[str, str] = {}
    for reached in follow(reader.effective_lines, [root_iri, *members]):
        into = context if reached.is_context else own
        into.extend(_shared(line, shared) for line in reached.lines)
    if not own:
        raise NotFoundError(_("There is no such record"), found=root_iri)
    taken_at = isoformat(now())
    return Snapshot.make(root_iri, own=own, context=context, taken_at=taken_at)


def _shared(line: Line, shared: dict[str, str]) -> Triple:
    """Return the statement, its terms shared with equal ones: half the memory."""
    subject, predicate, value = triple_of(line)
    return (
        shared.setdefault(subject, subject),
        shared.setdefault(predicate, predicate),
        shared.setdefault(value, value),
    )


def store(database: Database, snapshot: Snapshot) -> None:
    """Keep a snapshot under its hash, once."""
    known = select(SNAPSHOT.c.hash).where(SNAPSHOT.c.hash == snapshot.hash)
    with database.reading() as connection:
        if connection.execute(known).first() is not None:
            return
    row = {
        "hash": snapshot.hash,
        "root": snapshot.root,
        "taken_at": snapshot.taken_at or isoformat(now()),
        "text": _packed(snapshot),
    }
    with database.transaction() as connection:
        if connection.execute(known).first() is None:
            connection.execute(insert(SNAPSHOT), row)


def _packed(snapshot: Snapshot) -> bytes:
    parts = (snapshot.own, snapshot.context)
    return pack("\n\n".join("\n".join(map(line_of, part)) for part in parts))


def load(database: Database, snapshot_hash: str) -> Snapshot:
    """Return a stored snapshot.

    Raises :class:`~fair_imagic.errors.NotFoundError` where none has this hash.
    """
    statement = select(SNAPSHOT).where(SNAPSHOT.c.hash == snapshot_hash)
    with database.reading() as connection:
        row = connection.execute(statement).first()
    if row is None:
        raise NotFoundError(_("There is no such checked version"), found=snapshot_hash)
    own, context = (
        [triple_of(line) for line in part.split("\n") if line]
        for part in unpack(row.text).split("\n\n")
    )
    return Snapshot.make(row.root, own=own, context=context, taken_at=row.taken_at)
