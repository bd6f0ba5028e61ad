"""Questions in SPARQL: read-only, nothing fetched from elsewhere, sizes limited."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.rdf import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph

    from fair_imagic.rdf import Term, Triple

    Row = tuple[Term | None, ...]

__all__ = ["QueryResult", "answer", "every_row", "refuse_forbidden"]

# What may hold any word without meaning it: comments, texts, IRIs, names.
_HARMLESS = re.compile(
    r"""
    "{3}(?:(?:"|"")?(?:[^"\\]|\\.))*"{3} | '{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
    | <[^\x00-\x20<>"{}|^`\\]*>
    | \#[^\n\r]*
    | [?$]\w+
    | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w:%-]|\\.)*)
    """,
    re.VERBOSE | re.DOTALL,
)
_FORBIDDEN = re.compile(
    r"service|from|load|insert|delete|create|drop|clear|copy|move|add\b", re.IGNORECASE
)
_FORBIDDEN_PREFIX = re.compile(r"(?:.*\.)?(?:service|from):", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True)
class QueryResult:
    """The answer: rows of a SELECT, the truth of an ASK, or triples.

    ``truncated`` tells that there were more rows than are given.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boolean: bool | None = None
    triples: tuple[Triple, ...] | None = None
    truncated: bool = False


def refuse_forbidden(sparql: str) -> None:
    """Raise InputError for updates, SERVICE and FROM, however they are spelled."""
    # Escapes are decoded before a query is read: \u0053ERVICE is SERVICE.
    decoded = _ESCAPED.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), sparql)
    for text in {sparql, decoded}:
        left = _HARMLESS.sub(_without_name, text)
        found = _FORBIDDEN.search(left)
        if found is not None:
            raise InputError(
                _("This query is refused: it may only read this catalogue"),
                expected=_(
                    "SELECT, ASK, CONSTRUCT or DESCRIBE, without SERVICE or FROM"
                ),
                found=found[0].upper(),
            )


def _without_name(match: re.Match[str]) -> str:
    # A reader of queries may take "SERVICE:x" for the word and a name: keep the word.
    name = match["name"]
    return name if name and _FORBIDDEN_PREFIX.match(name) else " "


def answer(store: pyoxigraph.Store, sparql: str, *, rows_at_most: int) -> QueryResult:
    """Return the answer of a store to somebody's query; the usual prefixes are known.

    Raises :class:`~fair_imagic.errors.InputError` for what is not a readable query.
    """
    import pyoxigraph

    refuse_forbidden(sparql)
    with _explained():
        found = store.query(sparql, prefixes=PREFIXES)
        if isinstance(found, pyoxigraph.QueryBoolean):
            return QueryResult(boolean=bool(found))
        if isinstance(found, pyoxigraph.QueryTriples):
            return _triples(found, rows_at_most)
        return _rows(found, rows_at_most)


def every_row(store: pyoxigraph.Store, sparql: str) -> Iterator[Row]:
    """Yield all rows of a SELECT, however many there are.

    Raises :class:`~fair_imagic.errors.InputError` for anything else than a SELECT.
    """
    import pyoxigraph

    refuse_forbidden(sparql)
    with _explained():
        found = store.query(sparql, prefixes=PREFIXES)
        if not isinstance(found, pyoxigraph.QuerySolutions):
            raise InputError(
                _("This query gives no rows"), expected="SELECT", found=sparql
            )
        yield from map(_row, found)


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (SyntaxError, RuntimeError, OSError, ValueError) as error:
        raise InputError(
            _("This query cannot be answered"),
            found=str(error.msg if isinstance(error, SyntaxError) else error),
        ) from error


def _triples(found: pyoxigraph.QueryTriples, at_most: int) -> QueryResult:
    triples: list[Triple] = []
    for triple in found:
        if len(triples) >= at_most:
            return QueryResult(triples=tuple(triples), truncated=True)
        triples.append((str(triple.subject), str(triple.predicate), str(triple.object)))
    return QueryResult(triples=tuple(triples))


def _rows(found: pyoxigraph.QuerySolutions, at_most: int) -> QueryResult:
    variables = tuple(variable.value for variable in found.variables)
    rows: list[Row] = []
    for solution in found:
        if len(rows) >= at_most:
            return QueryResult(variables, tuple(rows), truncated=True)
        rows.append(_row(solution))
    return QueryResult(variables, tuple(rows))


def _row(solution: pyoxigraph.QuerySolution) -> Row:
    return tuple(None if term is None else str(term) for term in solution)
