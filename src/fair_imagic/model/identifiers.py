"""Identifiers of records: one base per facility, readable and stable."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata

__all__ = [
    "OPAQUE",
    "is_kept",
    "is_same_name",
    "mint",
    "mint_apart",
    "opaque",
    "slug",
]

# Crockford's letters: no i, l, o and u, which are taken for others.
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 10
OPAQUE = f"[{_LETTERS}]{{{_LENGTH}}}"
"""What stands after the first letter of an opaque name, as a pattern."""

_NOT_SLUG = re.compile(r"[^a-z0-9._-]+")


def slug(text: str) -> str:
    """Return the text as the last part of an IRI: ``Confocal SP8`` -> ``confocal-sp8``.

    Accents are taken off; a text without any usable character, such as one in Japanese,
    gives an ``x`` and a number of its own.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    found = _NOT_SLUG.sub("-", plain.lower()).strip("-.")
    return found or f"x-{_number(text)}"


def is_same_name(one: str, other: str) -> bool:
    """Return whether two names differ by case, spaces and coding of letters only."""
    return _folded(one) == _folded(other)


def is_kept(name: str) -> bool:
    """Return whether the slug keeps a name: all but case, accents and spaces.

    It does not keep ``WT+/+``, whose slug is that of ``WT-/-`` too.
    """
    letters = unicodedata.normalize("NFD", _folded(name))
    plain = "".join(one for one in letters if not unicodedata.combining(one))
    return slug(name) in (plain.replace(" ", "-"), f"x-{_number(name)}")


def opaque(first: str) -> str:
    """Return a name that says nothing, such as ``p-7k3f9q2mxw``: one of 10^15."""
    return f"{first}-{''.join(secrets.choice(_LETTERS) for _one in range(_LENGTH))}"


def mint(base_iri: str, kind: str, *parts: str) -> str:
    """Return the IRI of a record, such as ``{base}image/ab12cd34-0``."""
    return f"{base_iri}{kind}/{'-'.join(slug(part) for part in parts)}"


def mint_apart(base_iri: str, kind: str, name: str) -> str:
    """Return the IRI of a record whose slug may be that of another name."""
    return f"{mint(base_iri, kind, name)}-{_number(_folded(name))}"


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _number(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
