"""A mark by which a journal is known again, and the sessions of the web service."""

from __future__ import annotations

import uuid

from alembic import op
from sqlalchemy import Column, Integer, String

from fair_imagic.i18n import _

revision = "0007"
down_revision = "0006"


def title() -> str:
    """Return what the step does."""
    return _("A journal is known again by a mark, and sessions end for good")


def upgrade() -> None:
    """Give the journal its mark, and make the table of sessions."""
    marks = op.create_table(
        "journal_mark", Column("mark", String(36), primary_key=True)
    )
    op.bulk_insert(marks, [{"mark": str(uuid.uuid4())}])
    op.create_table(
        "web_session",
        Column("key", String(64), primary_key=True),
        Column("name", String(64), nullable=False, index=True),
        Column("epoch", Integer, nullable=False),
        Column("began", String(20), nullable=False),
    )
