"""Answers to queries as programs take them, piece by piece: CSV, JSON and Turtle.

An answer that is cut says so at its end, where its reader cannot miss it.
"""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, cast

from fair_imagic.errors import InputError
from fair_imagic.i18n import _, current_language, use_language
from fair_imagic.rdf import (
    datatype_of,
    expand,
    is_iri,
    language_of,
    text_of,
    turtle_pieces,
)
from fair_imagic.tables import Number, csv_lines
from fair_imagic.workflow.overview.query import cut_notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fair_imagic.catalogue import Answer
    from fair_imagic.catalogue.query import Head, Row
    from fair_imagic.rdf import Term, Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["MEDIA_TYPES", "form_of", "text_pieces"]

MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/sparql-results+json",
    "turtle": "text/turtle",
}
# Statements of one piece of Turtle: those of one subject are written together.
_STATEMENTS_AT_ONCE = 500
_NUMBERS = frozenset(
    expand(f"xsd:{name}")
    for name in (
        *("integer", "decimal", "double", "float", "long", "int", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger"),
        *("negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort"),
        "unsignedByte",
    )
)


def form_of(answer: Answer, wanted: str) -> str:
    """Return the form that an answer gets: statements are Turtle, tables never."""
    if answer.head.are_statements:
        return "turtle"
    if wanted == "turtle":
        raise InputError(
            _("Only CONSTRUCT and DESCRIBE queries give statements"),
            expected="csv | json | table",
        )
    return wanted


def text_pieces(
    workspace: Workspace,
    answer: Answer,
    form: str,
    *,
    characters_at_most: int | None = None,
) -> Iterator[str]:
    """Return the text of an answer in one of :data:`MEDIA_TYPES`, row by row.

    What goes beyond ``characters_at_most`` is cut. The language is that of this call.
    """
    writers = {"csv": _csv, "json": _json, "turtle": _turtle}
    language = current_language()

    def notice() -> str:
        with use_language(language):
            return cut_notice(workspace, answer)

    rows = _Rows(answer, characters_at_most)
    return rows.counted(writers[form](answer.head, rows, notice))


class _Rows:
    """The rows of an answer, as long as not too much was written of them."""

    def __init__(self, answer: Answer, characters_at_most: int | None) -> None:
        self._answer = answer
        self._at_most = characters_at_most
        self._written = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._answer:
            if self._at_most is not None and self._written > self._at_most:
                self._answer.cut = "size"
                return
            yield row

    def counted(self, pieces: Iterator[str]) -> Iterator[str]:
        for piece in pieces:
            self._written += len(piece)
            yield piece


def _csv(head: Head, rows: Iterable[Row], notice: Callable[[], str]) -> Iterator[str]:
    """SPARQL 1.1 Query Results CSV."""
    if head.boolean is not None:
        yield f"{str(head.boolean).lower()}\r\n"
        return
    cells = (map(_cell, row) for row in rows)
    yield from csv_lines(itertools.chain([head.variables], cells), line_end="\r\n")
    if words := notice():
        yield from csv_lines([[f"# {words}"]], line_end="\r\n")


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    text = text_of(term)
    return Number(text) if datatype_of(term) in _NUMBERS else text


def _json(head: Head, rows: Iterable[Row], notice: Callable[[], str]) -> Iterator[str]:
    """SPARQL 1.1 Query Results JSON."""
    if head.boolean is not None:
        yield json.dumps({"head": {}, "boolean": head.boolean}) + "\n"
        return
    columns = json.dumps(head.variables, ensure_ascii=False)
    yield f'{{"head": {{"vars": {columns}}}, "results": {{"bindings": ['
    comma = ""
    for row in rows:
        bindings = {
            name: _binding(term)
            for name, term in zip(head.variables, row, strict=True)
            if term is not None
        }
        yield f"{comma}\n{json.dumps(bindings, ensure_ascii=False)}"
        comma = ","
    words = notice()
    cut = f', "truncated": true, "notice": {json.dumps(words, ensure_ascii=False)}'
    yield f"\n]}}{cut if words else ''}}}\n"


def _turtle(
    _head: Head, rows: Iterable[Row], notice: Callable[[], str]
) -> Iterator[str]:
    yield from turtle_pieces(_batches(cast("Iterable[Triple]", rows)))
    if words := notice():
        yield f"# {words}\n"


def _batches(triples: Iterable[Triple]) -> Iterator[tuple[Triple, ...]]:
    left = iter(triples)
    yield tuple(itertools.islice(left, _STATEMENTS_AT_ONCE))
    while batch := tuple(itertools.islice(left, _STATEMENTS_AT_ONCE)):
        yield batch


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
