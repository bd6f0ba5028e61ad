"""Comparing what two sources call the same thing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from fair_imagic.entry.number import decimal_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["alike", "magnification_in", "number_of", "same_number", "same_text"]

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_NO_ANSWER = {"", "na", "none", "unknown", "999", "9999", "99999", "999999"}
_MAGNIFICATION = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s*[x×]", re.IGNORECASE)
_TOLERANCE = Decimal("0.005")


def same_text(first: str, second: str) -> bool:
    """Return whether two names agree in letters and digits (and say something)."""
    plain = _NOT_WORD.sub("", first.lower())
    return plain == _NOT_WORD.sub("", second.lower()) and plain not in _NO_ANSWER


def alike(text: str, others: Iterable[str]) -> bool:
    """Return whether a name starts like one of the others, or they like it."""
    plain = _NOT_WORD.sub("", text.lower())
    words = [_NOT_WORD.sub("", other.lower()) for other in others]
    return any(
        len(word) > 3 and (plain.startswith(word) or word.startswith(plain))
        for word in words
        if plain
    )


def number_of(text: str | None) -> Decimal | None:
    """Return a number, or None where the text is none."""
    return decimal_of(text or "")


def same_number(first: Decimal | None, second: Decimal | None) -> bool:
    """Return whether two numbers are equal but for a rounding error."""
    if first is None or second is None:
        return False
    return abs(first - second) <= _TOLERANCE


def magnification_in(name: str) -> Decimal | None:
    """Return the magnification in an objective's name (``20x Plan Fluor``)."""
    match = _MAGNIFICATION.search(name)
    return decimal_of(match[1]) if match else None
