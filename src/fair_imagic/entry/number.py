"""Numbers: what a person writes, with a point and without an exponent."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["plain_number"]

# what follows a number is its unit, but 1/02/2026 is a date and no number
_NUMBER = re.compile(
    r"([-+]?\d+)(?:[.,](\d+))?(?:[eE]([-+]?\d{1,2}))?(?:\s*(?![/.:-]\d)([^\d\s].*))?\Z"
)
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?\Z")


def plain_number(text: str) -> str | None:
    """Return ``0.323`` for ``0,323`` and ``3.23E-1``, ``20`` for ``20x``.

    A unit is kept.
    A comma that may set thousands apart (``1,234``) gives None.
    """
    match = _NUMBER.match(text)
    if match is None or _THOUSANDS.match(text):
        return None
    number = f"{match[1]}.{match[2]}" if match[2] else match[1]
    if match[3]:
        number = format(Decimal(f"{number}E{match[3]}"), "f")
    rest = (match[4] or "").strip()
    return number if rest.lower() in ("", "x", "×", "na") else f"{number} {rest}"
