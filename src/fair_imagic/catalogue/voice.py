"""What single sources say about records, many records at a time."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from fair_imagic.catalogue import actors
from fair_imagic.catalogue.journal import source_id_of, source_of
from fair_imagic.catalogue.line import triple_of
from fair_imagic.catalogue.reading import PAGE, Reader
from fair_imagic.catalogue.source import SourceKind
from fair_imagic.catalogue.tables import SOURCE
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

    from fair_imagic.catalogue.database import Database
    from fair_imagic.catalogue.source import Source
    from fair_imagic.rdf import Triple

__all__ = [
    "FileVoice",
    "Said",
    "file_voices",
    "statements_by_source",
    "statements_of",
]

Said = dict["Source", tuple["Triple", ...]]
"""What each source says about one record now, tombstones included."""

_TYPE = iri("rdf:type")


def statements_of(
    database: Database, record: str, source_iri: str
) -> tuple[Triple, ...]:
    """Return what one source says about a record now, tombstones included.

    Nothing where the record or the source is not known.
    """
    with database.reading() as connection:
        source_id = source_id_of(connection, source_iri)
        state = Reader(connection).state(record)
    if source_id is None or state is None:
        return ()
    return tuple(map(triple_of, sorted(state.lines_of(source_id))))


def statements_by_source(
    database: Database, records: Iterable[str], *, kinds: Collection[SourceKind]
) -> dict[str, Said]:
    """Return by record what each source of these kinds says about it now."""
    found: dict[str, Said] = {record: {} for record in records}
    with database.reading() as connection:
        reader, rest = Reader(connection), iter(list(found))
        while page := list(itertools.islice(rest, PAGE)):
            states = reader.states(list(reader.ids(page).values())).values()
            lines = {state.iri: state.lines_by_source() for state in states}
            sources = _sources(
                connection, {key for one in lines.values() for key in one}
            )
            for record, said in lines.items():
                found[record] = {
                    sources[key]: tuple(map(triple_of, sorted(own)))
                    for key, own in said.items()
                    if sources[key].kind in kinds
                }
    return found


class FileVoice(NamedTuple):
    """The version of a file that describes a record (its IRI), and what it says."""

    source: str
    statements: tuple[Triple, ...]


def file_voices(database: Database, records: Iterable[str]) -> dict[str, FileVoice]:
    """Return by record the version of a file that describes it; none for no file.

    A version that only says that it holds a record no longer does not describe it.
    """
    by_source = statements_by_source(database, records, kinds={SourceKind.FILE})
    return {
        record: FileVoice(source.iri, triples)
        for record, said in by_source.items()
        for source, triples in said.items()
        if any(triple[:2] == (iri(record), _TYPE) for triple in triples)
    }


def _sources(connection: Connection, ids: Collection[int]) -> dict[int, Source]:
    found: dict[int, Source] = {}
    wanted, names = iter(sorted(ids)), actors.names(connection)
    while page := list(itertools.islice(wanted, PAGE)):
        statement = select(SOURCE).where(SOURCE.c.id.in_(page))
        for row in connection.execute(statement).mappings():
            found[row[SOURCE.c.id]] = source_of(row, names)
    return found
