"""A data folder written anew, so that what it holds of people can be destroyed.

The old folder is only read. The new one is made beside its place and moved there when
it is whole and says the same: stopped half-way, there is none.
"""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from fair_imagic.catalogue import access, position, renaming, snapshots
from fair_imagic.catalogue.catalogue import open_catalogue
from fair_imagic.catalogue.compaction import held_whole
from fair_imagic.catalogue.database import database_url, open_database
from fair_imagic.catalogue.disk import give_back
from fair_imagic.catalogue.tables import SNAPSHOT
from fair_imagic.errors import ConfigurationError, ConflictError
from fair_imagic.i18n import _
from fair_imagic.model import Person, views

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Row

    from fair_imagic.catalogue.database import Database
    from fair_imagic.catalogue.renaming import Progress
    from fair_imagic.config import Settings

__all__ = ["Anew", "KeptName", "write_anew"]

_JOURNAL = "journal.sqlite"
_PATIENCE_S = 5.0
# What is made again, and what belongs to processes of the old folder.
_LEFT_OUT = shutil.ignore_patterns(f"{_JOURNAL}*", "store", "locks", "*.lock", "cache")


@dataclass(frozen=True)
class KeptName:
    """A name that a snapshot of an older program holds, as it must stay as it is."""

    name: str
    root: str
    day: str


@dataclass(frozen=True)
class Anew:
    """What was written: how many people got another name, and which names stay."""

    people: int
    kept_names: tuple[KeptName, ...]


def write_anew(
    settings: Settings,
    folder: Path,
    *,
    dry_run: bool = False,
    tell: Callable[[str], None] | None = None,
    progress: Progress | None = None,
) -> Anew:
    """Write a data folder anew, as ``folder``, which must not be there.

    With ``dry_run``, and where it fails, nothing is left of it.
    Raises ConfigurationError where that cannot be, and ConflictError where somebody
    writes to the old folder, or the new one would not say the same.
    """
    target = folder.absolute()
    _refuse_unless_possible(settings, target)
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        with _held_still(settings.home / _JOURNAL):
            _copy(settings.home, unfinished)
            made = dataclasses.replace(settings, home=unfinished)
            done = _rewritten(made, tell, progress)
            if not dry_run:
                with open_catalogue(made) as catalogue:
                    catalogue.rebuild()
                unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return done


def _copy(home: Path, unfinished: Path) -> None:
    access.make_folder(unfinished)
    shutil.copytree(
        home, unfinished, symlinks=True, ignore=_LEFT_OUT, dirs_exist_ok=True
    )
    access.close_to_others(unfinished)
    access.make_file(unfinished / _JOURNAL)
    _copy_journal(home / _JOURNAL, unfinished / _JOURNAL)


def _refuse_unless_possible(settings: Settings, target: Path) -> None:
    if settings.journal_url:
        raise ConfigurationError(
            _("A catalogue on a database server cannot be written anew"),
            hint=_("Only a data folder with its own database can."),
        )
    if not (settings.home / _JOURNAL).exists():
        raise ConfigurationError(
            _("There is no catalogue in this data folder"), where=str(settings.home)
        )
    if target.exists() or target.is_relative_to(settings.home.absolute()):
        raise ConfigurationError(
            _("The new data folder must not be there yet, nor lie in the old one"),
            found=str(target),
        )
    if not target.parent.is_dir():
        raise ConfigurationError(
            _("The folder for the new data folder is missing"), found=str(target.parent)
        )


@contextlib.contextmanager
def _held_still(journal: Path) -> Iterator[None]:
    """Let nobody write to a journal meanwhile."""
    connection = sqlite3.connect(journal, isolation_level=None, timeout=_PATIENCE_S)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        connection.close()
        raise ConflictError(
            _("Another process is writing to the catalogue"),
            where=str(journal),
            found=str(error),
            hint=_("Stop all services, then do this again."),
        ) from error
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


def _copy_journal(old: Path, new: Path) -> None:
    source, target = sqlite3.connect(old), sqlite3.connect(new)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


def _rewritten(
    settings: Settings,
    tell: Callable[[str], None] | None,
    progress: Progress | None,
) -> Anew:
    database = open_database(database_url(settings), tell=tell)
    try:
        with database.reading() as connection:
            held = held_whole(connection)
            plan = renaming.planned(connection)
            before = renaming.contents(connection, plan)
        kept = tuple(dict.fromkeys(_kept_names(database, held)))
        _drop_others(database, held)
        unchanged = _unchanged(database, held)
        with database.transaction() as connection:
            renaming.rename(connection, plan, progress)
            if renaming.contents(connection, renaming.Renaming({})) != before:
                raise ConflictError(
                    _("The new data folder would not say the same as the old one"),
                    hint=_("Nothing was changed. Please tell the makers."),
                )
            _keep_fingerprints(connection, unchanged)
        give_back(database, always=True)
    finally:
        database.close()
    return Anew(len(plan.people), kept)


def _kept_names(database: Database, held: set[str]) -> Iterator[KeptName]:
    """Make snapshots whole that must stay as they are; yield the names they hold."""
    with database.reading() as connection:
        there = connection.execute(
            select(SNAPSHOT.c.hash)
            .where(SNAPSHOT.c.hash.in_(held))
            .order_by(SNAPSHOT.c.taken_at)
        ).scalars()
        hashes = there.all()
    for one in hashes:
        snapshot = snapshots.make_whole(database, one)
        if not snapshot.sheets:
            for person in views(Person, snapshot.graph):
                name = person.name or person.family_name or person.iri
                yield KeptName(name, snapshot.root, (snapshot.taken_at or "")[:10])


def _drop_others(database: Database, held: set[str]) -> None:
    with database.transaction() as connection:
        others = SNAPSHOT.c.hash.not_in(held)
        connection.execute(delete(SNAPSHOT).where(others))


def _unchanged(database: Database, held: set[str]) -> list[str]:
    """Return the snapshots whose root says the same now as it did then."""
    found = []
    for one in sorted(held):
        with database.reading() as connection:
            row = connection.execute(
                select(SNAPSHOT).where(SNAPSHOT.c.hash == one)
            ).first()
            now = _fingerprint_now(connection, row) if row is not None else None
        if now and snapshots.fingerprint_of(database, one, keep=True) == now:
            found.append(one)
    return found


def _keep_fingerprints(connection: Connection, unchanged: list[str]) -> None:
    """Let what had not changed count as unchanged under the new names too."""
    for one in unchanged:
        this = SNAPSHOT.c.hash == one
        row = connection.execute(select(SNAPSHOT).where(this)).one()
        now = _fingerprint_now(connection, row)
        connection.execute(update(SNAPSHOT).where(this).values(fingerprint=now))


def _fingerprint_now(
    connection: Connection, row: Row[tuple[object, ...]]
) -> str | None:
    last = position.last_change(connection)
    now = snapshots.again(connection, row.root, change_id=last, parts=row.parts)
    return None if now is None else now.fingerprint
