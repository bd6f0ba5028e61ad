"""Snapshots: taken from the journal's own text, stored once under their hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from fair_imagic.catalogue.compression import pack_all, unpack
from fair_imagic.catalogue.link import follow
from fair_imagic.catalogue.reading import Reader
from fair_imagic.catalogue.tables import SNAPSHOT
from fair_imagic.clock import isoformat, now
from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import texts
from fair_imagic.model.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database

__all__ = ["load", "store", "take"]

# Large, and seldom read again.
_QUICK = 1


def take(
    connection: Connection, root_iri: str, *, members: Iterable[str] = ()
) -> Snapshot:
    """Return the effective record of the root and all that it links to.

    ``members`` are records that name the root as what they are part of; they are
    taken as its own. Raises NotFoundError where there is no such record.
    """
    own: dict[str, str] = {}
    context: dict[str, str] = {}
    read = Reader(connection).effective_texts
    for reached in follow(read, [root_iri, *members]):
        (context if reached.is_context else own)[reached.iri] = reached.text
    if not own:
        raise NotFoundError(_("There is no such record"), found=root_iri)
    taken_at = isoformat(now())
    return Snapshot.of_records(root_iri, own=own, context=context, taken_at=taken_at)


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
    own, context = (
        ("\n", *(text for _begin, text in part))
        for part in (snapshot.own_texts, snapshot.context_texts)
    )
    return pack_all((*own, *context), level=_QUICK)


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
        texts.of_lines(filter(None, part.split("\n")))
        for part in unpack(row.text).split("\n\n", 1)
    )
    return Snapshot(row.root, own, context, row.taken_at)
