"""Solutions: rows of terms by name, made longer by hash joins with the index.

A term in a triple pattern is a name that is bound to itself. Names that nothing asks
for any more are dropped at once, and rows that have become equal with them.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from itertools import compress, repeat
from typing import TYPE_CHECKING

from fair_imagic.errors import FairImagicError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.shacl.index import Index, Table
    from fair_imagic.checks.shacl.sparql.group import Step
    from fair_imagic.rdf import Term

__all__ = ["NotJoinedError", "Row", "Solutions", "pick", "solve"]

Row = tuple["Term", ...]


class NotJoinedError(FairImagicError):
    """A plan that is better left to the store. Never reaches a person."""


@dataclass(frozen=True)
class Solutions:
    """Rows, and the names of their columns."""

    names: tuple[str, ...]
    rows: Collection[Row]

    def distinct(self, names: Iterable[str]) -> Solutions:
        """Return the rows of some columns, each once where columns are dropped.

        The columns may come in another order.
        """
        wanted = tuple(names)
        if len(wanted) == len(self.names):
            return self
        return Solutions(wanted, set(self.columns(wanted)))

    def columns(self, names: Sequence[str]) -> Iterator[Row]:
        """Yield every row with some of its columns."""
        return pick(self.rows, [self.names.index(name) for name in names])

    def with_keys(self, names: Sequence[str], keys: AbstractSet[Row]) -> Solutions:
        """Return the rows that have one of these keys in some columns."""
        chosen = map(keys.__contains__, self.columns(names))
        return Solutions(self.names, list(compress(self.rows, chosen)))

    def beside(self, terms: Sequence[Term]) -> Solutions:
        """Return the rows with terms added that are their own names."""
        if not terms:
            return self
        added = tuple(terms)
        return Solutions(self.names + added, [(*row, *added) for row in self.rows])


def pick(rows: Collection[Row], places: Sequence[int]) -> Iterator[Row]:
    """Yield rows with the terms at some places alone."""
    if len(places) > 1:
        return map(operator.itemgetter(*places), rows)
    if not places:
        return repeat((), len(rows))
    return zip(map(operator.itemgetter(places[0]), rows), strict=True)


def solve(
    steps: Sequence[Step],
    index: Index,
    start: Solutions,
    needed: frozenset[str],
) -> Solutions:
    """Return the solutions of triple patterns that begin with these rows.

    ``needed`` are the names to keep. Raises :class:`NotJoinedError` where that would be
    too much to hold, or the patterns do not hang together.
    """
    waiting = [_Edge(step) for step in steps]
    terms = dict.fromkeys(end for edge in waiting for end in edge.terms)
    found = start.beside(tuple(terms))
    while waiting:
        edge = min(waiting, key=lambda one: one.cost(found.names))
        waiting.remove(edge)
        later = needed.union(*(one.names for one in waiting))
        found = _extended(found, edge, index, later)
    return found


class _Edge:
    """A triple pattern whose ends are names."""

    def __init__(self, step: Step) -> None:
        self.predicate = step.predicate
        self.subject, self.value = (
            end.removeprefix("?") for end in (step.subject, step.value)
        )
        self.names = frozenset({self.subject, self.value})
        self.terms = [
            end for end in (step.subject, step.value) if not end.startswith("?")
        ]

    def cost(self, known: Collection[str]) -> int:
        """Return how early it is best walked: both ends known first."""
        return (self.subject not in known) * 2 + (self.value not in known)


def _extended(
    found: Solutions, edge: _Edge, index: Index, later: AbstractSet[str]
) -> Solutions:
    table = index.table(edge.predicate)
    known = found.names
    kept = [name for name in known if name in later]
    limit = max(100_000, index.size)
    if edge.subject in known and edge.value in known:
        subject, value = known.index(edge.subject), known.index(edge.value)
        rows = _having(found.rows, table, subject, value)
        return _kept(Solutions(known, rows), kept)
    if edge.subject in known:
        return _walked(found, table, edge.subject, edge.value, kept, later, limit)
    if edge.value in known:
        inverse = table.inverse
        return _walked(found, inverse, edge.value, edge.subject, kept, later, limit)
    if known:
        raise NotJoinedError("patterns that do not hang together")
    pairs = Solutions((edge.subject, edge.value), list(table.pairs()))
    if edge.subject == edge.value:
        rows = [(one,) for one, other in pairs.rows if one == other]
        pairs = Solutions((edge.subject,), rows)
    return _kept(pairs, [name for name in pairs.names if name in later])


def _having(
    rows: Iterable[Row], table: Table, subject: int, value: int
) -> Collection[Row]:
    one, many = table.one, table.many
    if not many:
        return [row for row in rows if one.get(row[subject]) == row[value]]
    return [row for row in rows if row[value] in table.values(row[subject])]


def _walked(
    found: Solutions,
    table: Table,
    start: str,
    end: str,
    kept: Sequence[str],
    later: AbstractSet[str],
    limit: int,
) -> Solutions:
    """Return the rows walked on from one column through a table."""
    column = map(operator.itemgetter(found.names.index(start)), found.rows)
    if end not in later:
        there = map(table.one.__contains__, column)
        rows = list(compress(found.rows, there))
        return _kept(Solutions(found.names, rows), kept)
    known = found.columns(kept)
    if table.many:
        rows = _all_ways(known, column, table, limit)
    else:
        ends = map(table.one.get, column)
        rows = [
            (*row, value)
            for row, value in zip(known, ends, strict=True)
            if value is not None
        ]
    dropped = len(kept) < len(found.names)
    return Solutions((*kept, end), set(rows) if dropped else rows)


def _all_ways(
    rows: Iterable[Row], starts: Iterable[Term], table: Table, limit: int
) -> list[Row]:
    one, many = table.one, table.many
    found: list[Row] = []
    for row, start in zip(rows, starts, strict=True):
        several = many.get(start)
        if several is not None:
            found.extend([(*row, value) for value in several])
            if len(found) > limit:
                raise NotJoinedError("more solutions than statements")
        elif start in one:
            found.append((*row, one[start]))
    return found


def _kept(found: Solutions, kept: Sequence[str]) -> Solutions:
    if len(kept) == len(found.names):
        return found
    return found.distinct(kept)
