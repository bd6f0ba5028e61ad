"""DOIs computed from what they name, so that a repeated run proposes the same one."""

from __future__ import annotations

import hashlib
import re

__all__ = ["PRACTICE_PREFIX", "can_be_new", "doi_for", "is_ours"]

#: Not a DOI prefix that anybody can register: DOIs of practice mode begin with it.
PRACTICE_PREFIX = "10.99999"

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # no i l o u: read aloud without doubt
_LETTERS = 10
# What DataCite accepts on creation, which is less than what a DOI may have.
_NEW = re.compile(r"10\.\d{4,5}/[-._;()/:a-z0-9*~$=]+", re.IGNORECASE)


def doi_for(
    prefix: str, *, facility_key: str, record: str, version: str, counter: int = 0
) -> str:
    """Return the DOI of one version of a record: ``prefix/xxxx-xxxx-xxcc``.

    The suffix is opaque: fifty bits of a hash of facility, record and version, then
    two check digits (ISO 7064 mod 97-10), so that a mistyped DOI is noticed.
    ``counter`` gives the next suffix where one is taken.
    """
    named = "\n".join((facility_key, record, version, str(counter)))
    number = int.from_bytes(hashlib.sha256(named.encode()).digest()[:8]) >> 14
    text = _encoded(number) + f"{98 - number * 100 % 97:02d}"
    return f"{prefix}/{text[:4]}-{text[4:8]}-{text[8:]}"


def can_be_new(text: str) -> bool:
    """Return whether DataCite would create this bare DOI; cited ones have more."""
    return _NEW.fullmatch(text) is not None


def _encoded(number: int) -> str:
    digits = ""
    for _place in range(_LETTERS):
        number, rest = divmod(number, 32)
        digits = _ALPHABET[rest] + digits
    return digits


def is_ours(doi: str) -> bool:
    """Return whether a DOI has the form of :func:`doi_for` and its check digits fit."""
    suffix = doi.partition("/")[2].lower().replace("-", "")
    letters, check = suffix[:_LETTERS], suffix[_LETTERS:]
    if len(letters) != _LETTERS or len(check) != 2 or not check.isdecimal():
        return False
    if any(letter not in _ALPHABET for letter in letters):
        return False
    number = 0
    for letter in letters:
        number = number * 32 + _ALPHABET.index(letter)
    return int(check) == 98 - number * 100 % 97
