"""Questions in SPARQL: read-only, nothing fetched from elsewhere, sizes limited."""

from __future__ import annotations

import contextlib
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from fair_imagic.catalogue.query_fault import fault_of
from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.rdf import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyoxigraph

    from fair_imagic.rdf import Term, Triple

    Row = tuple[Term | None, ...]

__all__ = ["Head", "QueryResult", "answer", "ask", "every_row", "refuse_forbidden"]

Found = TypeVar("Found")

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
class Head:
    """What kind of answer comes: a table, a truth, or statements."""

    variables: tuple[str, ...] = ()
    boolean: bool | None = None
    are_statements: bool = False


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
    head, found = ask(store, sparql)
    rows = tuple(itertools.islice(found, rows_at_most))
    is_cut = len(rows) == rows_at_most and next(found, None) is not None
    if head.are_statements:
        return QueryResult(triples=cast("tuple[Triple, ...]", rows), truncated=is_cut)
    return QueryResult(head.variables, rows, head.boolean, truncated=is_cut)


def ask(store: pyoxigraph.Store, sparql: str) -> tuple[Head, Iterator[Row]]:
    """Return the head of an answer, and its rows (or statements) as they are found.

    Raises :class:`~fair_imagic.errors.InputError` for what is not a readable query,
    and on the way where the rest cannot be found.
    """
    import pyoxigraph

    refuse_forbidden(sparql)
    with _explained(sparql):
        found = store.query(sparql, prefixes=PREFIXES)
    if isinstance(found, pyoxigraph.QueryBoolean):
        return Head(boolean=bool(found)), iter(())
    if isinstance(found, pyoxigraph.QueryTriples):
        return Head(are_statements=True), _each(sparql, found, _triple)
    variables = tuple(variable.value for variable in found.variables)
    return Head(variables), _each(sparql, found, _row)


def _each(
    sparql: str, found: Iterable[Found], row_of: Callable[[Found], Row]
) -> Iterator[Row]:
    with _explained(sparql):
        yield from map(row_of, found)


def every_row(store: pyoxigraph.Store, sparql: str) -> Iterator[Row]:
    """Yield all rows of a SELECT, however many there are.

    Raises :class:`~fair_imagic.errors.InputError` for anything else than a SELECT.
    """
    head, rows = ask(store, sparql)
    if head.are_statements or head.boolean is not None:
        raise InputError(_("This query gives no rows"), expected="SELECT", found=sparql)
    yield from rows


@contextlib.contextmanager
def _explained(sparql: str) -> Iterator[None]:
    try:
        yield
    except (SyntaxError, RuntimeError, OSError, ValueError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else error
        raise fault_of(sparql, str(reason)) from error


def _triple(triple: pyoxigraph.Triple) -> Row:
    return (str(triple.subject), str(triple.predicate), str(triple.object))


def _row(solution: pyoxigraph.QuerySolution) -> Row:
    return tuple(None if term is None else str(term) for term in solution)
