"""The reference: pySHACL, asked about chosen nodes without its unsound options.

pySHACL's ``focus_nodes`` and ``use_shapes`` filter nested checks too. Here its own
constraint components are run one by one, each on the nodes that may break it, with the
whole shapes graph and the whole data graph behind it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP
from pyshacl.constraints.advanced import ExpressionConstraint
from pyshacl.constraints.core.shape_based_constraints import (
    PropertyConstraintComponent,
)
from pyshacl.errors import ConstraintLoadWarning
from pyshacl.graph_abstraction import DataGraph
from pyshacl.rdfutil.stringify import stringify_blank_node
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib import BNode, Graph, URIRef

from fair_imagic.checks.shacl.filter import CUSTOM
from fair_imagic.checks.shacl.graph import bind_all
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

    from fair_imagic.checks.shacl.filter import Flag
    from fair_imagic.checks.shacl.store import Pattern, ReadThrough
    from fair_imagic.rdf import Term

__all__ = ["Answer", "Raw", "Reference", "clone", "report_of", "whole_check"]

# What pySHACL returns for one broken constraint: text, node, statements about it.
Raw = tuple[str, BNode, list[tuple[Any, Any, Any]]]

# A logger of our own without output: pySHACL prints to standard error otherwise.
_LOGGER = logging.getLogger("fair_imagic.checks.pyshacl")
_LOGGER.addHandler(logging.NullHandler())
_LOGGER.propagate = False
_EXPRESSION = iri("sh:expression")
# Stands for the graph of shapes that a blank node is in.
_SHAPES = object()


@dataclass(frozen=True)
class Answer:
    """What the reference says of one node, and all that it asked to know it.

    One that is not ``lasting`` shows blank nodes of the data, whose statements go into
    the report.
    """

    results: tuple[Raw, ...]
    questions: frozenset[Pattern]
    lasting: bool


class Reference:
    """pySHACL over one shapes graph and one read-through store."""

    def __init__(
        self, shapes: Graph, store: ReadThrough, *, prefixes: Mapping[str, str]
    ) -> None:
        self.store = store
        self._validator = _validator(shapes, _graph(store, prefixes))
        self._shapes = self._validator.shacl_graph
        for shape in self._shapes.shapes:
            shape.set_advanced(True)
        self._executor = self._validator.make_executor()

    def answers(self, flag: Flag) -> Iterator[tuple[Term, Answer]]:
        """Yield each flagged node with what pySHACL says of it."""
        shape = self._shapes.lookup_shape_from_node(self.store.node(flag.place.term))
        trail = self._trail(flag)
        graph, components = self._validator.data_graph, None
        for term in flag.nodes:
            asked: set[Pattern] = set()
            self.store.questions = asked
            values = shape.value_nodes(graph, [self._node(flag, term)])
            if components is None:
                components = list(_components(shape, flag.parameter))
            results: list[Raw] = []
            for component in components:
                path = [*trail, shape, component]
                results += component.evaluate(self._executor, graph, values, path)[1]
            self.store.questions = None
            plain = tuple(_plain(raw, self._shapes.graph) for raw in results)
            lasting = not any(
                isinstance(value, tuple) and value[0] is not _SHAPES
                for _text, _node, parts in plain
                for _s, _p, value in parts
            )
            yield term, Answer(plain, frozenset(asked), lasting)

    def _node(self, flag: Flag, term: Term) -> Node:
        """Return rdflib's node of a focus node, as it was written first."""
        spelled, targets = self.store.index.spellings, flag.place.targets
        if targets is not None and term in targets.nodes:
            return self.store.node(targets.spellings.get(term, term))
        return self.store.node(spelled.get(term, term))

    def _trail(self, flag: Flag) -> list[Any]:
        """Return the shapes above as pySHACL passes them on, to notice recursion."""
        trail: list[Any] = []
        for term in flag.place.above:
            shape = self._shapes.lookup_shape_from_node(self.store.node(term))
            trail += [shape, PropertyConstraintComponent(shape)]
        return trail


def report_of(shapes: Graph, results: list[Raw]) -> Graph:
    """Return the ``sh:ValidationReport`` of these results."""
    whole = [
        (text, node, [(s, p, _in_full(value, shapes)) for s, p, value in parts])
        for text, node, parts in results
    ]
    shapes_graph = ShapesGraph(shapes, logger=_LOGGER)
    report, _text = Validator.create_validation_report(shapes_graph, not whole, whole)
    return cast("Graph", report)


def _in_full(value: Any, shapes: Graph) -> Any:
    if isinstance(value, tuple) and value[0] is _SHAPES:
        return shapes, value[1]
    return value


def whole_check(shapes: Graph, data: Graph) -> tuple[list[Raw], Graph]:
    """Return results and report of pySHACL alone, for shapes that change the data."""
    validator = _validator(shapes, data)
    kept: list[Raw] = []
    make = validator.create_validation_report

    def keep(graph: Any, conforms: bool, results: list[Raw]) -> Any:
        kept.extend(results)
        return make(graph, conforms, results)

    validator.create_validation_report = keep
    _conforms, report, _text = validator.run()
    return kept, report


def _validator(shapes: Graph, data: Graph) -> Any:
    # Kept for ever by the address of a graph, which another graph may get later.
    stringify_blank_node.dict_cache.clear()
    options = {
        "advanced": True,
        "inference": "none",
        # The graph was made for this one check: no need to copy it.
        "inplace": True,
        "logger": _LOGGER,
    }
    return Validator(DataGraph.from_rdflib(data), shacl_graph=shapes, options=options)


def _graph(store: ReadThrough, prefixes: Mapping[str, str]) -> Graph:
    graph = bind_all(Graph(store=store, bind_namespaces="none"), prefixes)
    store.graphs = (graph,)
    return graph


def _components(shape: Any, parameter: Term) -> Iterator[Any]:
    if parameter == CUSTOM:
        for component in shape.find_custom_constraints():
            yield component.make_validator_for_shape(shape)
        return
    if parameter == _EXPRESSION:
        yield ExpressionConstraint(shape)
        return
    try:
        yield CONSTRAINT_PARAMETERS_MAP[URIRef(parameter[1:-1])](shape)
    except ConstraintLoadWarning:
        # A qualified shape on a node shape: pySHACL goes on without it.
        return


def _plain(raw: Raw, shapes: Graph) -> Raw:
    """Return a result that holds graphs only for blank nodes of the data."""

    def held(value: Any) -> Any:
        if not isinstance(value, tuple):
            return value
        graph, node = value
        if not isinstance(node, BNode):
            return node
        return (_SHAPES, node) if graph is shapes else value

    text, node, parts = raw
    return text, node, [(s, p, held(value)) for s, p, value in parts]


def clone(raw: Raw) -> Raw:
    """Return a result once more: a node reached twice is reported twice."""
    text, node, parts = raw
    fresh: dict[Any, BNode] = {subject: BNode() for subject, _p, _o in parts}
    copies = [
        (fresh[s], p, o if isinstance(o, tuple) else fresh.get(o, o))
        for s, p, o in parts
    ]
    return text, fresh.get(node, node), copies
