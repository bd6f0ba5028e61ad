"""Tables of 0.1.0: those not made yet are made, and revisions have numbers from now on.

Before, each room made its tables at its first use, and ``format`` held a 1.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
    update,
)

from fair_imagic.i18n import _

revision = "0001"
down_revision = None

_TABLES = MetaData()
_FORMAT = Table("format", _TABLES, Column("version", Integer, nullable=False))
# An older program refuses this number, and says that another version is needed.
_NOT_FOR_OLD_PROGRAMS = 2


def title() -> str:
    """Return what the step does."""
    return _("Tables get a revision number, and those that are missing are made")


def upgrade() -> None:
    """Make what is missing."""
    connection = op.get_bind()
    _TABLES.create_all(connection)
    if connection.execute(select(_FORMAT)).first() is None:
        connection.execute(insert(_FORMAT), {"version": _NOT_FOR_OLD_PROGRAMS})
    connection.execute(update(_FORMAT).values(version=_NOT_FOR_OLD_PROGRAMS))
    op.add_column("format", Column("program", String(40)))


Table(
    "source",
    _TABLES,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("iri", String(500), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("label", Text, nullable=False),
    Column("sha256", String(64)),
    Column("time", String(40)),
)
Table(
    "record",
    _TABLES,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("iri", String(500), nullable=False, unique=True),
    Column("class_iri", String(200), index=True),
)
Table(
    "change_set",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("author", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("time", String(40), nullable=False),
    Column("inverse_of", Integer, ForeignKey("change_set.number"), index=True),
)
Table(
    "change",
    _TABLES,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, ForeignKey("change_set.number"), nullable=False),
    Column("record_id", Integer, ForeignKey("record.id"), nullable=False),
    Column("source_id", Integer, ForeignKey("source.id"), nullable=False),
    Column("text", LargeBinary, nullable=False),
    Index("change_by_record", "record_id", "id"),
    Index("change_by_number", "number"),
)
Table(
    "checkpoint",
    _TABLES,
    Column("record_id", Integer, ForeignKey("record.id"), primary_key=True),
    Column("change_id", BigInteger, nullable=False),
    Column("state", LargeBinary, nullable=False),
)
Table(
    "facts",
    _TABLES,
    Column("source_id", Integer, ForeignKey("source.id"), primary_key=True),
    Column("part", String(500), primary_key=True),
    Column("facts", LargeBinary, nullable=False),
)
Table(
    "snapshot",
    _TABLES,
    Column("hash", String(64), primary_key=True),
    Column("root", String(500), nullable=False, index=True),
    Column("taken_at", String(40), nullable=False),
    Column("text", LargeBinary, nullable=False),
)
Table(
    "projection",
    _TABLES,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("change_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("target_id", BigInteger, nullable=False),
    Column("public_id", BigInteger, nullable=False),
)
Table(
    "public_record",
    _TABLES,
    Column("root_id", Integer, ForeignKey("record.id"), primary_key=True),
    Column("record_id", Integer, ForeignKey("record.id"), primary_key=True, index=True),
)
Table(
    "publication",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("subject", String(500), nullable=False),
    Column("target", String(60), nullable=False),
    Column("key", String(300), nullable=False),
    Column("state", String(20), nullable=False),
    Column("remote_state", String(60), nullable=False),
    Column("identifier", String(500), nullable=False),
    Column("url", String(1000), nullable=False),
    Column("landing_page", String(1000), nullable=False),
    Column("snapshot_hash", String(64), nullable=False),
    Column("package_hash", String(64), nullable=False),
    Column("message", Text, nullable=False),
    Column("created", String(20), nullable=False),
    Column("modified", String(20), nullable=False),
    Column("published", String(20), nullable=False),
    UniqueConstraint("target", "key"),
)
Table(
    "outbox",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("publication", ForeignKey("publication.id"), nullable=False),
    Column("queued", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done", String(20), nullable=False),
    Column("last_error", Text, nullable=False),
)
Table(
    "job",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(64), nullable=False),
    Column("subject", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("author", String(255), nullable=False),
    Column("folder", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("fraction", Float, nullable=False),
    Column("message", Text, nullable=False),
    Column("wants_cancel", Boolean, nullable=False),
    Column("host", String(255), nullable=False),
    Column("process", Integer, nullable=False),
    Column("created", String(32), nullable=False),
    Column("started", String(32), nullable=False),
    Column("ended", String(32), nullable=False),
)
Table(
    "location",
    _TABLES,
    Column("key", String(500), primary_key=True),
    Column("path", Text, nullable=False),
)
Table(
    "users",
    _TABLES,
    Column("name", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("created_at", String(20), nullable=False),
)
