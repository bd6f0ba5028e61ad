"""A name as it is told: new or not, and with an identifier or without one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.entry.identifier import email_in, looks_like_orcid, orcid_in, ror_in
from fair_imagic.entry.new_name import NewName

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MADE", "is_name", "told_name", "without_mark"]

_MARK = re.compile(r"\s*(?:new|nouveau|nouvelle|nouvel)\s*:\s*(?P<rest>\S.*)", re.I)
_AROUND = "(),<>"


def without_mark(text: str) -> tuple[str, bool]:
    """Return a text without ``new:`` before it, and whether that was there."""
    match = _MARK.fullmatch(text)
    return (match["rest"].strip(), True) if match else (text, False)


def told_name(kind: str, text: str) -> NewName:
    """Return the name and the identifier that a text tells of somebody or something."""
    rest, confirmed = without_mark(text)
    words = rest.split()
    is_identifier = MADE[kind]
    told = next((one for one in words if is_identifier(one.strip(_AROUND))), "")
    plain = [one for one in words if one != told]
    return NewName(
        kind=kind,
        name=" ".join(plain).strip(f"{_AROUND} ") if told else " ".join(words),
        identifier=told.strip(_AROUND),
        confirmed=confirmed,
    )


def is_name(kind: str, text: str) -> bool:
    """Return whether a text can name somebody or something: signs alone do not."""
    return kind in _OF_SIGNS or any(one.isalnum() for one in text)


def _of_person(text: str) -> bool:
    return bool(orcid_in(text) or looks_like_orcid(text) or email_in(text))


def _of_organisation(text: str) -> bool:
    return ror_in(text) is not None


def _of_nothing(text: str) -> bool:
    return False


# A sample may be called by its genotype: -/-.
_OF_SIGNS = frozenset({"Sample"})

# The classes of which a name alone makes a record, and what identifies one.
MADE: dict[str, Callable[[str], bool]] = {
    "Person": _of_person,
    "Organisation": _of_organisation,
    "Sample": _of_nothing,
}
