"""What tests of the engine share: shapes from statements, and the reference alone."""

from __future__ import annotations

import logging
import warnings
from collections import Counter
from collections.abc import Callable, Iterable  # noqa: TC003 - read by pytest
from typing import Any

import pytest
from rdflib import BNode, Graph, URIRef

from fair_imagic.checks.engine import Evaluation, evaluate
from fair_imagic.checks.graph import DataGraph, add_all
from fair_imagic.checks.shapes import Shapes
from fair_imagic.rdf import PREFIXES, Triple

SH = PREFIXES["sh"]
QUIET = logging.getLogger("tests.pyshacl")
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False

Signature = tuple[Any, ...]


def shapes_of(triples: Iterable[Triple], pairs: Iterable[Triple] = ()) -> Shapes:
    return Shapes(
        hash="test",
        triples=tuple(triples),
        pairs=tuple(pairs),
        superclasses={},
        rules={},
        profiles={},
    )


def reference_alone(shapes: Iterable[Triple], data: DataGraph) -> Graph:
    """Return the report that pySHACL writes without any of our code before it."""
    from pyshacl import validate
    from pyshacl.rdfutil.stringify import stringify_blank_node

    # It is kept by addresses of graphs, which are used again.
    stringify_blank_node.dict_cache.clear()
    _conforms, report, _text = validate(
        data.merged(()),
        shacl_graph=add_all(Graph(bind_namespaces="none"), shapes),
        advanced=True,
        inplace=True,
        logger=QUIET,
    )
    if isinstance(report, Exception):
        raise report
    assert isinstance(report, Graph)
    return report


def signature(graph: Graph, node: Any, above: tuple[Any, ...] = ()) -> Signature:
    """Return what is said of a node; blank nodes by what is said of them in turn."""
    if not isinstance(node, BNode):
        return ("term", node.n3())
    if node in above:
        return ("again", len(above) - above.index(node))
    said = (
        (str(p), signature(graph, o, (*above, node)))
        for p, o in graph.predicate_objects(node)
    )
    return ("blank", *sorted(said))


def results_in(report: Graph) -> Counter[Signature]:
    """Return every result of a report, as often as it is there."""
    found = report.objects(None, URIRef(f"{SH}result"))
    return Counter(signature(report, node) for node in found)


def same_report(
    shapes: Iterable[Triple],
    data: DataGraph,
    *,
    evaluated: Evaluation | None = None,
) -> Counter[Signature]:
    """Assert that our report is the reference's own, and return its results."""
    shapes = tuple(shapes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ours = evaluated or evaluate(shapes_of(shapes), data)
        theirs = results_in(reference_alone(shapes, data))
    mine = results_in(ours.report())
    assert mine == theirs, f"missing {theirs - mine}, too many {mine - theirs}"
    assert len(ours.results) == theirs.total()
    return theirs


@pytest.fixture(name="same_report")
def _same_report() -> Callable[..., Counter[Signature]]:
    return same_report
