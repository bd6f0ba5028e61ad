"""What tests of SPARQL constraints share: pySHACL on one side, our flags on the other.

pySHACL is the reference: it evaluates a shape for each focus node by itself.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from pyshacl.graph_abstraction import DataGraph as ShaclData
from pyshacl.validator import Validator
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from fair_imagic.checks.shacl.graph import DataGraph, to_rdflib
from fair_imagic.checks.shacl.index import Index
from fair_imagic.checks.shacl.sparql import flag_nodes, plans_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyshacl.shape import Shape

    from fair_imagic.checks.shacl.sparql import Plan
    from fair_imagic.rdf import Term, Triple

_SH = Namespace("http://www.w3.org/ns/shacl#")
_SHAPE = URIRef("http://e/Shape")
_LOGGER = logging.getLogger("test.pyshacl")
_LOGGER.propagate = False


@dataclass(frozen=True)
class Sides:
    """What pySHACL says of the focus nodes, and what we flag."""

    failing: set[Term]
    flagged: set[Term]
    plans: tuple[Plan | None, ...]


def shapes_with(select: str) -> Graph:
    graph, constraint = Graph(), URIRef("http://e/Constraint")
    graph.add((_SHAPE, RDF.type, _SH.NodeShape))
    graph.add((_SHAPE, _SH.sparql, constraint))
    graph.add((constraint, _SH.select, Literal(f"PREFIX e: <http://e/>\n{select}")))
    return graph


def sides_of(
    shapes: Graph,
    triples: Iterable[Triple],
    focus: Iterable[Term],
    *,
    shape: URIRef = _SHAPE,
) -> Sides:
    held = sorted(set(triples))
    data = ShaclData.from_rdflib(DataGraph(held).graph)
    options = {
        "advanced": True,
        "inference": "none",
        "inplace": True,
        "logger": _LOGGER,
    }
    validator = Validator(data, shacl_graph=shapes, options=options)
    list(validator.shacl_graph.shapes)
    looked_up = validator.shacl_graph.lookup_shape_from_node(shape)
    plans = plans_of(looked_up)
    nodes = list(focus)
    found = flag_nodes({"s": plans}, {"s": nodes}, Index(held))
    failing = {node for node in nodes if _fails(validator, data, looked_up, node)}
    return Sides(failing, set(found.get("s", ())), plans)


def _fails(validator: Any, data: ShaclData, shape: Shape, node: Term) -> bool:
    """Return whether pySHACL has something to say: a result, or that it refuses."""
    try:
        executor = validator.make_executor()
        conforms, _results = shape.validate(executor, data, focus=[to_rdflib(node)])
    except (ReportableRuntimeError, ValidationFailure, NotImplementedError):
        return True
    except Exception as error:
        # rdflib has no class of its own for a prefix that nobody declares.
        if "Unknown namespace prefix" in str(error):
            return True
        raise
    return not conforms


@pytest.fixture
def sides() -> Callable[..., Sides]:
    """Return a function: query, triples and focus nodes to both answers."""

    def compare(select: str, triples: Iterable[Triple], focus: Iterable[Term]) -> Sides:
        return sides_of(shapes_with(select), triples, focus)

    return compare


@pytest.fixture
def sides_of_graph() -> Callable[..., Sides]:
    return sides_of
