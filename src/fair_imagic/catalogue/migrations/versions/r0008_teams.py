"""Teams, what belongs to them, and who is invited to it."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, ForeignKey, String

from fair_imagic.i18n import _

revision = "0008"
down_revision = "0007"


def title() -> str:
    """Return what the step does."""
    return _("Sets and collections belong to teams; those of before to the facility")


def upgrade() -> None:
    """Make the tables: what is there already belongs to no team."""
    op.create_table(
        "team",
        Column("name", String(64), primary_key=True),
        Column("title", String(200), nullable=False),
        Column("created_at", String(20), nullable=False),
    )
    op.create_table(
        "team_member",
        Column("team", String(64), ForeignKey("team.name"), primary_key=True),
        Column("account", String(64), primary_key=True, index=True),
    )
    op.create_table(
        "team_record",
        Column("record", String(500), primary_key=True),
        Column("team", String(64), ForeignKey("team.name"), nullable=False, index=True),
    )
    op.create_table(
        "team_guest",
        Column("record", String(500), primary_key=True),
        Column("account", String(64), primary_key=True, index=True),
        Column("may_edit", Boolean, nullable=False),
    )
