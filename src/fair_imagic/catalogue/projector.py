"""The projector: the only writer of the RDF stores, one process at a time."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from fair_imagic.catalogue import batch as batches
from fair_imagic.catalogue import position, reach, rebuild, stores
from fair_imagic.errors import ConflictError
from fair_imagic.files import FileLock
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.catalogue.batch import Batch
    from fair_imagic.catalogue.database import Database
    from fair_imagic.catalogue.stores import Stores

    Progress = Callable[[int, int], None]

__all__ = ["Projector", "lock_of"]

_POLL_S = 0.02


def lock_of(folder: Path) -> Path:
    """Return the lock that who writes to the stores in a folder holds."""
    return folder / "projector.lock"


class Projector:
    """Brings the stores up to the journal. Any process may have one."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.lock_path = lock_of(folder)

    def change_id(self) -> int:
        """Return the id of the last change that the stores hold."""
        with self.database.reading() as connection:
            return position.read(connection).change_id

    def number(self) -> int:
        """Return the number of the last change set that the stores hold whole."""
        with self.database.reading() as connection:
            return position.read(connection).number

    def wait(self, number: int, *, timeout_s: float = 600) -> None:
        """Return when the stores hold a change set; project it where nobody does.

        Raises :class:`~fair_imagic.errors.ConflictError` when that takes too long, and
        at once in a transaction of this thread: it would wait for itself.
        """
        deadline = time.monotonic() + timeout_s
        while self.number() < number:
            if self.database.in_transaction:
                raise ConflictError(
                    _("The catalogue's index cannot follow in the middle of a change")
                )
            if self.catch_up():
                continue
            if time.monotonic() > deadline:
                raise ConflictError(
                    _("The catalogue's index is held by another process for too long"),
                    where=str(self.lock_path),
                    hint=_("The change itself is kept. Stop the other process."),
                )
            time.sleep(_POLL_S)

    def catch_up(
        self, progress: Progress | None = None, *, look_inside: bool = False
    ) -> bool:
        """Apply all that the journal holds; False where another process does so now.

        ``progress`` is called with changes applied and changes in all. Stores that are
        up to date are opened only to ``look_inside``, and made anew if damaged.
        """
        if not look_inside and self._is_current():
            return True
        lock = FileLock(self.lock_path, wait=False)
        if not lock.acquire():
            return False
        try:
            stores.repair(self.folder)
            if not self._apply_all(progress, look_inside=look_inside):
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
        with FileLock(self.lock_path):
            stores.repair(self.folder)
            rebuild.rebuild(self.database, self.folder, progress=progress)
            self._apply_all(None)

    def _is_current(self) -> bool:
        with self.database.reading() as connection:
            now = position.read(connection)
            nothing_left = position.next_target(connection, now) is None
            whole = now.number == position.number_at(connection, now.change_id)
            settled = not reach.is_due(connection)
        return nothing_left and whole and settled and stores.exist(self.folder)

    def _apply_all(
        self, progress: Progress | None, *, look_inside: bool = False
    ) -> bool:
        """Apply batches until none is left; False where a store must be rebuilt.

        That is where one is missing, damaged, or not where the journal says it is.
        """
        with self.database.reading() as connection:
            now = position.read(connection)
        if not stores.exist(self.folder):
            # made under another name first: whoever is killed meanwhile leaves none
            return False
        with contextlib.closing(stores.Stores(self.folder)) as opened:
            # the public store is looked at when a batch concerns it
            public = (now.public_id, now.change_id) if look_inside else None
            if not opened.are_at(
                internal=(now.change_id, now.target_id), public=public
            ):
                return False
            while (applied := self._apply_next(opened, progress)) is not None:
                if not applied:
                    return False
        self._note_empty_change_sets()
        reach.settle(self.database, self.change_id())
        return True

    def _note_empty_change_sets(self) -> None:
        """Count change sets without any change as applied too."""
        with self.database.reading() as connection:
            now = position.read(connection)
            number = position.number_at(connection, now.change_id)
        if number != now.number:
            with self.database.transaction() as connection:
                position.move(connection, number=number)

    def _apply_next(self, opened: Stores, progress: Progress | None) -> bool | None:
        """Apply the next batch: None where there is none, False for a wrong store."""
        with self.database.reading() as connection:
            now = position.read(connection)
            target = position.next_target(connection, now)
            if target is None:
                return None
            with self.database.transaction() as writing:
                position.move(writing, target_id=target)
            batch = batches.read(connection, now.change_id, target)
            if batch.public.is_empty:
                public_id = now.public_id
            elif opened.are_at(public=(now.public_id, now.change_id, target)):
                batches.write_public(opened.public, batch, connection)
                public_id = target
            else:
                return False
            batches.write_internal(opened.internal, batch)
            number = position.number_at(connection, target)
            last = position.last_change(connection)
        self._note_done(batch, number=number, public_id=public_id)
        if progress is not None:
            progress(target, last)
        return True

    def _note_done(self, batch: Batch, *, number: int, public_id: int) -> None:
        with self.database.transaction() as connection:
            batches.write_tables(connection, batch)
            position.move(
                connection, change_id=batch.upto, number=number, public_id=public_id
            )
