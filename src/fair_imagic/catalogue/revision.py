"""The revision of the tables: the one that a database has, and the one needed here."""

from __future__ import annotations

import contextlib
import functools
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, String, Table, delete, insert, inspect, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from fair_imagic.catalogue.tables import FORMAT, JOURNAL_MARK, METADATA
from fair_imagic.errors import ConfigurationError, ConflictError
from fair_imagic.i18n import _
from fair_imagic.version import __version__

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database

__all__ = [
    "BEFORE_ALL",
    "NO_TABLES",
    "STEPS",
    "create",
    "newest",
    "of_database",
    "refuse_if_unknown",
    "refuse_if_upgraded",
    "sign",
]

NO_TABLES = ""
BEFORE_ALL = "0000"
"""What a database of 0.1.0 has, whose tables had no revision yet."""

STEPS = Path(__file__).with_name("migrations") / "versions"

# Alembic's own table; it is read here so that opening does not load Alembic.
_ALEMBIC = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), primary_key=True),
)
_FORMAT_BEFORE_ALL = 1
_FORMAT_NOW = 2


@functools.cache
def newest() -> str:
    """Return the revision that this program needs: that of the last step."""
    return max(path.stem[1:5] for path in STEPS.glob("r[0-9]*.py"))


def of_database(database: Database) -> str:
    """Return the revision of a database: ``NO_TABLES``, or one nobody knows, too."""
    absent = (OperationalError, ProgrammingError)
    with contextlib.suppress(*absent), database.reading() as connection:
        return _read(connection)
    with database.reading() as connection:
        tables = set(inspect(connection).get_table_names())
        if not tables & {"format", "change_set"}:
            return NO_TABLES
        version = None
        if "format" in tables:
            version = connection.execute(select(FORMAT.c.version)).scalar()
    if version == _FORMAT_BEFORE_ALL:
        return BEFORE_ALL
    return str(version or _("an unfinished version"))


def _read(connection: Connection) -> str:
    rows = connection.execute(select(_ALEMBIC.c.version_num)).scalars().all()
    return " + ".join(rows) or _("an unfinished version")


def create(connection: Connection) -> None:
    """Make all tables in an empty database, as the steps would have made them."""
    if inspect(connection).has_table("format"):
        return  # another process was faster
    METADATA.create_all(connection)
    _ALEMBIC.create(connection)
    connection.execute(insert(_ALEMBIC), {"version_num": newest()})
    connection.execute(insert(JOURNAL_MARK), {"mark": str(uuid.uuid4())})
    sign(connection)


def sign(connection: Connection) -> None:
    """Note that this program wrote the tables."""
    connection.execute(delete(FORMAT))
    row = {"version": _FORMAT_NOW, "program": __version__}
    connection.execute(insert(FORMAT), row)


def refuse_if_unknown(database: Database, revision: str) -> None:
    """Raise ConfigurationError for a revision that no step of this program makes."""
    known = {path.stem[1:5] for path in STEPS.glob("r[0-9]*.py")} | {BEFORE_ALL}
    if revision in known:
        return
    program = _program_of(database)
    way = _("Use the version that made it, or choose another data folder with --home.")
    if program:
        newer = _(
            "Install fair-imagic {program} or newer, or choose another data folder "
            "with --home. Nothing was changed."
        )
        way = newer.format(program=program)
    raise ConfigurationError(
        _("The catalogue was made by another version of this program"),
        where=database.place,
        expected=_("tables {revision} or older (fair-imagic {program})").format(
            revision=newest(), program=__version__
        ),
        found=_("tables {revision} (fair-imagic {program})").format(
            revision=revision, program=program or "?"
        ),
        hint=way,
    )


def _program_of(database: Database) -> str:
    absent = (OperationalError, ProgrammingError)
    with contextlib.suppress(*absent), database.reading() as connection:
        program = connection.execute(select(FORMAT.c.program)).scalar()
        if program:
            return str(program)
    return ""


def refuse_if_upgraded(connection: Connection) -> None:
    """Raise ConflictError where another program changed the tables since opening."""
    revision = _read(connection)
    if revision != newest():
        raise ConflictError(
            _("The catalogue was upgraded while this program was running"),
            expected=_("tables {revision}").format(revision=newest()),
            found=_("tables {revision}").format(revision=revision),
            hint=_("Stop this program, and start the new version of it."),
        )
