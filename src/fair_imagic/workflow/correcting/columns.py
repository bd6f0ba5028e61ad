"""The columns of the table of points: what people read, and hidden keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.i18n import both, current_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "KEYS",
    "NEW",
    "Column",
    "columns",
    "heading_of",
    "keys_by_heading",
    "keys_of",
]

NEW = "new"
# Hidden: what the table needs to find its way back. Their headings are not translated.
KEYS = ("set", "version", "codes", "thing id", "property", "seen")


@dataclass(frozen=True)
class Column:
    """A column: its key, its heading by language, its width in characters."""

    key: str
    heading: Mapping[str, str]
    width: int

    @property
    def title(self) -> str:
        """Return the heading in the language in use."""
        return self.heading[current_language()]


def columns() -> tuple[Column, ...]:
    """Return the columns that people see, in their order."""
    return (
        Column("thing", both("Image or record"), 30),
        Column("file", both("File"), 28),
        Column("field", both("Field"), 24),
        Column("weight", both("Weight"), 13),
        Column("wrong", both("What is wrong"), 46),
        Column("expected", both("What is expected"), 40),
        Column("why", both("Why it matters"), 40),
        Column("found", both("Found"), 24),
        Column("origin", both("Where it comes from"), 30),
        Column("proposed", both("Proposed value"), 28),
        Column("source", both("Source of the proposal"), 36),
        Column(NEW, both("New value"), 32),
    )


def heading_of(key: str) -> str:
    """Return the heading of a column in the language in use; hidden ones have one."""
    return next((one.title for one in columns() if one.key == key), key)


def keys_by_heading() -> dict[str, str]:
    """Return the key of each column by its headings, in small letters."""
    known = {key: key for key in KEYS}
    for column in columns():
        known |= {text.casefold(): column.key for text in column.heading.values()}
    return known


def keys_of(headings: Sequence[str]) -> dict[str, int]:
    """Return the place of each column that a row of headings names, in any language."""
    known = keys_by_heading()
    found: dict[str, int] = {}
    for number, heading in enumerate(headings):
        key = known.get(" ".join(heading.split()).casefold())
        if key is not None:
            found.setdefault(key, number)
    return found
