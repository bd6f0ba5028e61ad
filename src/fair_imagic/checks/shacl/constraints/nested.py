"""Constraints that ask whether values conform to other shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.constraints.base import Verdict, certain
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.shacl.constraints.base import Judge
    from fair_imagic.checks.shacl.views import View
    from fair_imagic.rdf import Term

__all__ = ["AllOf", "AnyOf", "Closed", "ExactlyOneOf", "Not", "Qualified"]

_TYPE = iri("rdf:type")
_RESOURCE = iri("rdfs:Resource")


def _spread(view: View, bad: Verdict) -> Verdict:
    """Return the focus nodes that have these values."""
    possible = view.nodes_with(bad.possible)
    if len(bad.definite) == len(bad.possible):
        return certain(possible)
    return Verdict(view.nodes_with(bad.definite), possible)


@dataclass(frozen=True)
class AllOf:
    """``sh:node`` and ``sh:and``: every value conforms to every shape."""

    parameter: Term
    shapes: tuple[Term, ...]

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the nodes with a value that breaks one of the shapes."""
        verdicts = [judge.verdict(shape, view.all_values) for shape in self.shapes]
        bad = Verdict(
            set().union(*(verdict.definite for verdict in verdicts)),
            set().union(*(verdict.possible for verdict in verdicts)),
        )
        return _spread(view, bad)


@dataclass(frozen=True)
class Not:
    """``sh:not``: no value conforms to any of the shapes."""

    parameter: Term
    shapes: tuple[Term, ...]

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the nodes with a value that conforms."""
        values = view.all_values
        verdicts = [judge.verdict(shape, values) for shape in self.shapes]
        bad = Verdict(
            set().union(*(values - verdict.possible for verdict in verdicts)),
            set().union(*(values - verdict.definite for verdict in verdicts)),
        )
        return _spread(view, bad)


@dataclass(frozen=True)
class AnyOf:
    """``sh:or``: every value conforms to a shape of each list."""

    parameter: Term
    lists: tuple[tuple[Term, ...], ...]

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the nodes with a value that breaks all shapes of a list."""
        definite: set[Term] = set()
        possible: set[Term] = set()
        for shapes in self.lists:
            # Only what the shapes before did not let pass goes on.
            sure = unsure = view.all_values
            for shape in shapes:
                verdict = judge.verdict(shape, unsure)
                sure, unsure = sure & verdict.definite, unsure & verdict.possible
            definite |= sure
            possible |= unsure
        return _spread(view, Verdict(definite, possible))


@dataclass(frozen=True)
class ExactlyOneOf:
    """``sh:xone``: every value conforms to one shape of each list and to no other."""

    parameter: Term
    lists: tuple[tuple[Term, ...], ...]

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the nodes with a value that conforms to none or to several."""
        values = view.all_values
        definite: set[Term] = set()
        possible: set[Term] = set()
        for shapes in self.lists:
            verdicts = [judge.verdict(shape, values) for shape in shapes]
            for value in values:
                least = sum(value not in verdict.possible for verdict in verdicts)
                most = sum(value not in verdict.definite for verdict in verdicts)
                if (least, most) != (1, 1):
                    possible.add(value)
                if most == 0 or least > 1:
                    definite.add(value)
        return _spread(view, Verdict(definite, possible))


@dataclass(frozen=True)
class Qualified:
    """``sh:qualifiedValueShape`` with its counts and the shapes it is disjoint from."""

    parameter: Term
    # Each shape with its sibling shapes.
    shapes: tuple[tuple[Term, tuple[Term, ...]], ...]
    least: int | None
    most: int | None

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the nodes with too few or too many values that conform."""
        definite: set[Term] = set()
        possible: set[Term] = set()
        for shape, siblings in self.shapes:
            sure, maybe = _conforming(judge, shape, siblings, view.all_values)
            for node in view.nodes:
                values = set(view.values(node))
                fewest, most = len(values & sure), len(values & maybe)
                if not (self._allows(fewest) and self._allows(most)):
                    possible.add(node)
                    if not self._could_allow(fewest, most):
                        definite.add(node)
        return Verdict(definite, possible)

    def _allows(self, count: int) -> bool:
        return (self.least is None or count >= self.least) and (
            self.most is None or count <= self.most
        )

    def _could_allow(self, fewest: int, most: int) -> bool:
        return any(self._allows(count) for count in range(fewest, most + 1))


def _conforming(
    judge: Judge, shape: Term, siblings: tuple[Term, ...], values: AbstractSet[Term]
) -> tuple[AbstractSet[Term], AbstractSet[Term]]:
    """Return the values that conform for certain, and those that may."""
    verdict = judge.verdict(shape, values)
    sure, maybe = values - verdict.possible, values - verdict.definite
    for sibling in siblings:
        other = judge.verdict(sibling, maybe)
        # What conforms to a sibling does not count.
        sure, maybe = sure & other.definite, maybe & other.possible
    return sure, maybe


@dataclass(frozen=True)
class Closed:
    """``sh:closed``: no property but these."""

    parameter: Term
    allowed: frozenset[Term]

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the nodes with a value that has another property."""
        values = view.all_values
        bad: set[Term] = set()
        for predicate, table in judge.index.tables.items():
            if predicate in self.allowed:
                continue
            found = {value for value in values if value in table.one}
            if predicate == _TYPE:
                # The reference forgives everybody for being a resource.
                found = {v for v in found if set(table.values(v)) != {_RESOURCE}}
            bad |= found
        return certain(view.nodes_with(bad))
