"""Changes: what one source adds to and removes from one record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.catalogue.compression import pack, unpack
from fair_imagic.catalogue.line import line_of, sorted_lines
from fair_imagic.rdf import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fair_imagic.catalogue.line import Line
    from fair_imagic.catalogue.source import Source
    from fair_imagic.rdf import Triple

__all__ = [
    "RECORD_REMOVED",
    "REMOVED",
    "Change",
    "ChangeSet",
    "ChangeText",
    "removal_of",
    "tombstone",
]

REMOVED = f"<{expand('fi:removed')}>"
"""Predicate of a tombstone; its value is the predicate that loses its values."""

RECORD_REMOVED = f"<{expand('fi:Record')}>"
"""Value of a tombstone that removes a whole record."""


def tombstone(subject: str, predicate: str) -> Triple:
    """Return the statement by which a source removes a value (terms, not texts)."""
    return (subject, REMOVED, predicate)


def removal_of(record_iri: str) -> Triple:
    """Return the statement by which a source removes a whole record."""
    return (f"<{record_iri}>", REMOVED, RECORD_REMOVED)


@dataclass(frozen=True)
class Change:
    """What one source adds to and removes from one record.

    ``places`` tells for added statements where in the source they come from.
    """

    record: str
    source: Source
    added: frozenset[Triple] = frozenset()
    removed: frozenset[Triple] = frozenset()
    places: Mapping[Triple, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ChangeSet:
    """Changes that belong together: one author, one reason, all or nothing.

    ``changes`` may be a generator: an import of a million images is never in memory.
    ``inverse_of`` is the number of the change set that this one takes back.
    """

    author: str
    reason: str
    changes: Iterable[Change]
    inverse_of: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeText:
    """A change as the journal keeps it: lines, and one place for each added line."""

    added: list[Line]
    removed: list[Line]
    places: list[str]

    @classmethod
    def of(cls, change: Change) -> ChangeText:
        """Return the text of a change.

        Raises :class:`~fair_imagic.errors.InputError` for a malformed statement.
        """
        added = sorted_lines(change.added, record_iri=change.record)
        removed = sorted_lines(change.removed, record_iri=change.record)
        if not change.places:
            return cls(added, removed, [])
        named = {line_of(t): place for t, place in change.places.items()}
        places = [" ".join(named.get(line, "").splitlines()) for line in added]
        return cls(added, removed, places if any(places) else [])

    @classmethod
    def unpacked(cls, data: bytes) -> ChangeText:
        """Return what :meth:`packed` was given."""
        added, removed, places = unpack(data).split("\n\n", 2)
        return cls(
            added.split("\n") if added else [],
            removed.split("\n") if removed else [],
            places.split("\n") if places else [],
        )

    def packed(self) -> bytes:
        """Return the change as compressed bytes."""
        parts = (self.added, self.removed, self.places)
        return pack("\n\n".join("\n".join(lines) for lines in parts))

    def inverse(self) -> ChangeText:
        """Return the change that takes this one back."""
        return ChangeText(self.removed, self.added, [])
