"""Query results for the page, and for programs."""

from __future__ import annotations

import contextlib
import itertools
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from fair_imagic.entry.rounding import rounded
from fair_imagic.entry.shown import shown
from fair_imagic.i18n import current_language
from fair_imagic.rdf import is_iri, text_of, to_turtle
from fair_imagic.workflow.overview import query, query_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.model.bases import Bases
    from fair_imagic.rdf import Term, Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "MOST_CHARACTERS",
    "Cell",
    "Example",
    "ResultPage",
    "Stream",
    "examples",
    "run_for_page",
    "streamed",
]

_MOST_ROWS = 500
MOST_CHARACTERS = 64_000_000
"""What is sent of one answer at most."""


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
    """A result as a table, an answer or statements, and how long it took.

    ``first`` rows or statements are shown, of ``total``.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    first: int
    total: int
    boolean: bool | None
    turtle: str
    seconds: str
    notice: str


@dataclass(frozen=True, kw_only=True)
class Stream:
    """A result for programs, which says at its end where it is not whole.

    ``notice`` says the same once all pieces are taken.
    """

    media_type: str
    pieces: Iterator[str]
    notice: Callable[[], str]


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


def run_for_page(
    workspace: Workspace,
    text: str,
    *,
    scope: str,
    is_wanted: Callable[[], bool] | None = None,
) -> ResultPage:
    """Run a query and return its first rows, or statements, and how many there are.

    Raises :class:`~fair_imagic.errors.InputError` for a query that is wrong, not
    allowed, or too slow.
    """
    begun = time.perf_counter()
    with query.ask(workspace, text, scope=scope, is_wanted=is_wanted) as answer:
        rows = iter(answer)
        first = tuple(itertools.islice(rows, _MOST_ROWS))
        total = len(first) + sum(1 for _row in rows)
        head, notice = answer.head, query.cut_notice(workspace, answer)
    spent_s = time.perf_counter() - begun
    bases = workspace.bases
    turtle, table = "", first
    if head.are_statements:
        turtle, table = to_turtle(cast("tuple[Triple, ...]", first)), ()
    return ResultPage(
        variables=head.variables,
        rows=tuple(tuple(_cell(bases, term) for term in row) for row in table),
        first=len(first),
        total=total,
        boolean=head.boolean,
        turtle=turtle,
        seconds=rounded(f"{spent_s:.2f}"),
        notice=notice,
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


@contextlib.contextmanager
def streamed(
    workspace: Workspace,
    text: str,
    wanted: str,
    *,
    scope: str,
    is_wanted: Callable[[], bool] | None = None,
) -> Iterator[Stream]:
    """Give a result as ``json``, ``csv`` or ``turtle``, piece by piece.

    Statements (CONSTRUCT, DESCRIBE) are always sent as Turtle, tables never. The query
    ends with the block. ``is_wanted`` is asked whether somebody still waits.
    """
    with query.ask(workspace, text, scope=scope, is_wanted=is_wanted) as answer:
        form = query_text.form_of(answer, wanted)
        yield Stream(
            media_type=query_text.MEDIA_TYPES[form],
            pieces=query_text.text_pieces(
                workspace, answer, form, characters_at_most=MOST_CHARACTERS
            ),
            notice=lambda: query.cut_notice(workspace, answer),
        )
