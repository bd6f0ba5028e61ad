"""Statements as rdflib sees them."""

from __future__ import annotations

import functools
import logging
import re
from typing import TYPE_CHECKING

from fair_imagic.rdf import (
    PREFIXES,
    Term,
    Triple,
    datatype_of,
    language_of,
    parse,
    read_lines,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["DataFile", "DataGraph", "add_all", "bind_all", "to_rdflib"]

# rdflib writes a traceback to the log for each ill-typed literal; we report it instead.
_RDFLIB_COMPLAINT = "Failed to convert Literal lexical form"
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
# XSD's decimals have no exponent, NaN or infinity. rdflib takes whatever Python takes,
# and writes 1e999999999 out in full: what is no decimal goes in as a plain text, which
# is of no datatype that a rule may ask for.
_IS_DECIMAL = re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")


class DataGraph:
    """The statements that are checked; ``prefixes`` shorten IRIs in messages."""

    def __init__(
        self, triples: Iterable[Triple], *, prefixes: Mapping[str, str] = PREFIXES
    ) -> None:
        self._triples = tuple(triples)
        self.prefixes = prefixes

    @property
    def triples(self) -> tuple[Triple, ...]:
        """All statements."""
        return self._triples

    @property
    def size(self) -> int:
        """The number of statements."""
        return len(self.triples)

    def hand_on(self, take: Callable[[Iterable[Sequence[Term]]], None]) -> None:
        """Hand all statements to somebody who takes them in."""
        take(self.triples)

    @functools.cached_property
    def graph(self) -> Graph:
        """All statements as rdflib sees them."""
        return self.union_with(())

    def union_with(self, more: Iterable[Triple]) -> Graph:
        """Return a new rdflib graph of these statements and some more."""
        from rdflib import Graph

        graph = bind_all(Graph(bind_namespaces="none"), self.prefixes)
        return add_all(graph, (*self.triples, *more))


class DataFile(DataGraph):
    """The statements of a large file, read each time they are wanted."""

    def __init__(
        self,
        path: Path,
        *,
        format: str = "nt",
        prefixes: Mapping[str, str] = PREFIXES,
    ) -> None:
        super().__init__((), prefixes=prefixes)
        self._path = path
        self._format = format

    def hand_on(self, take: Callable[[Iterable[Sequence[Term]]], None]) -> None:
        """Hand all statements to somebody who takes them in, in pieces."""
        read_lines(self._path, format=self._format, take=take)

    @property
    def triples(self) -> tuple[Triple, ...]:
        """All statements, read now."""
        return tuple(parse(self._path, format=self._format))


def bind_all(graph: Graph, prefixes: Mapping[str, str]) -> Graph:
    """Bind prefixes in a graph of rdflib and return it."""
    for prefix, base in prefixes.items():
        graph.bind(prefix, base)
    return graph


def add_all(graph: Graph, triples: Iterable[Triple]) -> Graph:
    """Add statements to a graph of rdflib and return it."""
    node = functools.cache(to_rdflib)
    for subject, predicate, value in triples:
        graph.add((node(subject), node(predicate), node(value)))
    return graph


def to_rdflib(term: Term) -> Node:
    """Return the rdflib node of a term."""
    from rdflib import BNode, Literal, URIRef

    _quiet_rdflib()
    if term.startswith("<"):
        return URIRef(term[1:-1])
    if term.startswith("_:"):
        return BNode(term[2:])
    text, datatype = text_of(term), datatype_of(term)
    # A plain literal and an xsd:string are the same in RDF 1.1, not in rdflib.
    plain = datatype in (None, _STRING)
    if plain or (datatype == _DECIMAL and not _IS_DECIMAL.fullmatch(text)):
        return Literal(text, lang=language_of(term))
    return Literal(text, datatype=URIRef(datatype or ""))


@functools.cache
def _quiet_rdflib() -> None:
    logging.getLogger("rdflib.term").addFilter(_not_about_literals)


def _not_about_literals(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith(_RDFLIB_COMPLAINT)
