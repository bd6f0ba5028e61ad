"""Free text: kept as it was written, unless no document could carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.character import (
    has_control,
    invisible_in,
    visible,
    without_control,
    without_invisible,
)
from fair_imagic.entry.reading import Option, Reading, Refusal
from fair_imagic.i18n import both
from fair_imagic.model.view import term_for

if TYPE_CHECKING:
    from fair_imagic.model.slots import Slot

__all__ = ["LONGEST", "read_text"]

LONGEST = 20_000
"""A text of more characters than this belongs into a file."""

_SHOWN = 60


def read_text(slot: Slot, text: str) -> Reading | Refusal:
    """Read a text; invisible characters in it are told."""
    if len(text) > LONGEST:
        return Refusal(
            message=both("The text is longer than {count} characters", count=LONGEST),
            found=text[:80],
        )
    if has_control(text):
        return Refusal(
            message=both("This holds control characters, which no document can carry"),
            found=text,
            choices=(Option(text=without_control(text)[:LONGEST]),),
        )
    codes = invisible_in(text)
    if codes and not without_invisible(text).strip():
        return Refusal(
            message=both("Nobody sees anything of this ({codes})", codes=codes),
            found=visible(text[:_SHOWN]),
        )
    note: dict[str, str] = {}
    if codes:
        note = both(
            "holds characters that nobody sees ({codes}): {text}",
            codes=codes,
            text=visible(text[:_SHOWN]),
        )
    return Reading(terms=((slot.iri, term_for(slot, text)),), note=note, text=text)
