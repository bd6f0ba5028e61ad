"""Faults in files of requirements that the engine names without their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.rdf import iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fair_imagic.rdf import Triple

__all__ = ["place_in", "refuse_bad_patterns"]

_PATTERN = iri("sh:pattern")
_QUERIES = (iri("sh:select"), iri("sh:ask"))
_PREFIXED = re.compile(r"(?<![\w<:/#?$\"'.-])([A-Za-z][\w-]*):(?![/\d])[\w%-]")
_DECLARED = re.compile(r"prefix\s+([\w-]*)\s*:", re.IGNORECASE)
_QUOTED = re.compile(r"<[^<>\s]*>|\"[^\"]*\"|'[^']*'|#[^\n]*")
_DECLARES = iri("sh:prefix")


def refuse_bad_patterns(path: Path, triples: Iterable[Triple]) -> None:
    """Raise InputError for a pattern that is none, or a query's unknown prefix.

    Both are named with file and line: the engine would tell neither.
    """
    known = list(triples)
    prefixes = {text_of(value) for _s, p, value in known if p == _DECLARES}
    for _subject, predicate, value in known:
        if predicate == _PATTERN:
            _refuse_pattern(path, text_of(value))
        elif predicate in _QUERIES:
            _refuse_prefix(path, text_of(value), prefixes)


def _refuse_pattern(path: Path, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise InputError(
            _("A pattern of the requirements is no regular expression"),
            where=place_in(path, pattern),
            found=f"{pattern}: {error}",
            hint=_("Correct the file at the place shown"),
        ) from error


def _refuse_prefix(path: Path, query: str, declared: set[str]) -> None:
    known = declared | set(_DECLARED.findall(query)) | {"_"}
    used = _PREFIXED.findall(_QUOTED.sub(" ", query))
    unknown = next((one for one in used if one not in known), None)
    if unknown is not None and declared | set(_DECLARED.findall(query)):
        raise InputError(
            _("A query of the requirements uses a prefix that is not declared"),
            where=place_in(path, f"{unknown}:"),
            expected=_("sh:prefixes of the query, or PREFIX in it"),
            found=f"{unknown}:",
            hint=_("Correct the file at the place shown"),
        )


def place_in(path: Path, text: str) -> str:
    """Return the file with the line on which a text stands, as Turtle writes it."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    for form in _forms(text):
        for number, line in enumerate(lines, 1):
            if form in line:
                return f"{path}:{number}"
    return str(path)


def _forms(text: str) -> Iterator[str]:
    yield text.replace("\\", "\\\\").replace('"', '\\"')
    yield text
    yield from text.splitlines()[:1]
