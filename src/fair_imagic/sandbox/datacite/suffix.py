"""Suffixes that DataCite draws: eight characters of base 32 with check digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

__all__ = ["encoded", "random_suffix"]

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford: no i, l, o, u


def encoded(number: int) -> str:
    """Return a number as ``003r-j076``: base 32, check digits modulo 97, 4-4."""
    digits = ""
    rest = number
    while rest:
        rest, digit = divmod(rest, 32)
        digits = _ALPHABET[digit] + digits
    check = 98 - (number * 100) % 97
    text = digits.rjust(6, "0") + f"{check:02d}"
    return f"{text[:4]}-{text[4:]}"


def random_suffix(source: random.Random) -> str:
    """Return a new suffix."""
    return encoded(source.randrange(1, 32**6))
