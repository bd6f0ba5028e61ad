"""Changes: what one source adds to and removes from one record."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from fair_imagic.catalogue.compression import pack, unpack
from fair_imagic.catalogue.line import line_of, sorted_lines
from fair_imagic.rdf import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

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
    ``inverse_of`` is the number of the change set that this one takes back. ``seen`` is
    the number of the last one that its author has seen: what a later one says of the
    same values is then not overwritten.
    """

    author: str
    reason: str
    changes: Iterable[Change]
    inverse_of: int | None = None
    seen: int | None = None


@dataclass(frozen=True)
class ChangeText:
    """A change as the journal keeps it: lines, and one place for each added line.

    Kept as whole texts, which are taken apart when somebody asks for lines.
    """

    added_text: str
    removed_text: str = ""
    places_text: str = ""

    @classmethod
    def of(cls, change: Change) -> ChangeText:
        """Return the text of a change.

        Raises :class:`~fair_imagic.errors.InputError` for a malformed statement.
        """
        added = sorted_lines(change.added, record_iri=change.record)
        removed = sorted_lines(change.removed, record_iri=change.record)
        if not change.places:
            return cls.of_lines(added, removed)
        named = {line_of(t): place for t, place in change.places.items()}
        places = [" ".join(named.get(line, "").splitlines()) for line in added]
        return cls.of_lines(added, removed, places if any(places) else ())

    @classmethod
    def of_lines(
        cls,
        added: Sequence[Line],
        removed: Sequence[Line] = (),
        places: Sequence[str] = (),
    ) -> ChangeText:
        """Return the text of these lines."""
        return cls("\n".join(added), "\n".join(removed), "\n".join(places))

    @classmethod
    def unpacked(cls, data: bytes) -> ChangeText:
        """Return what :meth:`packed` was given."""
        return cls.of_text(unpack(data))

    @classmethod
    def of_text(cls, text: str) -> ChangeText:
        """Return the change that has this :attr:`whole` text."""
        return cls(*text.split("\n\n", 2))

    @property
    def whole(self) -> str:
        """The change as one text."""
        return "\n\n".join((self.added_text, self.removed_text, self.places_text))

    def packed(self) -> bytes:
        """Return the change as compressed bytes."""
        return pack(self.whole)

    @cached_property
    def added(self) -> list[Line]:
        """The lines that were added."""
        return _lines(self.added_text)

    @cached_property
    def removed(self) -> list[Line]:
        """The lines that were removed."""
        return _lines(self.removed_text)

    @cached_property
    def places(self) -> list[str]:
        """Where the added lines come from; empty where no place is known."""
        return _lines(self.places_text)

    @property
    def is_plain(self) -> bool:
        """Whether it adds statements and takes nothing away."""
        return not self.removed_text and REMOVED not in self.added_text

    def rewritten(self, rewrite: Callable[[Line], Line]) -> ChangeText:
        """Return the change with each line rewritten, its lines in order again."""
        added = [rewrite(line) for line in self.added]
        removed = [rewrite(line) for line in self.removed]
        if added == self.added and removed == self.removed:
            return self
        both = sorted(zip(added, self.places or [""] * len(added), strict=True))
        return ChangeText.of_lines(
            [line for line, _place in both],
            sorted(removed),
            [place for _line, place in both] if any(self.places) else (),
        )

    def inverse(self) -> ChangeText:
        """Return the change that takes this one back."""
        return ChangeText(self.removed_text, self.added_text)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []
