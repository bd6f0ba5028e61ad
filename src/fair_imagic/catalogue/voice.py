"""What one source says about a record, many records at a time."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlalchemy import select

from fair_imagic.catalogue.line import triple_of
from fair_imagic.catalogue.reading import PAGE, Reader
from fair_imagic.catalogue.tables import SOURCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from fair_imagic.rdf import Triple

__all__ = ["statements_of_sources"]


def statements_of_sources(
    connection: Connection, sources: Mapping[str, str]
) -> dict[str, tuple[Triple, ...]]:
    """Return what the source of each record says now, tombstones included.

    Nothing where the record or the source is not known.
    """
    found: dict[str, tuple[Triple, ...]] = dict.fromkeys(sources, ())
    reader, records = Reader(connection), iter(sources)
    while page := list(itertools.islice(records, PAGE)):
        ids = _source_ids(connection, {sources[record] for record in page})
        for state in reader.states(list(reader.ids(page).values())).values():
            source_id = ids.get(sources[state.iri])
            if source_id is not None:
                lines = sorted(state.lines_of(source_id))
                found[state.iri] = tuple(map(triple_of, lines))
    return found


def _source_ids(connection: Connection, iris: set[str]) -> dict[str, int]:
    statement = select(SOURCE.c.iri, SOURCE.c.id).where(SOURCE.c.iri.in_(iris))
    return {row.iri: row.id for row in connection.execute(statement)}
