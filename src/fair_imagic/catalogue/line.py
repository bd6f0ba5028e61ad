"""Statement lines: one N-Triples line each, the form that the journal keeps.

A line is compact, compresses well and goes into an RDF store as it is; nearly all
of the catalogue's work is done on lines without taking them apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.rdf import Term, Triple

__all__ = ["Line", "Path", "line_of", "path_of", "sorted_lines", "triple_of"]

Line = str
Path = tuple[str, str]

_IRI = re.compile(r'<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*>')
_LITERAL = re.compile(
    r'"(?:[^"\\\n\r]|\\[tbnrf"\'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*"'
    rf"(?:\^\^{_IRI.pattern}|@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)?"
)
# Terms that were found well-formed: most are seen many times. Emptied when full.
_known: set[Term] = set()
_KNOWN_AT_MOST = 50_000


def line_of(triple: Triple) -> Line:
    """Return a statement as its line, without checking it."""
    return f"{triple[0]} {triple[1]} {triple[2]} ."


def triple_of(line: Line) -> Triple:
    """Return the statement of a line."""
    subject, predicate, value = line[:-2].split(" ", 2)
    return (subject, predicate, value)


def path_of(line: Line) -> Path:
    """Return subject and predicate of a line, as terms."""
    subject, predicate, _rest = line.split(" ", 2)
    return (subject, predicate)


def sorted_lines(triples: Iterable[Triple], *, record_iri: str) -> list[Line]:
    """Return the statements about a record and its parts as sorted lines, each once.

    Raises :class:`~fair_imagic.errors.InputError` for a term that is not well-formed
    N-Triples, a blank node, or a statement about another record: one bad line would
    spoil every index made later.
    """
    lines = set()
    whole, part = f"<{record_iri}>", f"<{record_iri}#"
    for subject, predicate, value in triples:
        if subject != whole and not subject.startswith(part):
            raise InputError(
                _("This statement is about another record than the change"),
                where=record_iri,
                found=subject,
            )
        for term in (subject, predicate):
            if term not in _known:
                _accept(term, _IRI)
        if value not in _known:
            _accept(value, _LITERAL if value.startswith('"') else _IRI)
        lines.add(f"{subject} {predicate} {value} .")
    return sorted(lines)


def _accept(term: Term, pattern: re.Pattern[str]) -> None:
    if pattern.fullmatch(term) is None:
        raise InputError(
            _("This statement cannot be kept: a part of it is not a valid RDF term"),
            expected=_("an address in angle brackets, or a quoted literal as a value"),
            found=term[:200],
        )
    if len(_known) >= _KNOWN_AT_MOST:
        _known.clear()
    _known.add(term)
