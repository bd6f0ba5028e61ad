"""Query results for the page, and for programs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.rounding import rounded
from fair_imagic.entry.shown import shown
from fair_imagic.i18n import current_language
from fair_imagic.rdf import is_iri, text_of
from fair_imagic.workflow.overview import query

if TYPE_CHECKING:
    from fair_imagic.model.bases import Bases
    from fair_imagic.rdf import Term
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "Cell",
    "Example",
    "ResultPage",
    "Serialised",
    "examples",
    "run_for_page",
    "serialised",
]

_MOST_ROWS = 500


@dataclass(frozen=True, kw_only=True)
class Example:
    """A named query of the catalogue."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One value of a result; ``record`` is the IRI where it is one."""

    text: str
    record: str = ""
    exact: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultPage:
    """A result as a table, an answer or statements, and how long it took."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    boolean: bool | None
    turtle: str
    seconds: str
    notice: str


@dataclass(frozen=True, kw_only=True)
class Serialised:
    """A result for programs; ``notice`` tells that it is not whole."""

    media_type: str
    body: str
    notice: str


def examples(workspace: Workspace) -> tuple[Example, ...]:
    """Return the named queries, in the reader's language."""
    language = current_language()
    return tuple(
        Example(
            name=one.name,
            title=one.title.get(language) or one.title.get("en", one.name),
            text=one.text,
        )
        for one in workspace.catalogue.named_queries().values()
    )


def run_for_page(workspace: Workspace, text: str, *, scope: str) -> ResultPage:
    """Run a query and return its first rows.

    Raises :class:`~fair_imagic.errors.InputError` for a query that is wrong, not
    allowed, or too slow.
    """
    begun = time.perf_counter()
    result = query.run(workspace, text, scope=scope)
    spent_s = time.perf_counter() - begun
    bases = workspace.bases
    rows = tuple(
        tuple(_cell(bases, term) for term in row) for row in result.rows[:_MOST_ROWS]
    )
    return ResultPage(
        variables=tuple(result.variables),
        rows=rows,
        total=len(result.rows),
        boolean=result.boolean,
        turtle=query.as_turtle(result) if result.triples is not None else "",
        seconds=rounded(f"{spent_s:.2f}"),
        notice=query.cut_notice(workspace, result),
    )


def _cell(bases: Bases, term: Term | None) -> Cell:
    if term is None:
        return Cell(text="")
    text = text_of(term)
    if is_iri(term) and text.startswith(bases.outer):
        short = text.removeprefix(bases.outer)
        return Cell(text=short, record=bases.inward_iri(text))
    seen = shown(term)
    return Cell(text=seen.text, exact=seen.exact)


def serialised(
    workspace: Workspace, text: str, wanted: str, *, scope: str
) -> Serialised:
    """Return a result as ``json``, ``csv`` or ``turtle``.

    Statements (CONSTRUCT, DESCRIBE) are always sent as Turtle, tables never.
    """
    result = query.run(workspace, text, scope=scope)
    if result.triples is not None:
        media_type, body = "text/turtle", query.as_turtle(result)
    elif wanted == "csv":
        media_type, body = "text/csv", query.as_csv(result)
    else:
        media_type, body = "application/sparql-results+json", query.as_json(result)
    notice = query.cut_notice(workspace, result)
    return Serialised(media_type=media_type, body=body, notice=notice)
