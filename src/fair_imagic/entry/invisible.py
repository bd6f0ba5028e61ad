"""Characters that nobody sees in a text: taken out, and shown for what they are.

Pasted from a page or a mail, they make two texts differ that look alike.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

__all__ = ["Cleaned", "cleaned"]

# Fillers that Unicode counts as letters or marks, and that show nothing.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
# They change how Persian, Urdu and the scripts of India are written.
_JOINERS = frozenset("\u200c\u200d")
_JOINED = frozenset(
    (
        "ARABIC", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "KANNADA",
        "MALAYALAM", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Cleaned:
    """A text of one line as people see it; ``shown`` has escapes for what was taken.

    ``shown`` is empty where nothing was.
    """

    text: str
    shown: str = ""


def cleaned(text: str) -> Cleaned:
    """Return a text without what nobody sees, composed, with single blanks."""
    invisible = [_is_invisible(text, place) for place in range(len(text))]
    plain = "".join(c for c, gone in zip(text, invisible, strict=True) if not gone)
    plain = " ".join(unicodedata.normalize("NFC", plain).split())
    if not any(invisible):
        return Cleaned(plain)
    return Cleaned(
        plain,
        "".join(
            _escape(c) if gone else c for c, gone in zip(text, invisible, strict=True)
        ).strip(),
    )


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _is_invisible(text: str, place: int) -> bool:
    character = text[place]
    if character in _JOINERS:
        around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
        return len(around) < 2 or not all(map(_is_of_joined_script, around))
    if character.isspace():
        return False
    category = unicodedata.category(character)
    return category in ("Cc", "Cf", "Cn", "Co", "Cs") or character in _FILLERS


def _is_of_joined_script(character: str) -> bool:
    return unicodedata.name(character, "").partition(" ")[0] in _JOINED
