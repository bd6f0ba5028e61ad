"""Constraints that compare the values of two properties of one node."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.constraints.base import Verdict, certain
from fair_imagic.checks.shacl.constraints.texts import compare

if TYPE_CHECKING:
    from collections.abc import Collection

    from fair_imagic.checks.shacl.constraints.base import Judge
    from fair_imagic.checks.shacl.views import View
    from fair_imagic.rdf import Term

__all__ = ["Disjoint", "Equals", "LessThan"]


@dataclass(frozen=True)
class Equals:
    """``sh:equals``: the same values as another property."""

    parameter: Term
    predicates: tuple[Term, ...]

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the nodes whose values differ."""
        tables = [judge.index.table(predicate) for predicate in self.predicates]
        found = {
            node
            for node in view.nodes
            if any(
                set(view.values(node)) != set(table.values(node)) for table in tables
            )
        }
        return certain(found)


@dataclass(frozen=True)
class Disjoint:
    """``sh:disjoint``: no value that another property has too."""

    parameter: Term
    predicates: tuple[Term, ...]

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the nodes with a value of both."""
        found: set[Term] = set()
        for predicate in self.predicates:
            table = judge.index.table(predicate)
            found.update(
                node
                for node in view.nodes
                if node in table.one
                and not set(view.values(node)).isdisjoint(table.values(node))
            )
        return certain(found)


@dataclass(frozen=True)
class LessThan:
    """``sh:lessThan`` and ``sh:lessThanOrEquals``."""

    parameter: Term
    predicates: tuple[Term, ...]
    allowed: tuple[int, ...]

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the nodes with a value that is, or may be, too large."""
        found: set[Term] = set()
        for predicate in self.predicates:
            table = judge.index.table(predicate)
            # Many nodes have the same two values, which are compared once.
            holds = functools.cache(self._holds)
            found.update(
                node
                for node in view.nodes
                if node in table.one
                and not holds(_fixed(view.values(node)), _fixed(table.values(node)))
            )
        # What cannot be compared is left to the reference: it may even refuse it.
        return Verdict(frozenset(), found)

    def _holds(self, values: tuple[Term, ...], limits: tuple[Term, ...]) -> bool:
        return all(
            compare(value, limit) in self.allowed
            for value in values
            for limit in limits
        )


def _fixed(values: Collection[Term]) -> tuple[Term, ...]:
    return values if isinstance(values, tuple) else tuple(values)
