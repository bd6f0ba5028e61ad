"""The journal: change sets are appended, never edited, and read back in order."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, select, update

from fair_imagic.catalogue import actors, sheets
from fair_imagic.catalogue.change import REMOVED, ChangeText
from fair_imagic.catalogue.line import triple_of
from fair_imagic.catalogue.reading import PAGE, Reader
from fair_imagic.catalogue.sheet_writer import Made, SheetWriter
from fair_imagic.catalogue.source import Source, SourceKind
from fair_imagic.catalogue.tables import CHANGE, CHANGE_SET, RECORD, SOURCE
from fair_imagic.clock import isoformat, now
from fair_imagic.errors import ConflictError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.rdf import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Table

    from fair_imagic.catalogue.change import Change, ChangeSet
    from fair_imagic.catalogue.database import Database
    from fair_imagic.rdf import Triple

__all__ = [
    "HistoryEntry",
    "append",
    "append_within",
    "begin_change_set",
    "history",
    "source_id_of",
]

_TYPE = f" <{expand('rdf:type')}> "
_REMOVED = f" <{expand('fi:removed')}> "


@dataclass(frozen=True)
class HistoryEntry:
    """One change of a record: who, when, why, from which source, and what."""

    number: int
    author: str
    reason: str
    time: str
    inverse_of: int | None
    source: Source
    added: tuple[Triple, ...]
    removed: tuple[Triple, ...]


def append(database: Database, change_set: ChangeSet) -> int:
    """Keep a change set and return its number; all of it is kept, or nothing.

    Raises :class:`~fair_imagic.errors.InputError` for a malformed statement.
    """
    with database.transaction() as connection:
        return append_within(database, connection, change_set)


def append_within(
    database: Database, connection: Connection, change_set: ChangeSet
) -> int:
    """Do the same in a transaction that keeps more than the change set."""
    database.one_writer(connection)
    seen = change_set.seen
    if seen is not None:
        changes = tuple(change_set.changes)
        change_set = replace(change_set, changes=changes)
        _refuse_if_overtaken(connection, changes, seen)
    number = begin_change_set(connection, change_set)
    writer = _Writer(connection, number)
    for page in _pages(change_set.changes):
        writer.write(page)
    return number


def _refuse_if_overtaken(
    connection: Connection, changes: Iterable[Change], seen: int
) -> None:
    """Refuse to overwrite what was said of the same values after a change set."""
    for change in changes:
        paths = set(map(_path, (*change.added, *change.removed)))
        later = select(CHANGE.c.id).join(RECORD, RECORD.c.id == CHANGE.c.record_id)
        later = later.where(RECORD.c.iri == change.record, CHANGE.c.number > seen)
        if connection.execute(later.limit(1)).first() is None:
            continue
        for entry in history(connection, change.record):
            spoken = map(_path, (*entry.added, *entry.removed))
            if entry.number > seen and not paths.isdisjoint(spoken):
                raise ConflictError(
                    _("Somebody changed the same values meanwhile"),
                    found=_("change {number}").format(number=entry.number),
                    hint=_("Look at them again, then enter what should stand."),
                )


def _path(triple: Triple) -> tuple[str, str]:
    """Return the path that a statement speaks of, a tombstone that of its value."""
    subject, predicate, value = triple
    return (subject, value if predicate == REMOVED else predicate)


def begin_change_set(connection: Connection, change_set: ChangeSet) -> int:
    """Keep who changes something and why; return the new number."""
    number = next_id(connection, CHANGE_SET)
    row = {
        "number": number,
        "author": actors.id_of(connection, change_set.author),
        "reason": change_set.reason,
        "time": isoformat(now()),
        "inverse_of": change_set.inverse_of,
    }
    connection.execute(insert(CHANGE_SET), row)
    return number


def next_id(connection: Connection, table: Table) -> int:
    """Return the number that follows the highest of a table."""
    (key, *_more) = table.primary_key.columns
    highest = connection.execute(select(func.max(key))).scalar()
    return int(highest or 0) + 1


def _pages(changes: Iterable[Change]) -> Iterator[list[Change]]:
    rest = iter(changes)
    while page := list(itertools.islice(rest, PAGE)):
        yield page


class _Writer:
    """Writes changes of one change set, page by page."""

    def __init__(self, connection: Connection, number: int) -> None:
        self.connection = connection
        self.number = number
        self.next_change = next_id(connection, CHANGE)
        self.sources: dict[str, int] = {}
        self.sheets = SheetWriter(connection)

    def write(self, changes: list[Change]) -> None:
        texts = [(change, ChangeText.of(change)) for change in changes]
        texts = [(c, text) for c, text in texts if c.added or c.removed]
        records, classes = self._records(texts)
        self._keep_sources([change.source for change, _text in texts])
        entries = [
            Made(
                self.next_change + offset,
                records[change.record],
                self.sources[change.source.iri],
                change.source.kind.level,
                text,
            )
            for offset, (change, text) in enumerate(texts)
        ]
        self.sheets.write(self.number, entries)
        self.next_change += len(entries)
        touched = {
            change.record: records[change.record]
            for change, text in texts
            if classes.get(change.record) is not text and _speaks_of_class(text)
        }
        classify(self.connection, touched)

    def _records(
        self, texts: list[tuple[Change, ChangeText]]
    ) -> tuple[dict[str, int], dict[str, ChangeText]]:
        """Return the ids of records, made where new, and what gave new ones a class."""
        wanted = list(dict.fromkeys(change.record for change, _text in texts))
        columns = select(RECORD.c.iri, RECORD.c.id).where(RECORD.c.iri.in_(wanted))
        known = {row.iri: row.id for row in self.connection.execute(columns)}
        first = next_id(self.connection, RECORD)
        missing = [iri for iri in wanted if iri not in known]
        plain = _first_plain_texts(texts, set(missing))
        rows = [
            {
                "id": first + offset,
                "iri": iri,
                "class_iri": class_of(iri, plain[iri].added) if iri in plain else None,
            }
            for offset, iri in enumerate(missing)
        ]
        if rows:
            self.connection.execute(insert(RECORD), rows)
        known |= {row["iri"]: row["id"] for row in rows}
        return known, plain

    def _keep_sources(self, sources: list[Source]) -> None:
        wanted = {s.iri: s for s in sources if s.iri not in self.sources}
        columns = select(SOURCE.c.iri, SOURCE.c.id).where(SOURCE.c.iri.in_(wanted))
        rows = self.connection.execute(columns)
        self.sources = {
            source.iri: self.sources[source.iri]
            for source in sources
            if source.iri in self.sources
        }
        self.sources |= {row.iri: row.id for row in rows}
        first = next_id(self.connection, SOURCE)
        new = [source for source in wanted.values() if source.iri not in self.sources]
        if new:
            made = self.connection
            rows_of_new = [_source_row(made, s, first + n) for n, s in enumerate(new)]
            made.execute(insert(SOURCE), rows_of_new)
        self.sources |= {source.iri: first + n for n, source in enumerate(new)}


def _first_plain_texts(
    texts: list[tuple[Change, ChangeText]], records: set[str]
) -> dict[str, ChangeText]:
    """Return the first change of each new record, where it removes nothing."""
    found: dict[str, ChangeText] = {}
    for change, text in texts:
        if change.record in records:
            found.setdefault(change.record, text)
    return {iri: text for iri, text in found.items() if text.is_plain}


def _speaks_of_class(text: ChangeText) -> bool:
    both = (text.added_text, text.removed_text)
    return any(_TYPE in lines or _REMOVED in lines for lines in both)


def classify(connection: Connection, records: dict[str, int]) -> None:
    """Keep the effective class of these records (IRI to id), NULL where removed."""
    states = Reader(connection).states(list(records.values()))
    rows = [
        {"key": records[state.iri], "class": class_of(state.iri, state.lines())}
        for state in states.values()
    ]
    if rows:
        statement = (
            update(RECORD)
            .where(RECORD.c.id == bindparam("key"))
            .values(class_iri=bindparam("class"))
        )
        connection.execute(statement, rows)


def class_of(iri: str, lines: list[str]) -> str | None:
    """Return the class of a record by its effective lines, None where it has none."""
    start = f"<{iri}>{_TYPE}<"
    found = [line[len(start) : -3] for line in lines if line.startswith(start)]
    return min(found) if found else None


def keep_source(connection: Connection, source: Source) -> int:
    """Return the id of a source, kept at its first use."""
    known = source_id_of(connection, source.iri)
    if known is not None:
        return known
    new = next_id(connection, SOURCE)
    connection.execute(insert(SOURCE), _source_row(connection, source, new))
    return new


def _source_row(
    connection: Connection, source: Source, source_id: int
) -> dict[str, Any]:
    is_person = source.kind is SourceKind.PERSON
    label = actors.id_of(connection, source.label) if is_person else source.label
    return {
        "id": source_id,
        "iri": source.iri,
        "kind": str(source.kind),
        "label": label,
        "sha256": source.sha256,
        "time": source.time,
    }


def source_id_of(connection: Connection, iri: str) -> int | None:
    """Return the id of a source, or None where it never said anything."""
    statement = select(SOURCE.c.id).where(SOURCE.c.iri == iri)
    return connection.execute(statement).scalar()


def history(connection: Connection, record_iri: str) -> list[HistoryEntry]:
    """Return all changes of a record, oldest first.

    Raises :class:`~fair_imagic.errors.NotFoundError` where there is no such record.
    """
    found = connection.execute(
        select(CHANGE, CHANGE_SET, SOURCE)
        .join(CHANGE_SET, CHANGE_SET.c.number == CHANGE.c.number)
        .join(SOURCE, SOURCE.c.id == CHANGE.c.source_id)
        .join(RECORD, RECORD.c.id == CHANGE.c.record_id)
        .where(RECORD.c.iri == record_iri)
        .order_by(CHANGE.c.id)
    ).mappings()
    rows = found.all()
    if not rows:
        raise NotFoundError(_("There is no such record"), found=record_iri)
    changes = {
        row[CHANGE.c.id]: (row[CHANGE.c.text], row[CHANGE.c.sheet]) for row in rows
    }
    made = sheets.with_sheets(connection, changes)
    names = actors.names(connection)
    return [_history_entry(row, made[row[CHANGE.c.id]], names) for row in rows]


def _history_entry(row: Any, text: ChangeText, names: dict[str, str]) -> HistoryEntry:
    return HistoryEntry(
        number=row[CHANGE_SET.c.number],
        author=actors.name_in(names, row[CHANGE_SET.c.author]),
        reason=row[CHANGE_SET.c.reason],
        time=row[CHANGE_SET.c.time],
        inverse_of=row[CHANGE_SET.c.inverse_of],
        source=source_of(row, names),
        added=tuple(map(triple_of, text.added)),
        removed=tuple(map(triple_of, text.removed)),
    )


def source_of(row: Any, names: dict[str, str]) -> Source:
    """Return the source that a row of the sources' table describes.

    ``names`` are those of actors: what a person says is known by who it is.
    """
    return Source(
        iri=row[SOURCE.c.iri],
        kind=SourceKind(row[SOURCE.c.kind]),
        label=actors.name_in(names, row[SOURCE.c.label]),
        sha256=row[SOURCE.c.sha256],
        time=row[SOURCE.c.time],
    )
