"""Reading records from the journal, many at a time."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlalchemy import select

from fair_imagic.catalogue import sheets
from fair_imagic.catalogue.change import ChangeText
from fair_imagic.catalogue.source import SourceKind
from fair_imagic.catalogue.state import Entry, RecordState
from fair_imagic.catalogue.tables import CHANGE, CHECKPOINT, RECORD, SOURCE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection

    from fair_imagic.catalogue.line import Line

__all__ = ["PAGE", "Reader"]

PAGE = 500
"""How many records are read, written or projected at a time."""


class Reader:
    """Reads states of records over one connection, as of one change.

    ``upto`` is the id of the last change that is seen; None sees all. With ``since``,
    :attr:`before` holds the effective lines that records had after that change.
    :attr:`sheets` holds the hashes of the sheets of people who were read, by IRI, and
    :attr:`sheets_before` the same as of ``since``, by id.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        upto: int | None = None,
        since: int | None = None,
        checkpoints: bool = True,
    ) -> None:
        self.connection = connection
        self.upto = upto
        self.since = since
        self.checkpoints = checkpoints
        self.before: dict[int, list[Line]] = {}
        self.sheets: dict[str, str] = {}
        self.sheets_before: dict[int, str] = {}

    def ids(self, iris: Sequence[str]) -> dict[str, int]:
        """Return the ids of those records that exist, at most ``PAGE`` at a time."""
        statement = select(RECORD.c.iri, RECORD.c.id).where(RECORD.c.iri.in_(iris))
        return {row.iri: row.id for row in self.connection.execute(statement)}

    def states(self, record_ids: Sequence[int]) -> dict[int, RecordState]:
        """Return the states of these records, at most ``PAGE`` at a time."""
        statement = select(RECORD.c.id, RECORD.c.iri).where(RECORD.c.id.in_(record_ids))
        rows = self.connection.execute(statement)
        return self._states({row.id: row.iri for row in rows})

    def state(self, record_iri: str) -> RecordState | None:
        """Return the state of one record, or None where it never existed."""
        return next(iter(self._states_of([record_iri])), None)

    def effective_lines(self, iris: Sequence[str]) -> dict[str, list[Line]]:
        """Return the effective lines of those of these records that exist."""
        return {state.iri: state.lines() for state in self._states_of(iris)}

    def effective_texts(self, iris: Sequence[str]) -> dict[str, str]:
        """Return the effective text of those of these records that exist."""
        return {state.iri: state.text() for state in self._states_of(iris)}

    def effective_pages(self, iris: Iterable[str]) -> Iterator[dict[str, list[Line]]]:
        """Yield the effective lines of any number of records, page by page."""
        rest = iter(iris)
        while page := list(itertools.islice(rest, PAGE)):
            yield self.effective_lines(page)

    def pages(self, *, after: int = 0) -> Iterator[dict[int, RecordState]]:
        """Yield the states of all records in the order of their ids."""
        while True:
            statement = select(RECORD.c.id).where(RECORD.c.id > after)
            statement = statement.order_by(RECORD.c.id).limit(PAGE)
            page = self.connection.execute(statement).scalars().all()
            if not page:
                return
            yield self.states(page)
            after = page[-1]

    def _states_of(self, iris: Sequence[str]) -> Collection[RecordState]:
        return self._states({key: iri for iri, key in self.ids(iris).items()}).values()

    def _states(self, names: Mapping[int, str]) -> dict[int, RecordState]:
        """Return the states of records by their ids, whose IRIs are known."""
        found = self._checkpoints(list(names)) if self.checkpoints else {}
        rest = [record_id for record_id in names if record_id not in found]
        if rest:
            found |= {record_id: RecordState(names[record_id]) for record_id in rest}
            self._replay(found, CHANGE.c.record_id.in_(rest))
        return found

    def _checkpoints(self, record_ids: Sequence[int]) -> dict[int, RecordState]:
        statement = (
            select(CHECKPOINT, RECORD.c.iri)
            .join(RECORD, RECORD.c.id == CHECKPOINT.c.record_id)
            .where(CHECKPOINT.c.record_id.in_(record_ids))
        )
        limits = [limit for limit in (self.upto, self.since) if limit is not None]
        if limits:
            statement = statement.where(CHECKPOINT.c.change_id <= min(limits))
        found = {}
        for row in self.connection.execute(statement).all():
            state = RecordState.unpacked(row.iri, row.state, change_id=row.change_id)
            found[row.record_id] = state
            later = CHANGE.c.id > row.change_id
            self._replay(found, (CHANGE.c.record_id == row.record_id) & later)
        return found

    def _replay(
        self, states: dict[int, RecordState], condition: ColumnElement[bool]
    ) -> None:
        columns = (CHANGE.c.id, CHANGE.c.record_id, CHANGE.c.source_id, CHANGE.c.text)
        statement = (
            select(*columns, CHANGE.c.sheet, SOURCE.c.kind)
            .join(SOURCE, SOURCE.c.id == CHANGE.c.source_id)
            .where(condition)
            .order_by(CHANGE.c.id)
        )
        if self.upto is not None:
            statement = statement.where(CHANGE.c.id <= self.upto)
        rows = self.connection.execute(statement).all()
        people = {row[0]: (row[3], row[4]) for row in rows if row[4] is not None}
        made = sheets.with_sheets(self.connection, people) if people else {}
        for change_id, record_id, source_id, data, sheet, kind in rows:
            text = made.get(change_id) or ChangeText.unpacked(data)
            entry = Entry(change_id, source_id, SourceKind(kind).level, text, sheet)
            state = states[record_id]
            if self.since is not None and state.change_id <= self.since < change_id:
                self.before[record_id] = state.lines() if state.change_id else []
                self.sheets_before[record_id] = state.sheet
            state.replay(entry)
            if sheet is not None:
                self.sheets[state.iri] = state.sheet
