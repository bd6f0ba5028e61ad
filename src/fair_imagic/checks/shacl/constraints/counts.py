"""Constraints on how many values a node has, and in which languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.constraints.base import Verdict, certain
from fair_imagic.checks.shacl.literals import language_tag

if TYPE_CHECKING:
    from fair_imagic.checks.shacl.constraints.base import Judge
    from fair_imagic.checks.shacl.views import View
    from fair_imagic.rdf import Term

__all__ = ["MaxCount", "MinCount", "UniqueLang"]


@dataclass(frozen=True)
class MinCount:
    """``sh:minCount``."""

    parameter: Term
    count: int

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the nodes with too few values."""
        return certain(view.fewer(self.count))


@dataclass(frozen=True)
class MaxCount:
    """``sh:maxCount``."""

    parameter: Term
    count: int

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the nodes with too many values."""
        return certain(view.more(self.count))


@dataclass(frozen=True)
class UniqueLang:
    """``sh:uniqueLang``: no two values in one language."""

    parameter: Term

    def failures(self, view: View, judge: Judge) -> Verdict:
        """Return the nodes with two values in one language."""
        return certain({node for node in view.more(1) if _repeats(view, node)})


def _repeats(view: View, node: Term) -> bool:
    tags = [tag for value in view.values(node) if (tag := language_tag(value))]
    return len(tags) > len(set(tags))
