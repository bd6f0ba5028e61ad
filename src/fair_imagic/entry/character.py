"""Characters that nobody sees, and how they are shown."""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "has_control",
    "invisible_in",
    "visible",
    "without_control",
    "without_invisible",
]

# What XML cannot carry, and the other control characters but tab and line ends.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Marks and overrides of writing direction, joiners, spaces without width.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)


def has_control(text: str) -> bool:
    """Return whether a text has a control character, or one that XML cannot carry."""
    return _CONTROL.search(text) is not None


def without_control(text: str) -> str:
    """Return a text without control characters; a blank stands for them."""
    return re.sub(rf" *{_CONTROL.pattern}+ *", " ", text).strip()


def invisible_in(text: str) -> str:
    """Return the invisible characters of a text by code (``U+200F``), each once."""
    codes = dict.fromkeys(f"U+{ord(one):04X}" for one in _INVISIBLE.findall(text))
    return ", ".join(codes)


def without_invisible(text: str) -> str:
    """Return a text without invisible characters."""
    return _INVISIBLE.sub("", text)


def visible(text: str) -> str:
    r"""Return a text with what nobody sees in it written as ``\u200f``."""
    return "".join(
        f"\\u{ord(one):04x}"
        if unicodedata.category(one) in ("Cc", "Cf") and one not in "\n\t"
        else one
        for one in text
    )
