"""Persistent identifiers: their syntax and check digits, without network."""

from __future__ import annotations

import re

__all__ = ["doi_of", "is_doi", "is_orcid", "is_ror", "is_swhid", "is_url", "orcid_of"]

#: What DataCite accepts on creation: four or five digits, then these characters only.
_DOI = re.compile(r"10\.\d{4,5}/[-._;()/:a-z0-9*~$=]+", re.IGNORECASE)
_DOI_RESOLVERS = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "doi:")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_ROR = re.compile(r"https://ror\.org/0([a-hj-km-np-tv-z0-9]{6})(\d{2})")
_SWHID = re.compile(r"swh:1:(cnt|dir|rev|rel|snp):[0-9a-f]{40}(;\S+)?")
_URL = re.compile(r"(https?|ftp)://[^\s/<>\"{}|\\^`\[\]]+(/[^\s<>\"{}|\\^`\[\]]*)?")
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def is_doi(text: str) -> bool:
    """Return whether a bare DOI (``10.x/y``) is one that DataCite accepts."""
    return _DOI.fullmatch(text) is not None


def doi_of(text: str) -> str | None:
    """Return the bare lower-case DOI in a DOI or its address, or None."""
    bare = text.strip()
    for resolver in _DOI_RESOLVERS:
        if bare.lower().startswith(resolver):
            bare = bare[len(resolver) :]
    return bare.lower() if bare.startswith("10.") and "/" in bare else None


def is_orcid(text: str) -> bool:
    """Return whether a bare ORCID iD has the right form and check digit."""
    if not _ORCID.fullmatch(text) or text == "0000-0000-0000-0000":
        return False
    digits = text.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return digits[-1] == ("X" if check == 10 else str(check))


def orcid_of(text: str | None) -> str:
    """Return the bare ORCID iD in a text that may be its address."""
    return (text or "").strip().rstrip("/").rpartition("/")[2].upper()


def is_ror(text: str) -> bool:
    """Return whether an address is a ROR id with the right check digits."""
    match = _ROR.fullmatch(text)
    if match is None:
        return False
    number = 0
    for character in match[1]:
        number = number * 32 + _CROCKFORD.index(character)
    return int(match[2]) == 98 - (number * 100) % 97


def is_swhid(text: str) -> bool:
    """Return whether a text is a SWHID of version 1 (qualifiers allowed)."""
    return _SWHID.fullmatch(text) is not None


def is_url(text: str) -> bool:
    """Return whether a text is an absolute web address without blanks."""
    return _URL.fullmatch(text) is not None
