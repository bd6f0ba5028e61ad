"""People, organisations and samples named in a form: who is there, and who is new."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.entry import NewName

__all__ = ["Entered", "Row", "entered", "field_of"]

NEW = "new"
_PART = re.compile(r":(?:name|identifier|asked|is:[0-9]+)\Z")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A name that was typed, with its identifier, and who that is.

    ``meant`` is ``new``, or what names a record that is there, empty while nobody has
    said. ``doubt`` is what the page asks then.
    """

    name: str = ""
    identifier: str = ""
    meant: str = ""
    doubt: NewName | None = None

    @property
    def words(self) -> str:
        """Name and identifier in one line."""
        return " ".join(filter(None, (self.name, self.identifier)))

    @property
    def text(self) -> str:
        """The row as the door of values reads it."""
        if self.meant == NEW:
            return f"new: {self.words}"
        return self.meant or self.words


@dataclass(frozen=True, kw_only=True)
class Entered:
    """All that a form said for one field: records that were chosen, names typed."""

    chosen: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def text(self) -> str:
        """The field as the door of values reads it; empty where nothing was said."""
        typed = (row.text for row in self.rows if row.words)
        return "; ".join((*self.chosen, *typed))

    def asking(self, names: Sequence[NewName]) -> Entered:
        """Return the same with the question who each of these names is."""
        doubts = {" ".join(name.words.split()): name for name in names}
        rows = (
            replace(row, doubt=doubts.get(" ".join(row.words.split()), row.doubt))
            for row in self.rows
        )
        return replace(self, rows=tuple(rows))


def entered(field: str) -> Entered:
    """Return what the form that was sent says for a field (the macro ``picker``).

    Who a name is counts only while the name is still the one that was asked about.
    """
    form = request.form
    names = form.getlist(f"{field}:name")
    identifiers = form.getlist(f"{field}:identifier")
    asked = form.getlist(f"{field}:asked")
    rows = []
    for number, name in enumerate(names):
        row = Row(
            name=name.strip(), identifier=_nth(identifiers, number).strip(), meant=""
        )
        if row.words and _nth(asked, number) == row.words:
            row = replace(row, meant=form.get(f"{field}:is:{number}", "").strip())
        rows.append(row)
    chosen = (one.strip() for one in form.getlist(field))
    return Entered(chosen=tuple(filter(None, chosen)), rows=tuple(rows))


def field_of(key: str) -> str:
    """Return the field that a key of a form is a part of, or is."""
    return _PART.sub("", key)


def _nth(texts: Sequence[str], number: int) -> str:
    return texts[number] if number < len(texts) else ""
