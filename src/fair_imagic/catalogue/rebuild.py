"""Rebuild: the stores and other indexes, made anew from the journal alone."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, insert, select, update

from fair_imagic.catalogue import position, reach, stores
from fair_imagic.catalogue.journal import class_of
from fair_imagic.catalogue.public import PUBLICATION_CLASS, public_reach, visible
from fair_imagic.catalogue.reading import PAGE, Reader
from fair_imagic.catalogue.tables import CHECKPOINT, PUBLIC_RECORD, RECORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database
    from fair_imagic.catalogue.index import Index
    from fair_imagic.catalogue.line import Line

    Progress = Callable[[int, int], None]

__all__ = ["rebuild"]

# Lines that are loaded at a time: more is not faster, and takes memory.
_LOADED_AT_ONCE = 25_000


def rebuild(
    database: Database, folder: Path, *, progress: Progress | None = None
) -> None:
    """Build new stores beside the old ones, swap them in, and say how far they come.

    The caller holds the projector's lock.
    """
    classes: dict[int, str | None] = {}
    with database.reading() as connection:
        upto = position.last_change(connection)
        number = position.number_at(connection, upto)
        with contextlib.closing(stores.Stores(folder, new=True)) as new:
            _load(new.internal, _internal_lines(connection, classes, progress))
            new.internal.add((), marker=upto)
            members = _members(connection, classes)
            _load(new.public, _public_lines(connection, members))
            new.public.add((), marker=upto)
    stores.swap(folder)
    with database.transaction() as connection:
        _keep_indexes(connection, members, classes)
        position.move(
            connection, change_id=upto, number=number, target_id=upto, public_id=upto
        )


def _load(index: Index, records: Iterable[list[Line]]) -> None:
    chunk: list[Line] = []
    for lines in records:
        chunk.extend(lines)
        if len(chunk) >= _LOADED_AT_ONCE:
            index.bulk_add(chunk)
            chunk.clear()
    if chunk:
        index.bulk_add(chunk)


def _internal_lines(
    connection: Connection, classes: dict[int, str | None], progress: Progress | None
) -> Iterator[list[Line]]:
    """Yield the effective lines of each record; note classes kept wrongly."""
    total = connection.execute(select(func.count()).select_from(RECORD)).scalar() or 0
    done = 0
    for page in Reader(connection, checkpoints=False).pages():
        kept = _kept_classes(connection, list(page))
        for record_id, state in page.items():
            lines = state.lines()
            yield lines
            found = class_of(state.iri, lines)
            if found != kept[record_id]:
                classes[record_id] = found
        done += len(page)
        if progress is not None:
            progress(done, total)


def _kept_classes(
    connection: Connection, record_ids: list[int]
) -> dict[int, str | None]:
    statement = select(RECORD.c.id, RECORD.c.class_iri)
    rows = connection.execute(statement.where(RECORD.c.id.in_(record_ids)))
    return {row.id: row.class_iri for row in rows}


def _members(
    connection: Connection, classes: dict[int, str | None]
) -> dict[int, set[int]]:
    """Return what each publication makes public."""
    statement = select(RECORD.c.id).where(RECORD.c.class_iri == PUBLICATION_CLASS)
    roots = set(connection.execute(statement).scalars())
    roots |= {key for key, found in classes.items() if found == PUBLICATION_CLASS}
    reader = Reader(connection, checkpoints=False)
    return {root: public_reach(reader, root) for root in sorted(roots)}


def _public_lines(
    connection: Connection, members: dict[int, set[int]]
) -> Iterator[list[Line]]:
    record_ids = sorted(set().union(*members.values()))
    reader = Reader(connection, checkpoints=False)
    for start in range(0, len(record_ids), PAGE):
        for state in reader.states(record_ids[start : start + PAGE]).values():
            yield visible(state.lines())


def _keep_indexes(
    connection: Connection,
    members: dict[int, set[int]],
    classes: dict[int, str | None],
) -> None:
    connection.execute(delete(CHECKPOINT))
    connection.execute(delete(PUBLIC_RECORD))
    rows = [
        {"root_id": root, "record_id": member}
        for root, reached in members.items()
        for member in sorted(reached)
    ]
    if rows:
        connection.execute(insert(PUBLIC_RECORD), rows)
    wrong = [{"key": key, "class": found} for key, found in classes.items()]
    if wrong:
        statement = update(RECORD).where(RECORD.c.id == bindparam("key"))
        connection.execute(statement.values(class_iri=bindparam("class")), wrong)
    reach.begin_anew(connection)
