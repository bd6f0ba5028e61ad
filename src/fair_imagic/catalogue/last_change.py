"""The last change of records: whether anything was said, without reading it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from fair_imagic.catalogue.tables import CHANGE, RECORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

__all__ = ["of_classes"]


def of_classes(connection: Connection, class_iris: Sequence[str]) -> dict[str, int]:
    """Return the id of the last change of each record of these classes, by record.

    Records that are removed are of no class.
    """
    statement = (
        select(RECORD.c.iri, func.max(CHANGE.c.id).label("last"))
        .join(CHANGE, CHANGE.c.record_id == RECORD.c.id)
        .where(RECORD.c.class_iri.in_(class_iris))
        .group_by(RECORD.c.id, RECORD.c.iri)
    )
    return {row.iri: row.last for row in connection.execute(statement)}
