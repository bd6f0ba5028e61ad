"""The relational database that holds everything that cannot be recomputed."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Table,
    create_engine,
    event,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DatabaseError, OperationalError

from fair_imagic.errors import ConfigurationError, ConflictError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine, RootTransaction

__all__ = ["METADATA", "Database", "open_database", "sqlite_url"]

METADATA = MetaData()
"""All tables of the product: each room declares its own with ``Table(_, METADATA)``."""

FORMAT = 1
"""The version of the tables; a database of another version is not opened."""

_FORMAT = Table("format", METADATA, Column("version", Integer, nullable=False))

# How long a writer waits for another one: an import appends in short transactions.
_BUSY_TIMEOUT_S = 60
_WRITES = {"fair_imagic_writes": True}


class Database:
    """One database: reading connections, and writing transactions one at a time."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.metadata = METADATA

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database."""
        with self.engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept together, or not at all.

        Raises :class:`~fair_imagic.errors.ConflictError` where another process
        writes for longer than a minute.
        """
        with self.engine.connect() as plain:
            connection = plain.execution_options(**_WRITES)
            with self._begun(connection):
                yield connection

    @staticmethod
    def _begun(connection: Connection) -> RootTransaction:
        try:
            return connection.begin()
        except OperationalError as error:
            raise ConflictError(
                _("Another process is writing to the catalogue"),
                found=str(error.orig),
                hint=_("Wait until it has finished, then do this again."),
            ) from error

    def one_writer(self, connection: Connection) -> None:
        """Let no other transaction write to the journal before this one ends.

        SQLite has one writer anyway; elsewhere numbers must be committed in order,
        or a projector would step over one that is committed late.
        """
        if self.engine.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE change_set IN EXCLUSIVE MODE"))

    def create_tables(self) -> None:
        """Make the tables that are not there yet."""
        with self.transaction() as connection:
            is_new = not inspect(connection).has_table("change_set")
            METADATA.create_all(connection)
            if is_new:
                connection.execute(insert(_FORMAT), {"version": FORMAT})
            self._refuse_other_format(connection)

    def _refuse_other_format(self, connection: Connection) -> None:
        found = connection.execute(select(_FORMAT.c.version)).scalar()
        if found != FORMAT:
            raise ConfigurationError(
                _("The catalogue was made by another version of this program"),
                where=self.engine.url.render_as_string(hide_password=True),
                expected=str(FORMAT),
                found=str(found or _("an unfinished version")),
                hint=_("Use the version that made it, or another data folder."),
            )

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def sqlite_url(path: Path) -> str:
    """Return the address of a database file."""
    return f"sqlite:///{path}"


def open_database(url: str) -> Database:
    """Return the database at an SQLAlchemy URL, its tables made.

    Raises :class:`~fair_imagic.errors.ConfigurationError` where it cannot be opened.
    """
    is_file = url.startswith("sqlite")
    options: dict[str, Any] = {"timeout": _BUSY_TIMEOUT_S} if is_file else {}
    engine = create_engine(url, connect_args=options)
    if is_file:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    database = Database(engine)
    try:
        database.create_tables()
    except ConfigurationError:
        database.close()
        raise
    except DatabaseError as error:
        database.close()
        writable = _("The data folder must be on a disk that can be written to.")
        raise ConfigurationError(
            _("The catalogue's database cannot be opened"),
            where=engine.url.render_as_string(hide_password=True),
            found=str(error.orig),
            hint=writable if isinstance(error, OperationalError) else "",
        ) from error
    return database


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: it begins them too late.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    # A reading transaction that writes later fails when another wrote in between;
    # so writers say at once that they will write, and wait for their turn.
    writes = connection.get_execution_options().get("fair_imagic_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
