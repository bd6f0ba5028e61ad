"""Bases: what the IRIs of records begin with, inside a data folder and outside of it.

Inside, a record keeps the IRI that it got when it was made: the journal, snapshots and
their hashes never change. Outside, it goes by the base in force, and each base that was
in force before is an alias of it for ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fair_imagic.model.snapshot import Snapshot

__all__ = ["Bases"]

# What may follow a base to the end of a term: nothing, a kind, or a record and its
# part. Pages of the service may begin like the base, and are not renamed.
_REST = r"""(?=(?:[a-z-]+/(?:[a-z0-9._-]+(?:\#[^<>"'\s]*)?)?)?[>"'])"""


@dataclass(frozen=True)
class Bases:
    """All bases of a data folder, in the order in which they came into force."""

    history: tuple[str, ...]

    @property
    def inner(self) -> str:
        """The base that records have inside: the first one, for ever."""
        return self.history[0]

    @property
    def outer(self) -> str:
        """The base in force, by which records go outside."""
        return self.history[-1]

    def inward(self, text: str) -> str:
        """Return RDF terms, a query or a document with the records' own IRIs."""
        return self._inward.sub(self.inner, text) if self._aliases else text

    def outward(self, text: str) -> str:
        """Return RDF terms or a document with the IRIs in force."""
        if self.inner == self.outer:
            return text
        return self._outward.sub(self.outer, text)

    def inward_iri(self, iri: str) -> str:
        """Return the IRI that a record has inside, given by any of its IRIs."""
        return self.inward(f"<{iri}>")[1:-1]

    def outward_iri(self, iri: str) -> str:
        """Return the IRI in force of a record."""
        return self.outward(f"<{iri}>")[1:-1]

    def outward_snapshot(self, snapshot: Snapshot) -> Snapshot:
        """Return a snapshot as it goes outside; it is another one, with its own hash.

        The same object where nothing is renamed.
        """
        if self.inner == self.outer:
            return snapshot
        return snapshot.renamed(self.outward)

    @property
    def _aliases(self) -> tuple[str, ...]:
        # the longest first: one base may begin with another one
        others = set(self.history) - {self.inner}
        return tuple(sorted(others, key=len, reverse=True))

    @cached_property
    def _inward(self) -> re.Pattern[str]:
        return _pattern(self._aliases)

    @cached_property
    def _outward(self) -> re.Pattern[str]:
        return _pattern((self.inner,))


def _pattern(bases: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, bases))
    return re.compile(rf"""(?<=[<"'])(?:{names}){_REST}""")
