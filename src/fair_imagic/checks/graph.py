"""Statements as the rdflib graph that the check engine reads."""

from __future__ import annotations

import functools
import logging
from typing import TYPE_CHECKING

from fair_imagic.rdf import Term, Triple, datatype_of, language_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["DataGraph", "to_rdflib"]

# rdflib writes a traceback to the log for each ill-typed literal; we report it instead.
_RDFLIB_COMPLAINT = "Failed to convert Literal lexical form"
_STRING = "http://www.w3.org/2001/XMLSchema#string"


class DataGraph:
    """The statements as rdflib sees them, with the way back to the exact text.

    rdflib normalises literals (``"040"`` becomes 40): people must be shown what is
    written in their record, so the original term of each node is kept.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = tuple(triples)
        self._terms: dict[Node, Term] = {}
        self.graph = self._build()

    def term_of(self, node: Node | None) -> Term | None:
        """Return the term that a node was made from, or None."""
        return None if node is None else self._terms.get(node)

    def _build(self) -> Graph:
        from rdflib import Graph

        _quiet_rdflib()
        graph = Graph(bind_namespaces="none")
        node = functools.cache(to_rdflib)
        for triple in self.triples:
            nodes = [node(term) for term in triple]
            for made, term in zip(nodes, triple, strict=True):
                self._terms.setdefault(made, term)
            graph.add((nodes[0], nodes[1], nodes[2]))
        return graph


def to_rdflib(term: Term, *, document: str = "") -> Node:
    """Return the rdflib node of a term; ``document`` keeps blank nodes apart."""
    from rdflib import BNode, Literal, URIRef

    if term.startswith("<"):
        return URIRef(term[1:-1])
    if term.startswith("_:"):
        return BNode(document + term[2:])
    datatype = datatype_of(term)
    return Literal(
        text_of(term),
        lang=language_of(term),
        # A plain literal and an xsd:string are the same in RDF 1.1, not in rdflib.
        datatype=None if datatype in (None, _STRING) else URIRef(datatype or ""),
    )


@functools.cache
def _quiet_rdflib() -> None:
    logging.getLogger("rdflib.term").addFilter(_not_about_literals)


def _not_about_literals(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith(_RDFLIB_COMPLAINT)
