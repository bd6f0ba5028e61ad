"""What a preview is made of: new values, and wishes that are left out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fair_imagic.entry import Reading

__all__ = ["Alike", "Item", "Left"]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One field of one thing that gets a new value: before, after, and why.

    ``record`` names the record that the thing belongs to, ``thing`` a part of it
    (empty for the record itself); ``exact`` is before and after with every digit,
    ``reading`` is what is kept, ``note`` says how the text was understood.
    """

    subject: str
    record: str
    thing: str
    path: str
    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    source: str
    confidence: str
    codes: tuple[str, ...]
    place: str
    reading: Reading
    exact: tuple[tuple[str, ...], tuple[str, ...]]
    note: str = ""

    @property
    def change(self) -> tuple[object, ...]:
        """Return what is changed and why, whatever the record."""
        return (self.path, self.thing, self.exact, self.source)


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Items that make the same change in several records; they share one key."""

    items: tuple[Item, ...]

    @property
    def first(self) -> Item:
        """Return the item that gives the group its texts."""
        return self.items[0]

    @property
    def key(self) -> str:
        """Return a short name; another change, or other records, have another one."""
        text = repr((self.first.change, [item.subject for item in self.items]))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class Left:
    """A wish that is left out because the data changed since, and how."""

    label: str
    field: str
    text: str
    reason: str
    place: str = ""
