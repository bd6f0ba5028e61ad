"""Plans followed over the index itself, as joins of distinct values.

Each condition is computed once for each combination of values that occurs: an image's
day is compared once for all images of that microscope and day. Where a value is not of
a kind that compares surely, rdflib is asked about that combination; where even that
does not tell, the node is named.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from fair_imagic.checks.engine.sparql.asked import Asked
from fair_imagic.checks.engine.sparql.group import Condition, Step
from fair_imagic.checks.engine.sparql.plan import MARK, THIS, Related
from fair_imagic.checks.engine.sparql.question import Question, ValuesByTerm
from fair_imagic.checks.engine.sparql.solutions import Solutions, picker, solved

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.engine.index import Index
    from fair_imagic.checks.engine.sparql.group import Group
    from fair_imagic.checks.engine.sparql.plan import Plan
    from fair_imagic.checks.engine.sparql.solutions import Row
    from fair_imagic.rdf import Term

__all__ = ["Joins", "is_joinable"]


def is_joinable(plan: Plan) -> bool:
    """Return whether a plan is made of triple patterns and conditions alone."""
    related = (one.group for one in plan.parts if isinstance(one, Related))
    return all(
        isinstance(one, Step | Condition)
        for group in (plan.where, *related)
        for one in group.flat
    )


class Joins:
    """Runs joinable plans over one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._values = ValuesByTerm()
        self._asked = Asked(index)

    def run(self, plan: Plan, focus: Iterable[Term]) -> AbstractSet[Term]:
        """Return the focus nodes that may fail.

        Raises :class:`~fair_imagic.checks.engine.sparql.solutions.NotJoinedError`.
        """
        conditions = _conditions(plan.where)
        conditions += [one for one in plan.parts if isinstance(one, Condition)]
        related = [one for one in plan.parts if isinstance(one, Related)]
        needed = {THIS}.union(
            *(one.names for one in conditions), *(one.keys for one in related)
        )
        start = Solutions((THIS,), [(node,) for node in focus])
        found = solved(_steps(plan.where), self.index, start, needed)
        for one in conditions:
            found = self._narrowed(found, one, unsure=True)
        for part in related:
            found = self._related(found, part)
        place = found.names.index(THIS)
        return {row[place] for row in found.rows}

    def _narrowed(
        self, found: Solutions, condition: Condition, *, unsure: bool
    ) -> Solutions:
        """Return the rows on which a condition holds."""
        names = tuple(sorted(condition.names))
        keys = found.distinct(names)
        question = self._question([condition], names, ())
        held = {
            key
            for key in keys.rows
            if question.is_met(question.prepared([key]), (), unsure=unsure)
        }
        if len(held) == len(keys.rows):
            return found
        return _chosen(found, names, held)

    def _related(self, found: Solutions, part: Related) -> Solutions:
        """Return the rows for which something (or nothing) related is there."""
        shared = [name for name in part.keys if name in part.needed]
        keys = found.distinct(part.keys)
        inside = _conditions(part.group)
        needed = frozenset(part.needed).union(*(one.names for one in inside))
        start = keys.distinct(shared)
        there = solved(_steps(part.group), self.index, start, needed)
        # Where it is not certain that something is there, the node is kept.
        unsure = not part.absent
        for one in inside:
            there = self._narrowed(there, one, unsure=unsure)
        own = [name for name in part.needed if name not in shared]
        matched = self._matched(keys, there.distinct([*shared, *own]), part, own)
        kept = set(keys.rows) - matched if part.absent else matched
        return found if len(kept) == len(keys.rows) else _chosen(found, part.keys, kept)

    def _matched(
        self, keys: Solutions, there: Solutions, part: Related, own: Sequence[str]
    ) -> set[Row]:
        """Return the keys for which one row there meets the conditions on both."""
        shared = there.names[: len(there.names) - len(own)]
        of_key = picker(keys.names, shared)
        if not part.across:
            same = set(map(picker(there.names, shared), there.rows))
            return {key for key in keys.rows if of_key(key) in same}
        asked = sorted(frozenset().union(*(one.names for one in part.across)) - {*own})
        question = self._question(part.across, own, asked)
        groups = {
            key: question.prepared(rows)
            for key, rows in _grouped(there, shared, own).items()
        }
        unsure, of_asked = not part.absent, picker(keys.names, asked)
        return {
            key
            for key in keys.rows
            if (rows := groups.get(of_key(key)))
            and question.is_met(rows, of_asked(key), unsure=unsure)
        }

    def _question(
        self, conditions: Sequence[Condition], here: Sequence[str], there: Sequence[str]
    ) -> Question:
        expressions = [one.expression for one in conditions]
        return Question(expressions, here, there, self._values, self._asked)


def _steps(group: Group) -> list[Step]:
    """Return the triple patterns; the focus nodes are where the solutions begin."""
    found = (one for one in group.flat if isinstance(one, Step))
    return [step for step in found if step.property != MARK]


def _conditions(group: Group) -> list[Condition]:
    return [one for one in group.flat if isinstance(one, Condition)]


def _chosen(found: Solutions, names: Sequence[str], keys: AbstractSet[Row]) -> Solutions:
    pick = picker(found.names, names)
    return Solutions(found.names, [row for row in found.rows if pick(row) in keys])


def _grouped(
    found: Solutions, shared: Sequence[str], own: Sequence[str]
) -> dict[Row, list[Row]]:
    groups = defaultdict(list)
    of_shared, of_own = picker(found.names, shared), picker(found.names, own)
    for row in found.rows:
        groups[of_shared(row)].append(of_own(row))
    return groups
