"""The relational database that holds everything that cannot be recomputed."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from fair_imagic.catalogue import migration, revision
from fair_imagic.catalogue.identity import Identity
from fair_imagic.catalogue.tables import METADATA
from fair_imagic.errors import ConfigurationError, ConflictError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import URL, Connection, Engine, RootTransaction

    from fair_imagic.config import Settings

__all__ = [
    "Database",
    "database_url",
    "engine_of",
    "open_database",
    "place_of",
    "refusals_told",
    "sqlite_url",
]

# How long a writer waits for another one: an import appends in short transactions.
_BUSY_TIMEOUT_S = 60
# Connections that are kept open, and more at times: each thread of the service may
# have some, and none may wait for one while it has another.
_KEPT, _MORE = 8, 40
# SQLite says more in the higher bits of its codes.
_PRIMARY_CODE = 0xFF
_REFUSED_BY_DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY)
_SECRET_PARTS = {"password", "passfile", "sslpassword", "sslkey"}
# The driver that we install, for who names only the database.
_DRIVER = "postgresql+psycopg"
_JOURNAL_URL = "postgresql+psycopg://USER:PASSWORD@HOST/DATABASE"
_WRITES = {"fair_imagic_writes": True}


class Database:
    """One database: reading connections, and writing transactions one at a time."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.metadata = METADATA
        self._identity: Identity | None = None
        self._here = threading.local()

    @property
    def in_transaction(self) -> bool:
        """Whether this thread is in a transaction: a second one would wait for it."""
        return getattr(self._here, "depth", 0) > 0

    @property
    def place(self) -> str:
        """Where the database is, for messages; without its password."""
        return place_of(self.engine.url)

    def remember(self) -> None:
        """Remember which journal this is: another one in its place is never used."""
        self._identity = Identity(self.engine, place=self.place)
        event.listen(self.engine, "do_connect", self._refuse_other_file)

    def refuse_replaced(self, *, look_inside: bool = False) -> None:
        """Raise ConfigurationError where another journal stands in the place of this.

        A look at the file alone costs nothing; ``look_inside`` reads the database, and
        also raises where it cannot be read.
        """
        if self._identity is None:
            return
        self._identity.refuse_other_file()
        if look_inside:
            with refusals_told(self), self.reading() as connection:
                self._identity.refuse_other(connection)

    def is_replaced(self) -> bool:
        """Return whether another file, or none, stands in the place of this journal."""
        try:
            self.refuse_replaced()
        except ConfigurationError:
            return True
        return False

    def _refuse_other_file(self, *_connecting: object) -> None:
        # else SQLite would make a new file, or read from two journals at once
        self.refuse_replaced()

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database, None for another one."""
        url = self.engine.url
        is_file = url.get_backend_name() == "sqlite"
        return Path(url.database) if is_file and url.database else None

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database.

        Raises :class:`~fair_imagic.errors.ConfigurationError` where there is none.
        """
        with self._connected() as connection:
            yield connection

    @contextlib.contextmanager
    def transaction(self, *, any_revision: bool = False) -> Iterator[Connection]:
        """Give a connection whose changes are kept together, or not at all.

        Raises :class:`~fair_imagic.errors.ConflictError` where another process
        writes for longer than a minute, or changed the tables for another version of
        this program (unless ``any_revision``), and
        :class:`~fair_imagic.errors.ConfigurationError` where the disk does not take it,
        or another journal stands in the place of the one that was opened.
        """
        self.refuse_replaced()
        with self._disk_refusals_told(), self._connected() as plain:
            connection = plain.execution_options(**_WRITES)
            with self._begun(connection):
                if self._identity is not None:
                    self._identity.refuse_other(connection)
                if not any_revision:
                    revision.refuse_if_upgraded(connection)
                with self._counted():
                    yield connection
        # what went into a file that was just taken away must not be acknowledged
        self.refuse_replaced()

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        self._here.depth = getattr(self._here, "depth", 0) + 1
        try:
            yield
        finally:
            self._here.depth -= 1

    @contextlib.contextmanager
    def reshaping(self) -> Iterator[Connection]:
        """Give a connection for changes of tables, kept together or not at all.

        Where SQLite must copy a table, links to it are checked at the end alone.
        """
        with self._disk_refusals_told(), self._connected() as plain:
            is_file = self.engine.dialect.name == "sqlite"
            driver: Any = plain.connection.driver_connection
            if is_file:
                driver.execute("PRAGMA foreign_keys=OFF")
            try:
                connection = plain.execution_options(**_WRITES)
                with self._begun(connection):
                    yield connection
                    if is_file:
                        _refuse_broken_links(connection)
            finally:
                if is_file:
                    driver.execute("PRAGMA foreign_keys=ON")

    def _connected(self) -> Connection:
        with refusals_told(self):
            return self.engine.connect()

    @staticmethod
    def _begun(connection: Connection) -> RootTransaction:
        try:
            return connection.begin()
        except OperationalError as error:
            if _is_refused_by_disk(error):
                raise
            raise ConflictError(
                _("Another process is writing to the catalogue"),
                found=str(error.orig),
                hint=_("Wait until it has finished, then do this again."),
            ) from error

    @contextlib.contextmanager
    def _disk_refusals_told(self) -> Iterator[None]:
        """Tell in words where the disk takes no more: SQLite keeps nothing then."""
        try:
            yield
        except DatabaseError as error:
            if not _is_refused_by_disk(error):
                raise
            raise ConfigurationError(
                _("The catalogue's database cannot be written to"),
                where=self.place,
                found=str(error.orig),
                hint=_(
                    "Make room on the disk, or make it writable, then do this again. "
                    "The change that could not be written is not kept in part."
                ),
            ) from error

    def one_writer(self, connection: Connection) -> None:
        """Let no other transaction write to the journal before this one ends.

        SQLite has one writer anyway; elsewhere numbers must be committed in order,
        or a projector would step over one that is committed late.
        """
        if self.engine.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE change_set IN EXCLUSIVE MODE"))

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _is_refused_by_disk(error: DatabaseError) -> bool:
    """Return whether the disk is full, broken or read-only; never where one waits."""
    code: int = getattr(error.orig, "sqlite_errorcode", 0)
    return code & _PRIMARY_CODE in _REFUSED_BY_DISK


def _refuse_broken_links(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise ConfigurationError(
            _("The catalogue cannot be upgraded: its tables contradict each other"),
            found=", ".join(sorted({str(row[0]) for row in broken})),
            hint=_("Nothing was changed. Restore a backup of the data folder."),
        )


def sqlite_url(path: Path) -> str:
    """Return the address of a database file."""
    return f"sqlite:///{path}"


def database_url(settings: Settings) -> str:
    """Return the address of the database of a data folder."""
    return settings.journal_url or sqlite_url(settings.home / "journal.sqlite")


def place_of(url: URL) -> str:
    """Return an address of a database for messages, whatever in it is secret hidden."""
    query = {
        name: "hidden" if name.lower() in _SECRET_PARTS else value
        for name, value in url.query.items()
    }
    return url.set(query=query).render_as_string(hide_password=True)


def engine_of(url: str) -> Engine:
    """Return the engine for an SQLAlchemy URL; nothing is opened yet.

    Raises :class:`~fair_imagic.errors.ConfigurationError` for what is no such URL, and
    where the driver of its database is not installed.
    """
    is_file = url.startswith("sqlite")
    options: dict[str, Any] = {"timeout": _BUSY_TIMEOUT_S} if is_file else {}
    try:
        address = make_url(url)
        if address.drivername in ("postgresql", "postgres"):
            address = address.set(drivername=_DRIVER)
        engine = create_engine(
            address, connect_args=options, pool_size=_KEPT, max_overflow=_MORE
        )
    except (ArgumentError, ValueError) as error:
        # the text may hold a password, and so may what is said of it
        raise ConfigurationError(
            _("The setting journal_url is not the address of a database"),
            expected=_JOURNAL_URL,
        ) from error
    except ImportError as error:
        raise ConfigurationError(
            _("The driver of the journal's database is not installed"),
            where=place_of(address),
            found=str(error),
            hint=_("Run: {command}").format(
                command="pip install 'fair-imagic[postgresql]'"
            ),
        ) from error
    if is_file:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def open_database(
    url: str,
    *,
    write: bool = True,
    lock: Path | None = None,
    tell: Callable[[str], None] | None = None,
) -> Database:
    """Return the database at an SQLAlchemy URL, its tables those of this program.

    ``write``, ``lock`` and ``tell`` are about tables of an older program: see
    :func:`fair_imagic.catalogue.migration.prepare`. Raises
    :class:`~fair_imagic.errors.ConfigurationError` where it cannot be opened.
    """
    database = Database(engine_of(url))
    try:
        with refusals_told(database):
            migration.prepare(database, write=write, lock=lock, tell=tell)
            database.remember()
    except ConfigurationError:
        database.close()
        raise
    return database


@contextlib.contextmanager
def refusals_told(database: Database) -> Iterator[None]:
    """Tell in words where a database cannot be opened: garbled, or on a bad disk.

    Raises :class:`~fair_imagic.errors.ConfigurationError`.
    """
    try:
        yield
    except DatabaseError as error:
        if database.engine.dialect.name == "sqlite":
            way = _("The data folder must be on a disk that can be written to.")
        else:
            way = _("Its server must be running, and let this account in.")
        raise ConfigurationError(
            _("The catalogue's database cannot be opened"),
            where=database.place,
            found=str(error.orig),
            hint=way
            if isinstance(error, OperationalError)
            else _("Restore the database from a backup of the data folder."),
        ) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: it begins them too late.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    # what is deleted is overwritten: a name or key that is destroyed is gone
    connection.execute("PRAGMA secure_delete=ON")


def _begin_sqlite(connection: Connection) -> None:
    # A reading transaction that writes later fails when another wrote in between;
    # so writers say at once that they will write, and wait for their turn.
    writes = connection.get_execution_options().get("fair_imagic_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
