"""Characters that nobody sees, and how they are shown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = [
    "Cleaned",
    "cleaned",
    "has_control",
    "invisible_in",
    "visible",
    "without_control",
    "without_invisible",
]

# What XML cannot carry, and the other control characters but tab and line ends.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Between letters of these (Arabic, Syriac, the scripts of India) a joiner changes how a
# word is written.
_JOINED = "[\u0600-\u0dff]"
# Marks and overrides of writing direction, joiners, spaces without width, fillers.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
    f"|(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})"
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
        f"\\u{ord(one):04x}" if _is_unseen(one) and one not in "\n\t" else one
        for one in text
    )


@dataclass(frozen=True)
class Cleaned:
    """A text of one line as people see it; ``shown`` has escapes for what was taken.

    ``shown`` is empty where nothing was.
    """

    text: str
    shown: str = ""


def cleaned(text: str) -> Cleaned:
    """Return a text without what nobody sees, composed, with single blanks."""
    seen = " ".join(unicodedata.normalize("NFC", without_invisible(text)).split())
    return Cleaned(seen, visible(text).strip() if invisible_in(text) else "")


def _is_unseen(character: str) -> bool:
    is_format = unicodedata.category(character) in ("Cc", "Cf")
    return is_format or _INVISIBLE.match(character) is not None
