"""A batch: a run of changes, what it does to the stores, and writing that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from fair_imagic.catalogue.delta import Delta
from fair_imagic.catalogue.public import PublicPlan, plan_public, visible
from fair_imagic.catalogue.reach import ReachPlan, plan_reach
from fair_imagic.catalogue.reach import write as write_reach
from fair_imagic.catalogue.reading import PAGE, Reader
from fair_imagic.catalogue.tables import CHANGE, CHECKPOINT, PUBLIC_RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from fair_imagic.catalogue.index import Index
    from fair_imagic.catalogue.line import Line
    from fair_imagic.catalogue.state import RecordState

__all__ = ["Batch", "read", "write_internal", "write_public", "write_tables"]

# A record that was changed this often gets a checkpoint; a person gets none, as it
# would hold what lies in sheets.
_REPLAYED_AT_MOST = 16


@dataclass(frozen=True)
class Batch:
    """The changes after ``since`` up to ``upto``, and what they do to the stores."""

    since: int
    upto: int
    after: dict[int, RecordState]
    delta: Delta
    public: PublicPlan
    reach: ReachPlan


def read(connection: Connection, since: int, upto: int) -> Batch:
    """Return what the changes after one id up to another do."""
    statement = select(CHANGE.c.record_id).distinct()
    statement = statement.where(CHANGE.c.id > since, CHANGE.c.id <= upto)
    touched = list(connection.execute(statement).scalars())
    reader = Reader(connection, upto=upto, since=since)
    after: dict[int, RecordState] = {}
    for start in range(0, len(touched), PAGE):
        after |= reader.states(touched[start : start + PAGE])
    delta = Delta()
    # made once: of a record with several sources, lines are put together each time
    lines = {record_id: state.lines() for record_id, state in after.items()}
    for record_id, now in lines.items():
        delta.record(reader.before[record_id], now)
    plan = plan_public(connection, reader.before, lines, upto=upto)
    names = {record_id: state.iri for record_id, state in after.items()}
    reach = plan_reach(connection, names, reader, lines)
    return Batch(since, upto, after, delta, plan, reach)


def write_internal(index: Index, batch: Batch) -> None:
    """Apply a batch to the internal store, in one transaction."""
    _write(index, batch.delta, batch.upto)
    index.flush()


def write_public(index: Index, batch: Batch, connection: Connection) -> None:
    """Apply a batch to the public store, in pages; doing it again does no harm."""
    before = Reader(connection, upto=batch.since)
    for lines in _visible_pages(before, batch.public.gone):
        index.replace(lines, (), marker=batch.since)
    after = Reader(connection, upto=batch.upto)
    for lines in _visible_pages(after, batch.public.came):
        index.add(lines, marker=batch.since)
    _write(index, batch.public.delta, batch.upto)
    index.flush()


def _write(index: Index, delta: Delta, marker: int) -> None:
    if delta.removed:
        index.replace(delta.removed, delta.added, marker=marker)
    else:
        index.add(delta.added, marker=marker)


def _visible_pages(reader: Reader, record_ids: list[int]) -> Iterator[list[Line]]:
    for start in range(0, len(record_ids), PAGE):
        states = reader.states(record_ids[start : start + PAGE])
        yield [line for s in states.values() for line in visible(s.lines())]


def write_tables(connection: Connection, batch: Batch) -> None:
    """Keep what the batch means for the tables that serve the projection."""
    for root, members in batch.public.members.items():
        old = PUBLIC_RECORD.c.root_id == root
        connection.execute(delete(PUBLIC_RECORD).where(old))
        rows = [{"root_id": root, "record_id": member} for member in sorted(members)]
        if rows:
            connection.execute(insert(PUBLIC_RECORD), rows)
    write_reach(connection, batch.reach)
    for record_id, state in batch.after.items():
        if state.replayed > _REPLAYED_AT_MOST and not state.has_sheet:
            _write_checkpoint(connection, record_id, state)


def _write_checkpoint(
    connection: Connection, record_id: int, state: RecordState
) -> None:
    old = CHECKPOINT.c.record_id == record_id
    connection.execute(delete(CHECKPOINT).where(old))
    row = {
        "record_id": record_id,
        "change_id": state.change_id,
        "state": state.packed(),
    }
    connection.execute(insert(CHECKPOINT), row)
