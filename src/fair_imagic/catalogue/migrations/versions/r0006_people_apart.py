"""People apart: what is said of them, and who did something, in tables of their own."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Text,
)

from fair_imagic.i18n import _

revision = "0006"
down_revision = "0005"


def title() -> str:
    """Return what the step does."""
    return _("What is said of people can be destroyed")


def _record(*, primary_key: bool = False, index: bool = False) -> Column[int]:
    return Column(
        "record_id",
        Integer,
        ForeignKey("record.id"),
        primary_key=primary_key,
        nullable=False,
        index=index,
    )


def upgrade() -> None:
    """Make the tables, and the column for the hash of a sheet."""
    op.add_column("change", Column("sheet", String(64)))
    op.create_table(
        "person_key",
        _record(primary_key=True),
        Column("key", LargeBinary, nullable=False),
    )
    op.create_table(
        "sheet",
        Column("change_id", BigInteger, ForeignKey("change.id"), primary_key=True),
        _record(index=True),
        Column("sealed", LargeBinary, nullable=False),
    )
    op.create_table(
        "snapshot_sheet",
        _record(primary_key=True),
        Column("hash", String(64), primary_key=True, index=True),
        Column("sealed", LargeBinary, nullable=False),
    )
    op.create_table(
        "erasure",
        _record(primary_key=True),
        Column("time", String(40), nullable=False),
        Column("reason", Text, nullable=False),
        Column("author", String(200), nullable=False),
    )
    op.create_table(
        "actor",
        Column("id", String(20), primary_key=True),
        Column("name", String(255), nullable=False, unique=True),
    )
    op.create_table("alias", Column("sha256", String(64), primary_key=True), _record())
