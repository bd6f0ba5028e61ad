"""Constraints on the text and on the size of single values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.constraints.base import ValueConstraint, Verdict
from fair_imagic.checks.shacl.literals import day, number
from fair_imagic.rdf import text_of

if TYPE_CHECKING:
    import re
    from collections.abc import Collection

    from fair_imagic.checks.shacl.constraints.base import Judge
    from fair_imagic.rdf import Term

__all__ = ["Bound", "Length", "Pattern", "compare"]


class _TextConstraint(ValueConstraint):
    """A test of the text of a value; blank nodes have none and fail."""

    def bad(self, values: Collection[Term], judge: Judge) -> Verdict:
        """Return the values that fail, and those whose text is not certain."""
        passes = self.passes
        definite = {v for v in values if v[0] == "_" or not passes(text_of(v))}
        unsure = {v for v in judge.index.doubtful if v in values}
        return Verdict(definite - unsure, definite | unsure)

    def passes(self, text: str) -> bool:
        """Return whether a text passes."""
        raise NotImplementedError


@dataclass(frozen=True)
class Length(_TextConstraint):
    """``sh:minLength`` or ``sh:maxLength``."""

    least: int | None = None
    most: int | None = None

    def bad(self, values: Collection[Term], judge: Judge) -> Verdict:
        """Return the values that are too long or too short."""
        if self.least == 0:
            # The reference lets everything pass here, blank nodes too.
            return Verdict(frozenset(), frozenset())
        return super().bad(values, judge)

    def passes(self, text: str) -> bool:
        """Return whether a text is within the bounds."""
        if self.least is not None and len(text) < self.least:
            return False
        return self.most is None or len(text) <= self.most


@dataclass(frozen=True)
class Pattern(_TextConstraint):
    """``sh:pattern``: every value matches every pattern."""

    patterns: tuple[re.Pattern[str], ...]

    def passes(self, text: str) -> bool:
        """Return whether the text matches."""
        for pattern in self.patterns:  # noqa: SIM110 - half the time of all()
            if not pattern.search(text):
                return False
        return True


def compare(one: Term, other: Term) -> int | None:
    """Return -1, 0 or 1 as one term is less, equal or more; None where unsure."""
    first, second = number(one), number(other)
    if first is not None and second is not None:
        return (first > second) - (first < second)
    early, late = day(one), day(other)
    if early is not None and late is not None and early[0] == late[0]:
        return (early[1] > late[1]) - (early[1] < late[1])
    return None


@dataclass(frozen=True)
class Bound(ValueConstraint):
    """``sh:minInclusive`` and its kind: what comparing with each limit may give."""

    limits: tuple[Term, ...]
    allowed: tuple[int, ...]

    def bad(self, values: Collection[Term], judge: Judge) -> Verdict:
        """Return the values out of bounds, and those that we cannot compare."""
        definite = {value for value in values if value[0] != '"'}
        unsure: set[Term] = set()
        for value in values:
            if value in definite:
                continue
            results = [compare(value, limit) for limit in self.limits]
            if None in results or value in judge.index.doubtful:
                unsure.add(value)
            elif not all(result in self.allowed for result in results):
                definite.add(value)
        return Verdict(definite, definite | unsure)
