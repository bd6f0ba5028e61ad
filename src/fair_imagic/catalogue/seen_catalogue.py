"""The catalogue as somebody sees it: what is hidden from them is not there."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING

from fair_imagic.catalogue import undo as undoing
from fair_imagic.catalogue.catalogue import Catalogue
from fair_imagic.rdf import is_iri, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from fair_imagic.catalogue.answer import Answer
    from fair_imagic.catalogue.change import ChangeSet
    from fair_imagic.catalogue.query import QueryResult, Row
    from fair_imagic.catalogue.questions import Scope
    from fair_imagic.catalogue.sight import Sight

__all__ = ["SeenCatalogue"]

_AT_ONCE = 2000


class SeenCatalogue(Catalogue):
    """A catalogue behind a sight: lists leave out what is hidden, changes are judged.

    Records of known IRIs are read whole: what leads to an IRI is what was seen. SPARQL
    of this somebody is answered by the public store alone: no query is ever rewritten.
    """

    def __init__(self, whole: Catalogue, sight: Sight) -> None:
        self.__dict__.update(whole.__dict__)
        self._whole = whole
        self.sight = sight
        self._sight = sight

    @property
    def whole(self) -> Catalogue:
        """All of it, whoever looks."""
        return self._whole

    def append(self, change_set: ChangeSet, *, within: Connection | None = None) -> int:
        """Keep a change set that is this somebody's to make; see :class:`Catalogue`."""
        changes = tuple(change_set.changes)
        made = self._sight.judge(changes)
        judged = dataclasses.replace(change_set, changes=changes)
        if within is not None:
            return self._keep(judged, made, within)
        with self.database.transaction() as connection:
            return self._keep(judged, made, connection)

    def _keep(
        self, change_set: ChangeSet, made: frozenset[str], connection: Connection
    ) -> int:
        number = self._whole.append(change_set, within=connection)
        self._sight.keep(connection, made)
        return number

    def undo(self, number: int, *, author: str) -> int:
        """Take a change set back where all of it is this somebody's to change."""
        self._sight.refuse_records(undoing.records_of(self.database, number))
        return self._whole.undo(number, author=author)

    def records(self, class_iri: str) -> list[str]:
        """Return the records of a class that are seen, sorted."""
        return self._only_seen(self._whole.records(class_iri))

    def records_under(self, start: str) -> list[str]:
        """Return the records that are seen whose IRI begins so."""
        return self._only_seen(self._whole.records_under(start))

    def last_changes(self, class_iris: Sequence[str]) -> dict[str, int]:
        """Return the last change of each record of some classes that is seen."""
        changes = self._whole.last_changes(class_iris)
        return {record: changes[record] for record in self._only_seen(list(changes))}

    def count(self, class_iri: str) -> int:
        """Return how many records of a class are seen."""
        return len(self.records(class_iri))

    def sets_reaching(self, records: Collection[str]) -> list[str]:
        """Return the sets that are seen and own or look at one of these records."""
        return self._only_seen(self._whole.sets_reaching(records))

    def _only_seen(self, records: list[str]) -> list[str]:
        seen = self._sight.seen(records)
        return [record for record in records if record in seen]

    def rows(self, sparql: str) -> Iterator[Row]:
        """Yield the rows of a SELECT over everything that name nothing hidden.

        What a row only counts is not looked at: count what was listed.
        """
        every = self._whole.rows(sparql)
        while page := list(itertools.islice(every, _AT_ONCE)):
            named = {text_of(t) for row in page for t in row if t and is_iri(t)}
            hidden = named - self._sight.seen(named)
            for row in page:
                if not any(t and is_iri(t) and text_of(t) in hidden for t in row):
                    yield row

    def query(
        self,
        sparql: str,
        *,
        scope: Scope = "internal",
        timeout_s: float | None = None,
    ) -> QueryResult:
        """Return the public store's answer to somebody's query."""
        return self._whole.query(sparql, scope="public", timeout_s=timeout_s)

    def ask(
        self,
        sparql: str,
        *,
        scope: Scope = "internal",
        timeout_s: float | None = None,
        is_wanted: Callable[[], bool] | None = None,
    ) -> AbstractContextManager[Answer]:
        """Give the public store's answer to somebody's query row by row."""
        return self._whole.ask(
            sparql, scope="public", timeout_s=timeout_s, is_wanted=is_wanted
        )
