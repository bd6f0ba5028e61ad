"""What each publication set reaches is kept, with a fingerprint of what that says.

The tables are filled by the projector, which walks each set that has no fingerprint.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, text

from fair_imagic.i18n import _

revision = "0002"
down_revision = "0001"

_SET_CLASS = "https://w3id.org/fair-imagic/terms/PublicationSet"


def title() -> str:
    """Return what the step does."""
    return _("Publication sets know the records that they reach")


def upgrade() -> None:
    """Make the tables, and name the sets that are to be walked."""
    op.create_table(
        "reach",
        Column("root_id", Integer, ForeignKey("record.id"), primary_key=True),
        Column("fingerprint", String(32), nullable=False),
    )
    op.create_table(
        "reached_record",
        Column("root_id", Integer, ForeignKey("record.id"), primary_key=True),
        Column("record_id", Integer, ForeignKey("record.id"), primary_key=True),
        Column("is_context", Boolean, nullable=False),
    )
    op.create_index("ix_reached_record_record_id", "reached_record", ["record_id"])
    op.create_table(
        "reach_gap",
        Column("root_id", Integer, ForeignKey("record.id"), primary_key=True),
        Column("iri", String(500), primary_key=True),
    )
    op.create_index("ix_reach_gap_iri", "reach_gap", ["iri"])
    sets = text(
        "INSERT INTO reach (root_id, fingerprint) "
        "SELECT id, '' FROM record WHERE class_iri = :set_class"
    )
    op.get_bind().execute(sets, {"set_class": _SET_CLASS})
