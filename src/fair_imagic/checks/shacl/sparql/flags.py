"""The nodes that may break a SPARQL constraint, shape by shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.sparql.batch import Batch
from fair_imagic.checks.shacl.sparql.join import Joins, is_joinable
from fair_imagic.checks.shacl.sparql.solutions import NotJoinedError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.shacl.index import Index
    from fair_imagic.checks.shacl.sparql.plan import Plan
    from fair_imagic.rdf import Term

__all__ = ["flag_nodes"]


def flag_nodes(
    plans: Mapping[str, Sequence[Plan | None]],
    focus: Mapping[str, Collection[Term]],
    index: Index,
) -> dict[str, AbstractSet[Term]]:
    """Return for each shape the focus nodes that may break a SPARQL constraint.

    ``plans`` come from :func:`~fair_imagic.checks.shacl.sparql.constraint.plans_of`,
    ``focus`` are the focus nodes of each shape.
    """
    asked = {shape: held for shape, held in plans.items() if held and focus.get(shape)}
    joins, batch = Joins(index), Batch(index)
    found: dict[str, AbstractSet[Term]] = {}
    for shape, held in asked.items():
        nodes = frozenset(focus[shape])
        if None in held:
            found[shape] = set(nodes)
            continue
        # A literal is no node of a store: pySHACL looks at it anyway.
        literals = {node for node in nodes if node.startswith('"')}
        found[shape] = literals.union(
            *(_found(joins, batch, plan, nodes - literals) for plan in held if plan)
        )
    return {shape: nodes for shape, nodes in found.items() if nodes}


def _found(
    joins: Joins, batch: Batch, plan: Plan, nodes: frozenset[Term]
) -> AbstractSet[Term]:
    if is_joinable(plan):
        try:
            return joins.run(plan, nodes)
        except NotJoinedError:
            pass
    return batch.run(plan, nodes)
