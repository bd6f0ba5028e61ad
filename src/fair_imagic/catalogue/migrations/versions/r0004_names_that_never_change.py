"""Names that never change: what they are made from, and which edition has which key."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, Integer, String

from fair_imagic.i18n import _

revision = "0004"
down_revision = "0003"

# How SQLAlchemy's and PostgreSQL's own names of a constraint without one are made.
_NAMES = {"uq": "%(table_name)s_%(column_0_name)s_%(column_1_name)s_key"}


def title() -> str:
    """Return what the step does."""
    return _("A publication is found by record, version and archive")


def upgrade() -> None:
    """Make the table of names, and the columns by which a publication is found."""
    op.create_table(
        "folder_name",
        Column("number", Integer, primary_key=True, autoincrement=True),
        Column("setting", String(40), nullable=False),
        Column("value", String(500), nullable=False),
        Column("since", String(20), nullable=False),
    )
    with op.batch_alter_table("publication", naming_convention=_NAMES) as table:
        table.add_column(Column("version", String(100)))
        table.add_column(
            Column("practice", Boolean, nullable=False, server_default="0")
        )
        table.drop_constraint("publication_target_key_key", type_="unique")
        table.create_unique_constraint("publication_key", ["target", "key", "practice"])
        table.create_unique_constraint(
            "publication_edition", ["subject", "version", "target", "practice"]
        )
    # Practice archives name what they get so that nobody takes it for real, apart from
    # that of Software Heritage: it went where the DOIs went.
    op.execute(
        "UPDATE publication SET practice = true"
        " WHERE key LIKE '10.99999/%' OR identifier LIKE 'S-TEST%'"
    )
    op.execute(
        "UPDATE publication SET practice = true WHERE target = 'software-heritage'"
        " AND EXISTS (SELECT 1 FROM publication AS one WHERE one.practice)"
        " AND NOT EXISTS (SELECT 1 FROM publication AS one WHERE NOT one.practice"
        " AND one.target <> 'software-heritage')"
    )
