"""A contradiction between a file and a microscope record, in words."""

from __future__ import annotations

import re

from fair_imagic.entry.rounding import rounded
from fair_imagic.i18n import _, current_language
from fair_imagic.model.slots import slot_for_field

__all__ = ["contradiction_words"]

# as the mapping keeps it, the same in any language: LensNA: 1.2 | 0.6, 0.8
_KEPT = re.compile(r"(\w+): (\S+) \| (.+)")


def contradiction_words(text: str) -> str:
    """Return what the file and the record say of a field; other text as it is."""
    match = _KEPT.fullmatch(text)
    slot = slot_for_field("Objective", match[1]) if match else None
    if match is None or slot is None:
        return text
    held = ", ".join(rounded(one) for one in match[3].split(", "))
    words = _("{field}: {file} in the file, {record} in the microscope record")
    return words.format(
        field=slot.label.get(current_language()) or slot.name,
        file=rounded(match[2]),
        record=held,
    )
