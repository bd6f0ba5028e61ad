"""Snapshots say from which change of the journal they can be made again.

Those that are there stay whole; ``fair-imagic compact`` looks at them.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, LargeBinary, String

from fair_imagic.i18n import _

revision = "0003"
down_revision = "0002"


def title() -> str:
    """Return what the step does."""
    return _("Checked versions are kept as a number of the journal")


def upgrade() -> None:
    """Add the columns."""
    op.add_column("snapshot", Column("change_id", BigInteger))
    op.add_column("snapshot", Column("parts", LargeBinary))
    op.add_column("snapshot", Column("fingerprint", String(32)))
    op.add_column("snapshot", Column("kept", String(20)))
