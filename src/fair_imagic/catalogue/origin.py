"""Where each effective statement of a record comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from fair_imagic.catalogue.journal import source_of
from fair_imagic.catalogue.line import triple_of
from fair_imagic.catalogue.reading import PAGE
from fair_imagic.catalogue.tables import CHANGE, CHANGE_SET, SOURCE

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from fair_imagic.catalogue.source import Source
    from fair_imagic.catalogue.state import RecordState
    from fair_imagic.rdf import Triple

__all__ = ["Origin", "origins_of"]


@dataclass(frozen=True)
class Origin:
    """Where a statement comes from: a place in a source, who added it, and when."""

    source: Source
    place: str
    author: str
    time: str


def origins_of(connection: Connection, state: RecordState) -> dict[Triple, Origin]:
    """Return the origin of every effective statement of a record."""
    effective = state.effective()
    change_ids = sorted({held.change_id for held in effective.values()})
    known = {}
    for start in range(0, len(change_ids), PAGE):
        statement = (
            select(CHANGE.c.id, CHANGE_SET, SOURCE)
            .join(CHANGE_SET, CHANGE_SET.c.number == CHANGE.c.number)
            .join(SOURCE, SOURCE.c.id == CHANGE.c.source_id)
            .where(CHANGE.c.id.in_(change_ids[start : start + PAGE]))
        )
        for row in connection.execute(statement).mappings():
            author, time = row[CHANGE_SET.c.author], row[CHANGE_SET.c.time]
            known[row[CHANGE.c.id]] = (source_of(row), author, time)
    found = {}
    for line, held in effective.items():
        source, author, time = known[held.change_id]
        found[triple_of(line)] = Origin(source, held.place, author, time)
    return found
