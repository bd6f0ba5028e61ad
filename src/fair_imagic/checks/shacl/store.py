"""A read-through rdflib store over the index: pySHACL sees the whole graph.

Nothing is copied: what pySHACL asks for is looked up and turned into rdflib's terms
then. What was asked for can be noted down, so that an answer can be used again as long
as no statement changes that it rests on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import BNode, Literal, URIRef
from rdflib.plugins.stores.memory import Memory
from rdflib.store import Store

from fair_imagic.checks.shacl.graph import to_rdflib
from fair_imagic.checks.shacl.index import NOTHING
from fair_imagic.checks.shacl.literals import canonical
from fair_imagic.rdf import PREFIXES, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from fair_imagic.checks.shacl.index import Index
    from fair_imagic.rdf import Term, Triple

__all__ = ["Pattern", "ReadThrough", "query_term", "term_of"]

_STRING = PREFIXES["xsd"] + "string"
Pattern = tuple["Term | None", "Term | None", "Term | None"]


class ReadThrough(Store):
    """The statements of an index, for reading only."""

    # pySHACL wraps the graph in a data set, which asks for this.
    context_aware = True
    graph_aware = True
    formula_aware = False
    transaction_aware = False

    def __init__(self, index: Index) -> None:
        super().__init__()
        self.index = index
        # What was asked for since the last look; None where nobody wants to know.
        self.questions: set[Pattern] | None = None
        # The graph that this is the store of: all statements are in it.
        self.graphs: tuple[Graph, ...] = ()
        self._nodes: dict[Term, Node] = {}
        self._terms: dict[Node, Term] = {}
        # Prefixes are kept as rdflib keeps them.
        self._names = Memory()

    def node(self, term: Term) -> Node:
        """Return rdflib's node for a term."""
        made = self._nodes.get(term)
        if made is None:
            made = self._nodes[term] = to_rdflib(term)
        return made

    def term(self, node: Node) -> Term:
        """Return the index's term for a node."""
        if isinstance(node, URIRef):
            return f"<{node}>"
        known = self._terms.get(node)
        if known is None:
            known = self._terms[node] = query_term(node)
        return known

    def triples(
        self, triple_pattern: Any, context: Any = None
    ) -> Iterator[tuple[tuple[Node, Node, Node], Iterator[Any]]]:
        """Yield the statements that match a pattern."""
        s, p, o = (None if n is None else self.term(n) for n in triple_pattern)
        if self.questions is not None:
            self.questions.add((s, p, o))
        node, source_text, graphs = self.node, self.index.source_text, self.graphs
        for subject, predicate, value in self._found(s, p, o):
            text = source_text(subject, predicate, value)
            yield (node(subject), node(predicate), node(text)), iter(graphs)

    def _found(
        self, s: Term | None, p: Term | None, o: Term | None
    ) -> Iterator[Triple]:
        tables = self.index.tables
        for predicate in tables if p is None else (p,):
            table = tables.get(predicate, NOTHING)
            if s is not None:
                values = table.values(s)
                if o is None:
                    yield from ((s, predicate, value) for value in values)
                elif o in values:
                    yield s, predicate, o
            elif o is not None:
                subjects = table.inverse.values(o)
                yield from ((subject, predicate, o) for subject in subjects)
            else:
                yield from ((one, predicate, value) for one, value in table.pairs())

    def __len__(self, context: Any = None) -> int:
        """Return the number of statements; pySHACL asks for every result."""
        return self.index.size

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:
        """Remember a prefix."""
        self._names.bind(prefix, namespace, override)

    def prefix(self, namespace: URIRef) -> str | None:
        """Return the prefix of a namespace."""
        return self._names.prefix(namespace)

    def namespace(self, prefix: str) -> URIRef | None:
        """Return the namespace of a prefix."""
        return self._names.namespace(prefix)

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """Yield all prefixes."""
        yield from self._names.namespaces()


def term_of(node: Node) -> Term:
    """Return the term of a node of rdflib, in the form that the index has it in."""
    if isinstance(node, URIRef):
        return f"<{node}>"
    if isinstance(node, BNode):
        return f"_:{node}"
    if not isinstance(node, Literal):
        return str(node)
    kind = None if node.datatype is None else str(node.datatype)
    if node.language:
        return canonical(literal(str(node), language=node.language))[0]
    return literal(str(node), datatype=kind)


def query_term(node: Node) -> Term:
    """Return the term of a node that a query names.

    Data hold ``"a"^^xsd:string`` as the plain text, which is another term to rdflib: a
    query that says the datatype does not find it.
    """
    term = term_of(node)
    if isinstance(node, Literal) and str(node.datatype) == _STRING:
        return f"{term}^^<{_STRING}>"
    return term
