"""What a reading must know of records: a protocol, bound to the thing described."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from fair_imagic.model.slots import Slot

__all__ = ["Candidate", "Names", "NoNames"]


@dataclass(frozen=True)
class Candidate:
    """A record or part that a text may mean: its IRI, what to write, what it is called.

    ``exact`` tells that the text is one of its own names.
    """

    iri: str
    name: str
    label: str
    exact: bool = True


class Names(Protocol):
    """The records that texts may name, as they are seen from one subject."""

    def find(self, slot: Slot, text: str) -> tuple[Candidate, ...]:
        """Return what a text may mean in a field, the exact ones first."""

    def choices(self, slot: Slot) -> tuple[Candidate, ...]:
        """Return what a field can hold; empty where that is no closed list."""

    def label(self, iri: str, language: str) -> str:
        """Return what a record is called."""


class NoNames:
    """No record at all: for texts that are read outside a data folder."""

    def find(self, slot: Slot, text: str) -> tuple[Candidate, ...]:
        """Return nothing."""
        return ()

    def choices(self, slot: Slot) -> tuple[Candidate, ...]:
        """Return nothing."""
        return ()

    def label(self, iri: str, language: str) -> str:
        """Return the last part of the identifier."""
        return iri.rstrip("/").rpartition("/")[2]
