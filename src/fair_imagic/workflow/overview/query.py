"""SPARQL over the catalogue."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.catalogue import Answer
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["ask", "cut_notice"]


@contextlib.contextmanager
def ask(
    workspace: Workspace,
    text: str | None = None,
    *,
    name: str | None = None,
    scope: str = "internal",
    is_wanted: Callable[[], bool] | None = None,
) -> Iterator[Answer]:
    """Give the answer to a SPARQL query, or to the named one, row by row.

    Records may be named by any IRI that they have had; the answer has those in force.
    ``is_wanted`` is asked again and again whether somebody still waits. Raises
    :class:`~fair_imagic.errors.InputError` for a query that is wrong, asks for
    something that is not allowed here, or takes too long; NotFoundError for a name.
    """
    if name is not None:
        text = _named(workspace, name)
    if not text or not text.strip():
        raise InputError(
            _("There is no query"), expected="SELECT ?image WHERE { ?image a fi:Image }"
        )
    bases = workspace.bases
    with workspace.catalogue.ask(
        bases.inward(text),
        scope="internal" if scope == "internal" else "public",
        is_wanted=is_wanted,
    ) as answer:
        if bases.inner != bases.outer:
            # also where they are told as texts
            answer.rename = bases.outward
        yield answer


def cut_notice(workspace: Workspace, answer: Answer) -> str:
    """Return what to tell of an answer that is not whole; empty where it is."""
    settings = workspace.settings
    texts = {
        "": "",
        "rows": _(
            "The answer is cut after {count} rows: ask for less, for instance with "
            "LIMIT and OFFSET, or raise the setting query_rows."
        ),
        "time": _(
            "The answer is cut: the query was stopped after {seconds} s. Ask for less, "
            "for instance with LIMIT."
        ),
        "memory": _(
            "The answer is cut: the query needs more memory than it may take. Ask for "
            "less, for instance with LIMIT."
        ),
        "size": _(
            "The answer is cut: it is too large. Ask for less, for instance with LIMIT."
        ),
        "error": _("The answer is cut: the rest cannot be found."),
    }
    return texts[answer.cut].format(
        count=settings.query_rows, seconds=settings.query_timeout_s
    )


def _named(workspace: Workspace, name: str) -> str:
    queries = workspace.catalogue.named_queries()
    if name not in queries:
        raise NotFoundError(
            _("There is no query named {name}").format(name=name),
            expected=", ".join(queries),
        )
    return queries[name].text
