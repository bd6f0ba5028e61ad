"""The projector: the only writer of the RDF stores, one process at a time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from fair_imagic.catalogue import rebuild, stores
from fair_imagic.catalogue.delta import Delta
from fair_imagic.catalogue.public import PublicPlan, plan_public, visible
from fair_imagic.catalogue.reading import PAGE, Reader
from fair_imagic.catalogue.tables import (
    CHANGE,
    CHANGE_SET,
    CHECKPOINT,
    PROJECTION,
    PUBLIC_RECORD,
)
from fair_imagic.errors import ConflictError
from fair_imagic.files import FileLock
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database
    from fair_imagic.catalogue.index import Index
    from fair_imagic.catalogue.state import RecordState

    Progress = Callable[[int, int], None]

__all__ = ["Projector", "begin_projection"]

_POLL_S = 0.02
# A record that was changed this often gets a checkpoint.
_REPLAYED_AT_MOST = 16


@dataclass(frozen=True)
class _Position:
    """How far the stores have come, and how far the batch goes that was begun."""

    change_id: int
    number: int
    target_id: int


class Projector:
    """Brings the stores up to the journal. Any process may have one."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder

    def position(self) -> tuple[int, int]:
        """Return the last change id and change set number that the stores hold."""
        with self.database.reading() as connection:
            found = _position(connection)
        return (found.change_id, found.number)

    def wait(self, number: int, *, timeout_s: float = 600) -> None:
        """Return when the stores hold a change set; project it where nobody does.

        Raises :class:`~fair_imagic.errors.ConflictError` when that takes too long.
        """
        deadline = time.monotonic() + timeout_s
        while self.position()[1] < number:
            if self.catch_up():
                continue
            if time.monotonic() > deadline:
                raise ConflictError(
                    _("The catalogue's index is held by another process for too long"),
                    where=str(self._lock_path),
                    hint=_("The change itself is kept. Stop the other process."),
                )
            time.sleep(_POLL_S)

    def catch_up(self, progress: Progress | None = None) -> bool:
        """Apply all that the journal holds; False where another process does so now.

        ``progress`` is called with changes applied and changes in all.
        """
        if self._is_current():
            return True
        lock = FileLock(self._lock_path, wait=False)
        if not lock.acquire():
            return False
        try:
            stores.repair(self.folder)
            if not self._apply_all(progress):
                rebuild.rebuild(self.database, self.folder)
                self._apply_all(progress)
        finally:
            lock.release()
        return True

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make the stores anew from the journal alone, then swap them in.

        ``progress`` is called with records done and records in all. Whatever happens
        on the way, the old stores stay in place until the new ones are complete.
        """
        with FileLock(self._lock_path):
            stores.repair(self.folder)
            rebuild.rebuild(self.database, self.folder, progress=progress)
            self._apply_all(None)

    @property
    def _lock_path(self) -> Path:
        return self.folder / "projector.lock"

    def _is_current(self) -> bool:
        with self.database.reading() as connection:
            position = _position(connection)
            nothing_left = _target(connection, position) is None
            number = _number_at(connection, position.change_id)
        whole = nothing_left and number == position.number
        return whole and stores.exist(self.folder)

    def _apply_all(self, progress: Progress | None) -> bool:
        """Apply batches until none is left; False where a store must be rebuilt.

        That is where one is missing, damaged, or not where the journal says it is.
        """
        with self.database.reading() as connection:
            position = _position(connection)
        if position.target_id and not stores.exist(self.folder):
            return False
        try:
            with stores.open_both(self.folder) as (internal, public):
                expected = {position.change_id, position.target_id}
                if not expected.issuperset((internal.marker(), public.marker())):
                    return False
                while self._apply_batch(internal, public, progress):
                    pass
        except OSError:
            return False
        self._note_empty_change_sets()
        return True

    def _note_empty_change_sets(self) -> None:
        """Count change sets without any change as applied too."""
        with self.database.reading() as connection:
            position = _position(connection)
            number = _number_at(connection, position.change_id)
        if number != position.number:
            with self.database.transaction() as connection:
                connection.execute(update(PROJECTION).values(number=number))

    def _apply_batch(
        self, internal: Index, public: Index, progress: Progress | None
    ) -> bool:
        with self.database.reading() as connection:
            position = _position(connection)
            target = _target(connection, position)
            if target is None:
                return False
            self._note_target(target)
            batch = _Batch.read(connection, position.change_id, target)
            _write(internal, batch.delta, target)
            _write_public(public, batch.public, connection, position.change_id, target)
            number = _number_at(connection, target)
            last = connection.execute(select(func.max(CHANGE.c.id))).scalar()
        internal.flush()
        public.flush()
        with self.database.transaction() as connection:
            _keep_members(connection, batch.public)
            _keep_checkpoints(connection, batch.after)
            done = update(PROJECTION).values(change_id=target, number=number)
            connection.execute(done)
        if progress is not None:
            progress(target, int(last or target))
        return True

    def _note_target(self, target: int) -> None:
        with self.database.transaction() as connection:
            connection.execute(update(PROJECTION).values(target_id=target))


def begin_projection(database: Database) -> None:
    """Make the row that tells how far the stores have come, at first use."""
    with database.reading() as connection:
        if connection.execute(select(PROJECTION)).first() is not None:
            return
    with database.transaction() as connection:
        if connection.execute(select(PROJECTION)).first() is None:
            row = {"id": 1, "change_id": 0, "number": 0, "target_id": 0}
            connection.execute(insert(PROJECTION), row)


def _position(connection: Connection) -> _Position:
    row = connection.execute(select(PROJECTION)).one()
    return _Position(row.change_id, row.number, row.target_id)


def _target(connection: Connection, position: _Position) -> int | None:
    """Return the id of the last change of the next batch, None where all is done."""
    if position.target_id > position.change_id:
        return position.target_id
    page = (
        select(CHANGE.c.id)
        .where(CHANGE.c.id > position.change_id)
        .order_by(CHANGE.c.id)
        .limit(PAGE)
        .subquery()
    )
    return connection.execute(select(func.max(page.c.id))).scalar()


def _number_at(connection: Connection, change_id: int) -> int:
    """Return the highest change set of which all changes are applied."""
    following = select(func.min(CHANGE.c.number)).where(CHANGE.c.id > change_id)
    pending = connection.execute(following).scalar()
    if pending is not None:
        return int(pending) - 1
    highest = connection.execute(select(func.max(CHANGE_SET.c.number))).scalar()
    return int(highest or 0)


@dataclass(frozen=True)
class _Batch:
    """What a run of changes does to the stores."""

    after: dict[int, RecordState]
    delta: Delta
    public: PublicPlan

    @classmethod
    def read(cls, connection: Connection, since: int, upto: int) -> _Batch:
        statement = select(CHANGE.c.record_id).distinct()
        statement = statement.where(CHANGE.c.id > since, CHANGE.c.id <= upto)
        touched = list(connection.execute(statement).scalars())
        reader = Reader(connection, upto=upto, since=since)
        after: dict[int, RecordState] = {}
        for start in range(0, len(touched), PAGE):
            after |= reader.states(touched[start : start + PAGE])
        delta = Delta()
        for record_id, state in after.items():
            delta.record(reader.before[record_id], state.lines())
        return cls(
            after, delta, plan_public(connection, reader.before, after, upto=upto)
        )


def _write(index: Index, delta: Delta, marker: int) -> None:
    if delta.removed:
        index.replace(delta.removed, delta.added, marker=marker)
    else:
        index.add(delta.added, marker=marker)


def _write_public(
    index: Index, plan: PublicPlan, connection: Connection, since: int, upto: int
) -> None:
    for lines in _visible_pages(Reader(connection, upto=since), plan.gone):
        index.replace(lines, (), marker=since)
    for lines in _visible_pages(Reader(connection, upto=upto), plan.came):
        index.add(lines, marker=since)
    _write(index, plan.delta, upto)


def _visible_pages(reader: Reader, record_ids: list[int]) -> Iterator[list[str]]:
    for start in range(0, len(record_ids), PAGE):
        states = reader.states(record_ids[start : start + PAGE])
        yield [line for s in states.values() for line in visible(s.lines())]


def _keep_members(connection: Connection, plan: PublicPlan) -> None:
    for root, members in plan.members.items():
        connection.execute(delete(PUBLIC_RECORD).where(PUBLIC_RECORD.c.root_id == root))
        rows = [{"root_id": root, "record_id": member} for member in sorted(members)]
        if rows:
            connection.execute(insert(PUBLIC_RECORD), rows)


def _keep_checkpoints(connection: Connection, states: dict[int, RecordState]) -> None:
    for record_id, state in states.items():
        if state.replayed > _REPLAYED_AT_MOST:
            old = CHECKPOINT.c.record_id == record_id
            connection.execute(delete(CHECKPOINT).where(old))
            row = {"record_id": record_id, "change_id": state.change_id}
            connection.execute(insert(CHECKPOINT), row | {"state": state.packed()})
