"""The check engine: pySHACL says what does not hold, node by node.

One function, :func:`evaluate`, is all that the rest of the package sees, so that a
fast filter can be put in front of pySHACL without touching anything else.

pySHACL's options ``focus_nodes`` and ``use_shapes`` are never used: they filter the
nested checks too and turn broken rules into "conforms" (a test shows it).
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.rdf import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyshacl.shape import Shape
    from rdflib import Graph
    from rdflib.term import Node

    from fair_imagic.checks.graph import DataGraph
    from fair_imagic.checks.shapes import Shapes
    from fair_imagic.rdf import Term

__all__ = ["Evaluation", "Result", "evaluate"]

_SH = PREFIXES["sh"]
# A logger of our own without output: pySHACL prints to standard error otherwise.
_LOGGER = logging.getLogger("fair_imagic.checks.pyshacl")
_LOGGER.addHandler(logging.NullHandler())
_LOGGER.propagate = False
# rdflib's query parser and the shared shapes graph are not made for several threads.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Result:
    """One broken constraint: the shape, the node, the value, the constraint's kind."""

    shape: str
    focus: str
    path: str
    value: Term | None
    component: str
    message: str


@dataclass(frozen=True)
class Evaluation:
    """All results, and for each named shape the nodes that it looked at."""

    results: tuple[Result, ...]
    focus_nodes: Mapping[str, frozenset[str]]


def evaluate(shapes: Shapes, data: DataGraph) -> Evaluation:
    """Check all data against all shapes.

    Raises :class:`~fair_imagic.errors.InputError` where the shapes themselves are not
    well formed.
    """
    from pyparsing import ParseBaseException
    from pyshacl.errors import ReportableRuntimeError
    from pyshacl.graph_abstraction import DataGraph as ShaclData
    from pyshacl.validator import Validator

    options = {
        "advanced": True,
        "inference": "none",
        # The graph was made for this one check: no need to copy it again.
        "inplace": True,
        "logger": _LOGGER,
    }
    try:
        with _ONE_AT_A_TIME:
            validator: Any = Validator(
                ShaclData.from_rdflib(data.graph),
                shacl_graph=shapes.graph,
                ont_graph=shapes.subclasses,
                options=options,
            )
            _conforms, report, _text = validator.run()
            looked_at = _focus_nodes(validator)
    except (ReportableRuntimeError, ParseBaseException) as error:
        raise InputError(
            _("The requirements are not well-formed SHACL"),
            found=str(error).strip(),
            hint=_("Correct the rule that the message names"),
        ) from error
    return Evaluation(tuple(_results(report, data)), looked_at)


def _results(report: Graph, data: DataGraph) -> Iterator[Result]:
    from rdflib import URIRef

    for node in report.objects(None, URIRef(_SH + "result")):

        def said(name: str, node: Node = node) -> Node | None:
            return report.value(node, URIRef(_SH + name), any=True)

        yield Result(
            shape=str(said("sourceShape") or ""),
            focus=str(said("focusNode") or ""),
            path=_path(said("resultPath")),
            value=data.term_of(said("value")),
            component=str(said("sourceConstraintComponent") or "").removeprefix(_SH),
            message=str(said("resultMessage") or ""),
        )


def _path(node: Node | None) -> str:
    from rdflib import URIRef

    return str(node) if isinstance(node, URIRef) else ""


def _focus_nodes(validator: Any) -> dict[str, frozenset[str]]:
    """Return for each shape its focus nodes, also where another shape hands them on."""
    graph = validator.target_graph
    found: dict[str, set[str]] = {}
    for shape in validator.shacl_graph.shapes:
        nodes = shape.focus_nodes(graph)
        if nodes:
            _note(shape, set(nodes), graph, found)
    return {shape: frozenset(nodes) for shape, nodes in found.items()}


def _note(
    shape: Shape, nodes: set[Node], graph: Any, found: dict[str, set[str]]
) -> None:
    from rdflib import URIRef

    found.setdefault(str(shape.node), set()).update(str(node) for node in nodes)
    nested = list(shape.sg.graph.objects(shape.node, URIRef(_SH + "property")))
    if not nested:
        return
    reached = nodes
    if shape.is_property_shape:
        values = shape.value_nodes(graph, nodes)
        reached = {value for group in values.values() for value in group}
    for child in nested:
        if reached:
            _note(shape.sg.lookup_shape_from_node(child), reached, graph, found)
