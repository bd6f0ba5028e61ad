"""Where each effective statement of a record comes from."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from fair_imagic.catalogue import actors
from fair_imagic.catalogue.journal import source_of
from fair_imagic.catalogue.line import triple_of
from fair_imagic.catalogue.reading import PAGE, Reader
from fair_imagic.catalogue.tables import CHANGE, CHANGE_SET, SOURCE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

    from fair_imagic.catalogue.source import Source
    from fair_imagic.rdf import Triple

__all__ = ["Origin", "origins_of"]


@dataclass(frozen=True)
class Origin:
    """Where a statement comes from: a place in a source, who added it, and when."""

    source: Source
    place: str
    author: str
    time: str


def origins_of(
    connection: Connection, records: Iterable[str]
) -> dict[str, dict[Triple, Origin]]:
    """Return by record the origin of every effective statement; none for no record."""
    found: dict[str, dict[Triple, Origin]] = {record: {} for record in records}
    reader, rest = Reader(connection), iter(found)
    while page := list(itertools.islice(rest, PAGE)):
        states = reader.states(list(reader.ids(page).values())).values()
        effective = {state.iri: state.effective() for state in states}
        known = _changes(
            connection,
            {held.change_id for said in effective.values() for held in said.values()},
        )
        for record, said in effective.items():
            found[record] = {
                triple_of(line): Origin(
                    source=known[held.change_id][0],
                    place=held.place,
                    author=known[held.change_id][1],
                    time=known[held.change_id][2],
                )
                for line, held in said.items()
            }
    return found


def _changes(
    connection: Connection, ids: Collection[int]
) -> dict[int, tuple[Source, str, str]]:
    """Return source, author and time of these changes."""
    change_ids = sorted(ids)
    known = {}
    names = actors.names(connection)
    for start in range(0, len(change_ids), PAGE):
        statement = (
            select(CHANGE.c.id, CHANGE_SET, SOURCE)
            .join(CHANGE_SET, CHANGE_SET.c.number == CHANGE.c.number)
            .join(SOURCE, SOURCE.c.id == CHANGE.c.source_id)
            .where(CHANGE.c.id.in_(change_ids[start : start + PAGE]))
        )
        for row in connection.execute(statement).mappings():
            author = actors.name_in(names, row[CHANGE_SET.c.author])
            time = row[CHANGE_SET.c.time]
            known[row[CHANGE.c.id]] = (source_of(row, names), author, time)
    return known
