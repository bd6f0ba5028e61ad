"""Places in storage roots: a file may lie in several, named by root and path."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, String, Text

from fair_imagic.i18n import _

revision = "0005"
down_revision = "0004"


def title() -> str:
    """Return what the step does."""
    return _("A file is known by storage root and path, and may lie in several places")


def upgrade() -> None:
    """Make the table of places anew: until now each file had one, with a whole path."""
    op.execute("CREATE TABLE location_before AS SELECT * FROM location")
    op.drop_table("location")
    op.create_table(
        "location",
        Column("root", String(60), primary_key=True),
        Column("path", Text, primary_key=True),
        Column("key", String(500), primary_key=True, index=True),
        Column("record", String(500), nullable=False, server_default=""),
        Column("noted", String(40), nullable=False, server_default=""),
        Column("is_past", Boolean, nullable=False, server_default="0"),
    )
    op.execute(
        "INSERT INTO location (root, path, key)"
        " SELECT '', path, key FROM location_before"
    )
    op.drop_table("location_before")
