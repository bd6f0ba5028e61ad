"""Compaction: snapshots that need not stay whole become numbers of the journal.

Each is made again first and compared by its hash; one that the journal does not give is
dropped. Stopped half-way, the rest is done by the next run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, func, select, update

from fair_imagic.catalogue.change import ChangeText
from fair_imagic.catalogue.disk import give_back
from fair_imagic.catalogue.line import triple_of
from fair_imagic.catalogue.snapshots import NOT_WHOLE, again, load, parts_of
from fair_imagic.catalogue.tables import (
    CHANGE,
    CHANGE_SET,
    PUBLICATION,
    RECORD,
    SNAPSHOT,
)
from fair_imagic.rdf import iri, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Row

    from fair_imagic.catalogue.database import Database

    Progress = Callable[[int, int], None]

__all__ = ["Compaction", "compact", "held_whole"]

_PART = f" {iri('dcterms:isPartOf')} "
_SNAPSHOT, _OVERRIDE_OF = iri("fi:snapshotHash"), iri("fi:overrideOf")


@dataclass(frozen=True, kw_only=True)
class Compaction:
    """What a compaction did, or would do.

    ``numbered`` snapshots can be made again from the journal, ``dropped`` ones cannot,
    ``whole`` ones stay as they are. ``freed_bytes`` is what their texts took;
    ``given_back`` tells whether the disk has that space again.
    """

    numbered: int
    dropped: int
    whole: int
    freed_bytes: int
    given_back: bool


class _Number(NamedTuple):
    """From which change, and which parts, a snapshot can be made again."""

    change_id: int
    parts: bytes | None
    fingerprint: str


def compact(
    database: Database, *, dry_run: bool = False, progress: Progress | None = None
) -> Compaction:
    """Keep snapshots that are neither published nor decided upon as numbers.

    With ``dry_run`` nothing is written. ``progress`` is called with snapshots looked at
    and snapshots in all. Space of an earlier run that was stopped is
    given back too.
    """
    with database.reading() as connection:
        statement = select(SNAPSHOT.c.hash).where(SNAPSHOT.c.text != NOT_WHOLE)
        whole = connection.execute(statement).scalars().all()
        held = held_whole(connection)
    wanted = [one for one in whole if one not in held]
    numbered = freed_bytes = 0
    for done, snapshot_hash in enumerate(wanted, start=1):
        with database.reading() as connection:
            row = connection.execute(
                select(SNAPSHOT).where(SNAPSHOT.c.hash == snapshot_hash)
            ).one()
            number = _number_of(database, connection, row)
        if not dry_run:
            _shrink(database, snapshot_hash, number)
        numbered += number is not None
        freed_bytes += len(row.text)
        if progress is not None:
            progress(done, len(wanted))
    return Compaction(
        numbered=numbered,
        dropped=len(wanted) - numbered,
        whole=len(whole) - len(wanted),
        freed_bytes=freed_bytes,
        given_back=not dry_run and give_back(database),
    )


def _shrink(database: Database, snapshot_hash: str, number: _Number | None) -> None:
    # what was published or decided upon meanwhile is not touched
    this = (SNAPSHOT.c.hash == snapshot_hash) & SNAPSHOT.c.kept.is_(None)
    with database.transaction() as connection:
        if number is None:
            connection.execute(delete(SNAPSHOT).where(this))
        else:
            values = {"text": NOT_WHOLE, **number._asdict()}
            connection.execute(update(SNAPSHOT).where(this).values(**values))


# ------------------------------------------------------------- what has to stay whole
def held_whole(connection: Connection) -> set[str]:
    """Return the snapshots that were published or decided upon.

    Those of older programs do not say what was decided upon them: where there is a
    decision about a set, all of its older ones stay.
    """
    held = set(connection.execute(select(PUBLICATION.c.snapshot_hash)).scalars())
    marked = select(SNAPSHOT.c.hash).where(SNAPSHOT.c.kept.is_not(None))
    held.update(connection.execute(marked).scalars())
    held.update(_ever_said(connection, "publication", _SNAPSHOT))
    decided = set(_ever_said(connection, "override", _OVERRIDE_OF))
    older = select(SNAPSHOT.c.hash, SNAPSHOT.c.root).where(
        SNAPSHOT.c.change_id.is_(None)
    )
    held.update(row.hash for row in connection.execute(older) if row.root in decided)
    return held


def _ever_said(connection: Connection, kind: str, path: str) -> Iterator[str]:
    """Yield each value that a record of a kind ever had at a path.

    One that was taken back has no class any more: its IRI tells the kind.
    """
    statement = (
        select(CHANGE.c.text)
        .join(RECORD, RECORD.c.id == CHANGE.c.record_id)
        .where(RECORD.c.iri.contains(f"/{kind}/"))
    )
    for data in connection.execute(statement).scalars():
        for line in ChangeText.unpacked(data).added:
            triple = triple_of(line)
            if triple[1] == path:
                yield text_of(triple[2])


# --------------------------------------------------------------- what can be made again
def _number_of(
    database: Database, connection: Connection, row: Row[Any]
) -> _Number | None:
    """Return from what a snapshot can be made again; None where nothing gives it."""
    parts = row.parts
    if row.change_id is None:
        members = [
            begin[1:]
            for begin, text in load(database, row.hash).own_texts
            if f"{_PART}<{row.root}> ." in text
        ]
        parts = parts_of(connection, members)
    for change_id in _changes_at(connection, row):
        made = again(connection, row.root, change_id=change_id, parts=parts)
        if made is not None and made.hash == row.hash:
            return _Number(change_id, parts, made.fingerprint)
    return None


def _changes_at(connection: Connection, row: Row[Any]) -> Iterator[int]:
    """Yield the changes after which a snapshot may have been taken, the likely first.

    Time is kept in seconds: of a second with several change sets, each is tried.
    """
    if row.change_id is not None:
        yield row.change_id
        return
    last = (
        select(func.max(CHANGE.c.id))
        .join(CHANGE_SET, CHANGE_SET.c.number == CHANGE.c.number)
        .group_by(CHANGE.c.number)
        .order_by(CHANGE.c.number.desc())
    )
    within = last.where(CHANGE_SET.c.time == row.taken_at)
    yield from connection.execute(within).scalars().all()
    before = last.where(CHANGE_SET.c.time < row.taken_at).limit(1)
    yield from connection.execute(before).scalars().all()
