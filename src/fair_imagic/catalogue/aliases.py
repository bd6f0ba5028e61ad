"""Names that records had before an upgrade: links to them go on leading to the record.

A name may tell who it is, so that its SHA-256 alone is kept.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import select

from fair_imagic.catalogue.tables import ALIAS, RECORD

if TYPE_CHECKING:
    from fair_imagic.catalogue.database import Database

__all__ = ["current", "hash_of"]


def hash_of(iri: str) -> str:
    """Return under what a name of before is kept."""
    return hashlib.sha256(iri.encode()).hexdigest()


def current(database: Database, iri: str) -> str:
    """Return the IRI of the record that had this one; the same where none had it."""
    statement = (
        select(RECORD.c.iri)
        .join(ALIAS, ALIAS.c.record_id == RECORD.c.id)
        .where(ALIAS.c.sha256 == hash_of(iri))
    )
    with database.reading() as connection:
        return connection.execute(statement).scalar() or iri
