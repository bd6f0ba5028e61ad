"""French punctuation in HTML: no line begins with a colon or ends with a guillemet."""

from __future__ import annotations

import re

__all__ = ["with_hard_spaces"]

_TEXTS = re.compile(r"(?<=>)[^<]+")
_BEFORE = re.compile(r" (?=[:;?!»])")
_AFTER = re.compile(r"(?<=«) ")


def with_hard_spaces(html: str) -> str:
    """Return HTML whose texts have no-break spaces at French punctuation."""
    return _TEXTS.sub(lambda text: _hardened(text[0]), html)


def _hardened(text: str) -> str:
    return _AFTER.sub("\xa0", _BEFORE.sub("\xa0", text))
