"""What every constraint gives: who fails for certain, and who may fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.shacl.index import Index
    from fair_imagic.checks.shacl.views import View
    from fair_imagic.rdf import Term

__all__ = ["NONE", "Constraint", "Judge", "ValueConstraint", "Verdict", "certain"]


class Verdict(NamedTuple):
    """Nodes that fail for certain, and nodes that may fail (these among them)."""

    definite: AbstractSet[Term]
    possible: AbstractSet[Term]


NONE = Verdict(frozenset(), frozenset())


def certain(nodes: AbstractSet[Term]) -> Verdict:
    """Return the verdict that exactly these nodes fail."""
    return Verdict(nodes, nodes)


class Judge(Protocol):
    """What constraints may ask while one check runs."""

    index: Index

    def members(self, class_term: Term) -> AbstractSet[Term]:
        """Return the instances of a class, subclasses included."""

    def verdict(self, shape: Term, nodes: AbstractSet[Term]) -> Verdict:
        """Return which nodes do not conform to a shape."""

    def bad_values(self, constraint: ValueConstraint, view: View) -> Verdict:
        """Return which values of a view fail, each value tested once."""


class Constraint(Protocol):
    """One constraint of one shape."""

    @property
    def parameter(self) -> Term:
        """The SHACL property that says it."""

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the focus nodes that fail."""


@dataclass(frozen=True)
class ValueConstraint:
    """A constraint that looks at one value at a time, whosever it is."""

    parameter: Term

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the focus nodes with a value that fails."""
        definite, possible = judge.bad_values(self, view)
        if not possible:
            return NONE
        found = view.nodes_with(possible)
        if len(definite) == len(possible):
            return certain(found)
        return Verdict(view.nodes_with(definite), found)

    def bad(self, values: Collection[Term], judge: Judge) -> Verdict:
        """Return the values that fail."""
        raise NotImplementedError
