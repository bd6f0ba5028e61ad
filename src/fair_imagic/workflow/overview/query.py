"""SPARQL over the catalogue."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.rdf import datatype_of, is_iri, language_of, text_of, to_turtle
from fair_imagic.tables import csv_text

if TYPE_CHECKING:
    from fair_imagic.catalogue import QueryResult
    from fair_imagic.model.bases import Bases
    from fair_imagic.rdf import Term
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["as_csv", "as_json", "as_turtle", "cut_notice", "run"]


def run(
    workspace: Workspace,
    text: str | None = None,
    *,
    name: str | None = None,
    scope: str = "internal",
) -> QueryResult:
    """Run a SPARQL query, or the named one, and return its result.

    Records may be named by any IRI that they have had; the answer has those in force.
    Raises :class:`~fair_imagic.errors.InputError` for a query that is wrong, asks for
    something that is not allowed here, or takes too long; NotFoundError for a name.
    """
    if name is not None:
        text = _named(workspace, name)
    if not text or not text.strip():
        raise InputError(
            _("There is no query"), expected="SELECT ?image WHERE { ?image a fi:Image }"
        )
    bases = workspace.bases
    result = workspace.catalogue.query(
        bases.inward(text),
        scope="internal" if scope == "internal" else "public",
        timeout_s=workspace.settings.query_timeout_s,
    )
    return result if bases.inner == bases.outer else _outward(result, bases)


def _outward(result: QueryResult, bases: Bases) -> QueryResult:
    """Return a result with the IRIs in force, also where they are told as texts."""
    rename = bases.outward
    triples = result.triples
    return dataclasses.replace(
        result,
        rows=tuple(
            tuple(None if term is None else rename(term) for term in row)
            for row in result.rows
        ),
        triples=None
        if triples is None
        else tuple((rename(s), rename(p), rename(o)) for s, p, o in triples),
    )


def cut_notice(workspace: Workspace, result: QueryResult) -> str:
    """Return what to tell of an answer that is not whole; empty where it is."""
    if not result.truncated:
        return ""
    text = _(
        "The answer is cut after {count} rows: ask for less, for instance with LIMIT "
        "and OFFSET, or raise the setting query_rows."
    )
    return text.format(count=workspace.settings.query_rows)


def _named(workspace: Workspace, name: str) -> str:
    known = workspace.catalogue.named_queries()
    if name not in known:
        raise NotFoundError(
            _("There is no query named {name}").format(name=name),
            expected=", ".join(known),
        )
    return known[name].text


def as_csv(result: QueryResult) -> str:
    """Return a table as CSV (SPARQL 1.1 Query Results CSV)."""
    if result.boolean is not None:
        return f"{str(result.boolean).lower()}\r\n"
    rows = (
        ["" if term is None else text_of(term) for term in row] for row in result.rows
    )
    return csv_text(result.variables, rows, line_end="\r\n")


def as_json(result: QueryResult) -> str:
    """Return a result as SPARQL 1.1 Query Results JSON."""
    head = {"vars": list(result.variables)}
    if result.boolean is not None:
        return json.dumps({"head": {}, "boolean": result.boolean})
    rows = [
        {
            name: _binding(term)
            for name, term in zip(result.variables, row, strict=True)
            if term is not None
        }
        for row in result.rows
    ]
    document: dict[str, object] = {"head": head, "results": {"bindings": rows}}
    if result.truncated:
        document["truncated"] = True
    return json.dumps(document, ensure_ascii=False, indent=1)


def as_turtle(result: QueryResult) -> str:
    """Return the statements of a CONSTRUCT or DESCRIBE query as Turtle."""
    if result.triples is None:
        raise InputError(
            _("Only CONSTRUCT and DESCRIBE queries give statements"),
            expected="csv | json | table",
        )
    return to_turtle(result.triples)


def _binding(term: Term) -> dict[str, str]:
    if is_iri(term):
        return {"type": "uri", "value": text_of(term)}
    binding = {"type": "literal", "value": text_of(term)}
    language, datatype = language_of(term), datatype_of(term)
    if language:
        binding["xml:lang"] = language
    elif datatype and not datatype.endswith("#string"):
        binding["datatype"] = datatype
    return binding
