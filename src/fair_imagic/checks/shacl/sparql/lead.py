"""A comparison that leads: rows in its order are not all looked at.

``?from <= ?day`` holds for the rows whose ``?from`` comes first in order. They are
tried from the nearest on: what is sought is often that.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fair_imagic.checks.shacl.sparql.expression import Comparison, Name
from fair_imagic.checks.shacl.sparql.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fair_imagic.checks.shacl.sparql.expression import Expression
    from fair_imagic.checks.shacl.sparql.truth import Kinds, Values

__all__ = ["Lead", "Order", "lead_of"]

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True)
class Order:
    """Rows in the order of one of their values, and these values."""

    rows: Sequence[Values]
    values: Sequence[Any]


@dataclass(frozen=True)
class Lead:
    """A comparison between the value at a place here and one at a place there."""

    here: int
    sign: str
    there: int

    def order(self, rows: Iterable[Values]) -> Order:
        """Return rows in order."""
        place = self.here
        held = sorted(rows, key=lambda row: row[place][1])
        return Order(held, [row[place][1] for row in held])

    def near(self, ordered: Order, there: Values) -> Iterator[Values]:
        """Yield the rows for which the comparison holds, the nearest first."""
        value, rows = there[self.there][1], ordered.rows
        # Where the equal ones begin, or where they end.
        bisect = bisect_left if self.sign in ("<", ">=") else bisect_right
        cut = bisect(ordered.values, value)
        if self.sign in ("<", "<="):
            places = range(cut - 1, -1, -1)
        else:
            places = range(cut, len(rows))
        return map(rows.__getitem__, places)


def lead_of(
    conditions: Iterable[Expression],
    here: Sequence[str],
    there: Sequence[str],
    kinds: Kinds,
) -> Lead | None:
    """Return the first comparison that leads, if one does.

    All its values must be of one kind that has an order.
    """
    for one in conditions:
        if not isinstance(one, Comparison) or one.sign not in _TURNED:
            continue
        left, right = one.left, one.right
        if not isinstance(left, Name) or not isinstance(right, Name):
            continue
        both = kinds[left.name] | kinds[right.name]
        if len(both) != 1 or not both.isdisjoint({None, Kind.NODE}):
            continue
        if left.name in here and right.name in there:
            return Lead(here.index(left.name), one.sign, there.index(right.name))
        if left.name in there and right.name in here:
            sign = _TURNED[one.sign]
            return Lead(here.index(right.name), sign, there.index(left.name))
    return None
