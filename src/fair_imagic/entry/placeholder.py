"""Texts that stand where nobody wrote anything: no name, no value."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["is_nothing", "is_stand_in", "named"]

_NOTHING = re.compile(
    r"\(?:?(?:none|null|nan|nil|undefined|unav|unal|unap|unas|n\.?[/.]a\.?)\)?",
    re.IGNORECASE,
)
_STAND_IN = re.compile(
    r"\(?:?(?:unkn|tba|tbd|etal)\)?|n\.?a\.?"
    r"|to be (?:done|determined|announced|completed)|todo|xxx+|test"
    r"|untitled|unknown|lorem ipsum.*|à (?:compléter|définir|remplir|préciser)"
    r"|sans titre|inconnue?",
    re.IGNORECASE | re.DOTALL,
)
# punctuation, separators, control characters: in a name of these alone nothing is said
_UNSAID = frozenset("PZC")


def is_nothing(text: str) -> bool:
    """Return whether a text says nothing: signs alone, or a program's word for none."""
    bare = text.strip()
    if all(unicodedata.category(sign)[0] in _UNSAID for sign in bare):
        return True
    return _NOTHING.fullmatch(bare) is not None


def is_stand_in(text: str) -> bool:
    """Return whether a text only keeps a place, as ``TBD`` does, or says nothing."""
    return is_nothing(text) or _STAND_IN.fullmatch(text.strip()) is not None


def named(text: str | None) -> str:
    """Return a name, or nothing where the text is none (``,`` or ``None``)."""
    return "" if text is None or is_nothing(text) else text.strip()
