"""A snapshot as data of the engine."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl import DataGraph
from fair_imagic.rdf import PREFIXES, Term, Triple, terms_of_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from fair_imagic.model import Snapshot

__all__ = ["DataSnapshot"]


class DataSnapshot(DataGraph):
    """The statements of a snapshot, its context too, taken from its text."""

    def __init__(
        self, snapshot: Snapshot, *, prefixes: Mapping[str, str] = PREFIXES
    ) -> None:
        super().__init__((), prefixes=prefixes)
        self._snapshot = snapshot
        self._texts = (*snapshot.own_texts, *snapshot.context_texts)

    @property
    def triples(self) -> tuple[Triple, ...]:
        """All statements, own ones first."""
        return (*self._snapshot.own, *self._snapshot.context)

    @property
    def size(self) -> int:
        """The number of statements."""
        return sum(text.count("\n") for _begin, text in self._texts)

    def hand_on(self, take: Callable[[Iterable[Sequence[Term]]], None]) -> None:
        """Hand all statements to somebody who takes them in, record by record."""
        take(chain.from_iterable(terms_of_lines(text) for _begin, text in self._texts))
