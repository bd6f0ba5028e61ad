"""Fingerprints: whether a set says what it said, told without reading all of it.

A fingerprint is the sum of one number for each record that a set reaches. When a record
changes, its old number is taken away and its new one added; nothing else is read.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["changed", "number_of", "of_numbers"]

_BYTES = 16
_MODULUS = 1 << (8 * _BYTES)


def number_of(iri: str, text: str, *, is_context: bool) -> int:
    """Return what a record with this text adds; one without text adds nothing."""
    if not text:
        return 0
    head = f"{'context' if is_context else 'own'} <{iri}>\n"
    digest = hashlib.sha256(head.encode())
    digest.update(text.encode())
    return int.from_bytes(digest.digest()[:_BYTES])


def of_numbers(numbers: Iterable[int]) -> str:
    """Return the fingerprint of a set that reaches records of these numbers."""
    return f"{sum(numbers) % _MODULUS:0{2 * _BYTES}x}"


def changed(fingerprint: str, difference: int) -> str:
    """Return the fingerprint after the numbers of a few records have changed."""
    return of_numbers((int(fingerprint, 16), difference))
