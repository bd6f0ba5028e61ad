"""The filter: which nodes may break which constraint, found with sets alone.

It may name a node too many, never one too few: the reference looks at all that it
names, and at nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.constraints import SPARQL, Verdict
from fair_imagic.checks.shacl.views import view_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.shacl.constraints import ValueConstraint
    from fair_imagic.checks.shacl.index import Index
    from fair_imagic.checks.shacl.plan import Place, Plan
    from fair_imagic.checks.shacl.shape import NodeTest
    from fair_imagic.checks.shacl.views import View
    from fair_imagic.rdf import Term

__all__ = ["CUSTOM", "Filter", "Flag"]

# Stands for all constraint components that a shapes graph defines itself.
CUSTOM = "custom"


@dataclass(frozen=True)
class Flag:
    """Nodes that may break one constraint of a shape, at one place of it.

    Those that are ``certain`` do.
    """

    place: Place
    parameter: Term
    nodes: AbstractSet[Term]
    certain: AbstractSet[Term] = frozenset()


@dataclass
class _Judged:
    seen: set[Term] = field(default_factory=set)
    definite: set[Term] = field(default_factory=set)
    possible: set[Term] = field(default_factory=set)


class Filter:
    """One pass of a plan over an index; also what constraints ask (``Judge``)."""

    def __init__(self, plan: Plan, index: Index) -> None:
        self.plan = plan
        self.index = index
        # The focus nodes at each place, by the shapes that lead there.
        self.focus: dict[tuple[Term, ...], AbstractSet[Term]] = {}
        self._members: dict[Term, frozenset[Term]] = {}
        self._judged: dict[Term, _Judged] = {}
        self._bad: dict[tuple[Term, ValueConstraint], Verdict] = {}

    def flags(self) -> list[Flag]:
        """Return all flags that have nodes."""
        found: list[Flag] = []
        for place in self.plan.places:
            if place.targets is not None:
                found.extend(self._flags(place, place.targets.nodes_in(self)))
        return found

    def _flags(self, place: Place, nodes: AbstractSet[Term]) -> Iterator[Flag]:
        self.focus[*place.above, place.term] = nodes
        if not nodes:
            return
        test = place.test
        for parameter in (*place.opaque, *((CUSTOM,) if test.custom else ())):
            yield Flag(place, parameter, nodes)
        if test.sparql:
            yield Flag(place, SPARQL, nodes)
        if test.opaque_path:
            return
        view = view_of(self.index, test.path, nodes)
        for constraint in test.constraints:
            definite, possible = constraint.failures(view, self)
            if possible:
                yield Flag(place, constraint.parameter, possible, definite)
        for child in place.children:
            yield from self._flags(child, view.all_values)

    def members(self, class_term: Term) -> frozenset[Term]:
        """Return the instances of a class, subclasses included."""
        if class_term not in self._members:
            self._members[class_term] = frozenset(self.index.members(class_term))
        return self._members[class_term]

    def bad_values(self, constraint: ValueConstraint, view: View) -> Verdict:
        """Return which values of a view fail, each value tested once."""
        if view.key is None:
            return constraint.bad(view.distinct, self)
        known = self._bad.get((view.key, constraint))
        if known is None:
            known = constraint.bad(view.distinct, self)
            self._bad[view.key, constraint] = known
        return known

    def verdict(self, shape: Term, nodes: AbstractSet[Term]) -> Verdict:
        """Return which nodes do not conform to a shape, each node judged once."""
        judged = self._judged.setdefault(shape, _Judged())
        new = nodes - judged.seen
        if new:
            definite, possible = self._judge(self.plan.tests[shape], new)
            judged.seen |= new
            judged.definite |= definite
            judged.possible |= possible
        return Verdict(nodes & judged.definite, nodes & judged.possible)

    def _judge(self, test: NodeTest, nodes: AbstractSet[Term]) -> Verdict:
        view = view_of(self.index, test.path, nodes)
        verdicts = [constraint.failures(view, self) for constraint in test.constraints]
        for child in test.properties:
            bad = self.verdict(child, view.all_values)
            verdicts.append(
                Verdict(view.nodes_with(bad.definite), view.nodes_with(bad.possible))
            )
        return Verdict(
            set().union(*(verdict.definite for verdict in verdicts)),
            set().union(*(verdict.possible for verdict in verdicts)),
        )
