"""Terms as the reference sees them: rdflib rewrites literals, and so do we.

To rdflib ``"040"`` is the integer 40 and ``"a"@EN`` equals ``"a"@en``. The index keeps
each literal in the form that rdflib gives it, so that two terms are equal where rdflib
says so. What is certain is done here by pattern; rdflib is asked for the rest.
"""

from __future__ import annotations

import functools
import re
from datetime import date
from decimal import Decimal

from fair_imagic.rdf import PREFIXES, Term, literal, text_of

__all__ = [
    "INTEGERS",
    "RDF_LANG_STRING",
    "Canonical",
    "canonical",
    "day",
    "kind_of",
    "language_tag",
    "number",
    "text_and_datatype",
]

XSD = PREFIXES["xsd"]
RDF_LANG_STRING = PREFIXES["rdf"] + "langString"
INTEGERS = frozenset(
    XSD + name
    for name in (
        *("integer", "long", "int", "short", "byte"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
        *("nonNegativeInteger", "positiveInteger"),
        *("nonPositiveInteger", "negativeInteger"),
    )
)
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,300}")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,300})(?:\.[0-9]{1,300})?")
_FLOAT = re.compile(r"[+-]?[0-9]{1,300}(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,2})?")
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATE = re.compile(_DAY)
_DATE_TIME = re.compile(
    rf"({_DAY}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])(Z|\+00:00|)"
)
# Datatypes that rdflib converts; it leaves the text of all others alone.
_CONVERTED = INTEGERS | frozenset(
    XSD + name
    for name in (
        *("time", "date", "dateTime", "duration", "dayTimeDuration"),
        *("yearMonthDuration", "hexBinary", "base64Binary", "boolean", "decimal"),
        *("float", "double", "normalizedString", "token"),
    )
)
_CONVERTED |= {PREFIXES["rdf"] + "XMLLiteral", PREFIXES["rdf"] + "HTML"}

Canonical = tuple[Term, bool]


def canonical(term: Term) -> Canonical:
    """Return a term as rdflib writes it, and whether its value is beyond doubt.

    A doubtful term is one whose text alone does not say what rdflib holds: ``"yes"`` as
    a boolean becomes ``"false"``, but stays ill-typed.
    """
    if term[0] != '"':
        return term, True
    if term[-1] == '"':
        return (term if "\\" not in term else literal(text_of(term))), True
    if term[-1] != ">":
        return _tagged(term), True
    text, datatype = text_and_datatype(term)
    if datatype == XSD + "string":
        return literal(text_of(term)), True
    if "\\" in text:
        return _asked(term)
    stable = _stable(text, datatype)
    if stable is None:
        return _asked(term)
    return (term if stable == text else f'"{stable}"^^<{datatype}>'), True


def text_and_datatype(term: Term) -> tuple[str, str]:
    """Return the text, as it is written, and the datatype of a typed literal."""
    text, _mark, datatype = term.rpartition('"^^<')
    return text[1:], datatype[:-1]


def _tagged(term: Term) -> Term:
    quoted, _at, tag = term.rpartition("@")
    if "\\" in quoted:
        quoted = literal(text_of(quoted))
    return f"{quoted}@{tag.lower()}"


def _stable(text: str, datatype: str) -> str | None:
    """Return the text that rdflib gives a literal, or None where it must be asked."""
    if datatype not in _CONVERTED:
        return text
    if datatype in INTEGERS:
        return text if _INTEGER.fullmatch(text) else None
    name = datatype[len(XSD) :]
    if name == "decimal":
        return text if _DECIMAL.fullmatch(text) else None
    if name in ("double", "float"):
        return str(float(text)) if _FLOAT.fullmatch(text) else None
    if name == "boolean":
        return {"true": text, "false": text, "1": "true", "0": "false"}.get(text)
    if name == "date":
        return text if _DATE.fullmatch(text) and _is_day(text) else None
    if name == "dateTime":
        return _stable_time(text)
    return None


def _stable_time(text: str) -> str | None:
    match = _DATE_TIME.fullmatch(text)
    if match is None or not _is_day(text[:10]):
        return None
    return match[1] + ("+00:00" if match[2] else "")


@functools.lru_cache(maxsize=4096)
def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _asked(term: Term) -> Canonical:
    """Ask rdflib for its form of a literal."""
    from rdflib import Literal

    from fair_imagic.checks.shacl.graph import to_rdflib

    node = to_rdflib(term)
    if not isinstance(node, Literal):
        return term, True
    again = Literal(str(node), datatype=node.datatype, lang=node.language)
    certain = (
        again == node
        and again.value == node.value
        and again.ill_typed == node.ill_typed
        and not node.ill_typed
    )
    return literal(str(node), datatype=str(node.datatype or "") or None), certain


def kind_of(term: Term) -> str:
    """Return ``iri``, ``blank`` or ``literal``."""
    first = term[0]
    return "iri" if first == "<" else "literal" if first == '"' else "blank"


def language_tag(term: Term) -> str | None:
    """Return the language of a literal, in lower case."""
    if term[0] != '"' or term[-1] in '">':
        return None
    # What follows the last @ of a literal in canonical form.
    return term.rpartition("@")[2]


@functools.lru_cache(maxsize=65536)
def number(term: Term) -> Decimal | float | None:
    """Return the value of a number whose text is in rdflib's form; None if unsure."""
    if term[0] != '"' or term[-1] != ">":
        return None
    text, datatype = text_and_datatype(term)
    if datatype in INTEGERS and _INTEGER.fullmatch(text):
        return Decimal(text)
    if datatype == XSD + "decimal" and _DECIMAL.fullmatch(text):
        return Decimal(text)
    if datatype in (XSD + "double", XSD + "float") and _FLOAT.fullmatch(text):
        return float(text)
    return None


def day(term: Term) -> tuple[str, str] | None:
    """Return a date or time as (what it compares with, text that sorts by time)."""
    if term[0] != '"' or term[-1] != ">":
        return None
    text, datatype = text_and_datatype(term)
    if datatype == XSD + "date" and _DATE.fullmatch(text) and _is_day(text):
        return "date", text
    if datatype == XSD + "dateTime":
        match = _DATE_TIME.fullmatch(text)
        if match and _is_day(text[:10]):
            return f"dateTime{match[2]}", match[1]
    return None
