"""A tally: how often a rule is broken, where nothing more is wanted of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fair_imagic.checks.rule import Rule

__all__ = ["Tally"]


@dataclass(frozen=True)
class Tally:
    """A rule with the number of points to fix that it would give."""

    rule: Rule
    count: int
