"""Migration: tables of an older program become those of this one, or stay as is."""

from __future__ import annotations

import contextlib
import importlib
from typing import TYPE_CHECKING, NamedTuple

from fair_imagic.catalogue import access, revision
from fair_imagic.errors import ConfigurationError
from fair_imagic.files import FileLock
from fair_imagic.i18n import _
from fair_imagic.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database

    Tell = Callable[[str], None]

__all__ = ["Step", "prepare", "run_steps", "steps_after"]


class Step(NamedTuple):
    """One step from a revision of the tables to the next, and what it does."""

    revision: str
    title: str


def steps_after(since: str) -> list[Step]:
    """Return the steps that a database of this revision lacks, in their order."""
    names = sorted(path.stem for path in revision.STEPS.glob("r[0-9]*.py"))
    folder = "fair_imagic.catalogue.migrations.versions"
    return [
        Step(name[1:5], importlib.import_module(f"{folder}.{name}").title())
        for name in names
        if name[1:5] > since
    ]


def prepare(
    database: Database,
    *,
    write: bool = True,
    lock: Path | None = None,
    tell: Tell | None = None,
) -> None:
    """Make the tables of a new database, and bring those of an older one up to date.

    Parameters
    ----------
    write
        Whether an older database may be changed; a new one is made in any case.
    lock
        The lock of the projector, which must not be at work meanwhile.
    tell
        Called with a line for each step that is done.

    Raises
    ------
    ConfigurationError
        For a database of a newer program, for an older one without ``write``, and for
        one that is lost: the stores that were made of it are still there.
    """
    stores = lock is not None and (lock.parent / "internal").is_dir()
    if stores and database.file is not None and not _holds_bytes(database.file):
        raise _lost(database, lock)  # before it is made by looking
    if database.file is not None:
        access.make_file(database.file)
    now = revision.of_database(database)
    if now == revision.NO_TABLES and stores:
        raise _lost(database, lock)
    if now == revision.NO_TABLES:
        with database.transaction(any_revision=True) as connection:
            revision.create(connection)
        now = revision.of_database(database)
    if now == revision.newest():
        return
    revision.refuse_if_unknown(database, now)
    if not write:
        raise _not_upgraded(database, now)
    with FileLock(lock) if lock is not None else contextlib.nullcontext():
        _migrate(database, tell)


def _holds_bytes(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _lost(database: Database, lock: Path | None) -> ConfigurationError:
    return ConfigurationError(
        _("The catalogue's database is empty or gone; its search index is still there"),
        where=database.place,
        hint=_(
            "Restore the database from a backup of the data folder: all records are in "
            "it. To begin anew instead, move the folder {folder} away first."
        ).format(folder=lock.parent if lock is not None else ""),
    )


def _not_upgraded(database: Database, now: str) -> ConfigurationError:
    return ConfigurationError(
        _("The catalogue was made by an older version of this program"),
        where=database.place,
        expected=_("tables {revision}").format(revision=revision.newest()),
        found=_("tables {revision}").format(revision=now),
        hint=_("Run: fair-imagic upgrade. What is there is kept."),
    )


def _migrate(database: Database, tell: Tell | None) -> None:
    """Run the steps that are missing, all in one transaction."""
    with database.reshaping() as connection:
        # another process may have done it while this one waited
        now = revision.of_database(database)
        steps = steps_after(now)
        if not steps:
            return
        if tell is not None:
            line = _("The data folder is upgraded for fair-imagic {program}:")
            tell(line.format(program=__version__))
            for step in steps:
                tell(f"- {step.revision} {step.title}")
        run_steps(connection)
        revision.sign(connection)


def run_steps(connection: Connection) -> None:
    """Run all steps that a database lacks, in the transaction of the caller."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # a value may hold a %, which is special there
    config.set_main_option(
        "script_location", str(revision.STEPS.parent).replace("%", "%%")
    )
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
