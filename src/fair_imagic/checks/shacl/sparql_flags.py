"""Where SPARQL constraints get their flags, apart from those of SHACL Core."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.constraints import PROPERTY
from fair_imagic.checks.shacl.plan_cache import recall_plans
from fair_imagic.checks.shacl.sparql import flag_nodes, plans_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.shacl.index import Index
    from fair_imagic.checks.shacl.plan_cache import Plans
    from fair_imagic.checks.shacl.shapes import Shapes
    from fair_imagic.rdf import Term

__all__ = ["sparql_flags"]


def sparql_flags(
    shapes: Shapes, targets: Mapping[Term, AbstractSet[Term]], index: Index
) -> Mapping[Term, AbstractSet[Term]]:
    """Return for each shape with ``sh:sparql`` the focus nodes that may break it.

    ``targets`` are its focus nodes.
    """
    plans = _plans(_Held(shapes), shapes.hash, frozenset(targets))
    return flag_nodes(plans, targets, index)


@dataclass(frozen=True)
class _Held:
    """Shapes as a cache key: the hash beside them stands for them."""

    shapes: Shapes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@functools.lru_cache(maxsize=8)
def _plans(held: _Held, digest: str, terms: frozenset[Term]) -> Plans:
    return recall_plans(digest, terms, lambda: _compiled(held.shapes, terms))


def _compiled(shapes: Shapes, terms: frozenset[Term]) -> Plans:
    from pyshacl.shapes_graph import ShapesGraph

    from fair_imagic.checks.shacl.graph import to_rdflib

    said = shapes.plan.shapes
    # A property shape without a type is one because another shape points at it.
    above = {parent for term in terms for parent in said.subjects(PROPERTY, term)}
    graph = ShapesGraph(shapes.graph_of(terms | above))
    nodes = {shape.node: shape for shape in graph.shapes}
    return {term: plans_of(nodes[to_rdflib(term)]) for term in terms}
