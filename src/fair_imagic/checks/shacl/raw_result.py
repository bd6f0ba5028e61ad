"""Results out of what pySHACL says, with the exact text of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import URIRef

from fair_imagic.checks.shacl.result import Result
from fair_imagic.checks.shacl.store import term_of
from fair_imagic.rdf import PREFIXES, iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.checks.shacl.index import Index
    from fair_imagic.checks.shacl.reference import Raw
    from fair_imagic.rdf import Term

__all__ = ["result_of"]

_SH = PREFIXES["sh"]


def result_of(raw: Raw, index: Index) -> Result:
    """Return the result that pySHACL's statements describe."""
    _text, node, parts = raw
    said = _said(node, parts)
    focus, path, value = (said.get(k) for k in ("focusNode", "resultPath", "value"))
    return Result(
        shape=str(said.get("sourceShape", "")),
        focus=str("" if focus is None else focus),
        path=str(path) if isinstance(path, URIRef) else "",
        value=None if value is None else _written(index, focus, path, value),
        component=str(said.get("sourceConstraintComponent", "")).removeprefix(_SH),
        message=str(said.get("resultMessage", "")),
    )


def _said(node: Any, parts: Iterable[tuple[Any, Any, Any]]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for subject, predicate, value in parts:
        if subject == node:
            # Nodes of the data and of the shapes come with the graph they are from.
            found = value[1] if isinstance(value, tuple) else value
            name = predicate[len(_SH) :]
            said[name] = min(said.get(name, found), found, key=str)
    return said


def _written(index: Index, focus: Any, path: Any, value: Any) -> Term:
    """Return a value as the record has it: rdflib writes literals in its own way."""
    term = term_of(value)
    if term[0] != '"':
        return term
    if isinstance(path, URIRef):
        written = index.source_text(term_of(focus), iri(str(path)), term)
        if written != term:
            return written
    return index.spellings.get(term, term)
