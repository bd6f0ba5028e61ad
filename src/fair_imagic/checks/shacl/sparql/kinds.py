"""Kinds of terms on which rdflib and Oxigraph are known to agree.

pySHACL runs a constraint's query with rdflib. Oxigraph changes the text of some
literals and compares some others differently, so a query may be answered by it only
where every term that is compared or joined is of a kind listed here. What a property
really holds is looked up in the data, distinct value by distinct value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.rdf import Term

__all__ = [
    "COMPARABLE",
    "EQUAL_ONLY",
    "JOINABLE",
    "NEVER",
    "NUMBERS",
    "Check",
    "Kind",
    "kind_of",
]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_DAY = r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_TIME = r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])"


class Kind(Enum):
    """A kind of term; OTHER is everything on which nothing is promised."""

    NODE = "an IRI or a blank node"
    STRING = "a plain text"
    LANGUAGE = "a text with its language, as rdflib writes the tag"
    INTEGER = "a whole number as it is usually written"
    DECIMAL = "a decimal of moderate length"
    DATE = "a date without time zone"
    MOMENT = "a date and time with time zone"
    LOCAL_MOMENT = "a date and time without time zone"
    OTHER = "any other literal"


NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL})
EQUAL_ONLY = frozenset({Kind.NODE})
# Each of these may be compared within itself, in any order, with the same answer.
COMPARABLE = (
    frozenset({Kind.STRING}),
    NUMBERS,
    frozenset({Kind.DATE}),
    frozenset({Kind.MOMENT}),
    frozenset({Kind.LOCAL_MOMENT}),
)
# The same term for both engines exactly when it has the same text.
JOINABLE = frozenset({Kind.NODE, Kind.STRING, Kind.LANGUAGE, Kind.INTEGER, Kind.DATE})

_TYPED = (
    (Kind.INTEGER, "integer", r"0|-?[1-9][0-9]{0,14}"),
    (Kind.DECIMAL, "decimal", r"-?[0-9]{1,12}(?:\.[0-9]{1,9})?"),
    (Kind.DATE, "date", _DAY),
    (Kind.MOMENT, "dateTime", _DAY + _TIME + _ZONE),
    (Kind.LOCAL_MOMENT, "dateTime", _DAY + _TIME),
)
_TAGGED = re.compile(r'"@[a-z]{1,8}(?:-[a-z0-9]{1,8})*\Z')
_PATTERNS = tuple(
    (kind, re.compile(rf'"(?:{text})"\^\^<{re.escape(_XSD + name)}>\Z'))
    for kind, name, text in _TYPED
)


def kind_of(term: Term) -> Kind:
    """Return the kind of a term."""
    if not term.startswith('"'):
        return Kind.NODE
    if term.endswith('"'):
        return Kind.STRING
    if _TAGGED.search(term):
        return Kind.LANGUAGE
    for kind, pattern in _PATTERNS:
        found = pattern.match(term)
        if found is not None:
            day = found.groupdict().get("day")
            return kind if day is None or _is_day(day) else Kind.OTHER
    return Kind.OTHER


def _is_day(text: str) -> bool:
    try:
        # The first and last years are left out: a time zone can lead out of them.
        return 1 < date.fromisoformat(text).year < 9999
    except ValueError:
        return False


@dataclass(frozen=True)
class Check:
    """What must hold of the data before Oxigraph may be asked.

    All objects of the properties, and the constants, together belong to one of the
    sets of kinds.
    """

    properties: frozenset[Term]
    constants: frozenset[Term]
    allowed: tuple[frozenset[Kind], ...]

    def holds(self, kinds: Iterable[Kind]) -> bool:
        """Return whether it holds, given the kinds of the objects in the data."""
        found = {*kinds, *map(kind_of, self.constants)}
        return any(found <= one for one in self.allowed)


# On this the engines are not known to agree, whatever the data are.
NEVER = Check(frozenset(), frozenset(), ())
