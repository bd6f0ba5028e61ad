"""What tests of the engine share: shapes from statements, and the reference alone."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable  # noqa: TC003 - read by pytest
from typing import Any

from rdflib import BNode, Graph, URIRef

from fair_imagic.checks.shacl.graph import DataGraph, add_all
from fair_imagic.checks.shacl.shapes import Shapes
from fair_imagic.rdf import PREFIXES, Triple

SH = PREFIXES["sh"]
MESSAGE = URIRef(f"{SH}resultMessage")
QUIET = logging.getLogger("tests.pyshacl")
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False

Signature = tuple[Any, ...]


def shapes_of(triples: Iterable[Triple], pairs: Iterable[Triple] = ()) -> Shapes:
    held = tuple(triples)
    return Shapes(
        hash=hashlib.sha256(repr(held).encode()).hexdigest(),
        triples=held,
        pairs=tuple(pairs),
    )


def reference_alone(shapes: Iterable[Triple], data: DataGraph) -> Graph:
    """Return the report that pySHACL writes without any of our code before it."""
    from pyshacl import validate
    from pyshacl.rdfutil.stringify import stringify_blank_node

    # It is kept by addresses of graphs, which are used again.
    stringify_blank_node.dict_cache.clear()
    _conforms, report, _text = validate(
        data.union_with(()),
        shacl_graph=add_all(Graph(bind_namespaces="none"), shapes),
        advanced=True,
        inplace=True,
        logger=QUIET,
    )
    if isinstance(report, Exception):
        raise report
    assert isinstance(report, Graph)
    return report


def signature(
    graph: Graph, node: Any, *, messages: bool = True, above: tuple[Any, ...] = ()
) -> Signature:
    """Return what is said of a node; blank nodes by what is said of them in turn."""
    if not isinstance(node, BNode):
        return ("term", node.n3())
    if node in above:
        return ("again", len(above) - above.index(node))
    inner = (*above, node)
    said = (
        (str(p), signature(graph, o, messages=messages, above=inner))
        for p, o in graph.predicate_objects(node)
        if messages or p != MESSAGE
    )
    return ("blank", *sorted(said))


def results_in(report: Graph, *, messages: bool = True) -> Counter[Signature]:
    """Return every result of a report, as often as it is there."""
    found = report.objects(None, URIRef(f"{SH}result"))
    return Counter(signature(report, node, messages=messages) for node in found)


def same_results(ours: Graph, theirs: Graph) -> bool:
    """Return whether two reports say the same.

    Messages count, unless one gave up writing out nested blank nodes: how far pySHACL
    gets depends on which of them it wrote first.
    """
    texts = (*ours.objects(None, MESSAGE), *theirs.objects(None, MESSAGE))
    messages = not any("recursion.too.deep" in text for text in texts)
    mine, others = (results_in(one, messages=messages) for one in (ours, theirs))
    return mine == others
