"""Plans followed over the index itself, as joins of distinct values.

Each condition is computed once for each combination of values that occurs: an image's
day is compared once for all images of that microscope and day. Where a value is not of
a kind that compares surely, rdflib is asked about that combination; where even that
does not tell, the node is named.
"""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.sparql.evaluator import Evaluator
from fair_imagic.checks.shacl.sparql.group import Condition, Step
from fair_imagic.checks.shacl.sparql.plan import MARK, THIS, Existence
from fair_imagic.checks.shacl.sparql.question import Question, ValuesByTerm
from fair_imagic.checks.shacl.sparql.solutions import Solutions, solve

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.shacl.index import Index
    from fair_imagic.checks.shacl.sparql.group import Group
    from fair_imagic.checks.shacl.sparql.plan import Plan
    from fair_imagic.checks.shacl.sparql.solutions import Row
    from fair_imagic.rdf import Term

__all__ = ["Joins", "is_joinable"]

# One solution that binds nothing.
_NOTHING = Solutions((), [()])


def is_joinable(plan: Plan) -> bool:
    """Return whether a plan is made of triple patterns and conditions alone."""
    related = (one.group for one in plan.parts if isinstance(one, Existence))
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
        self._asked = Evaluator(index)

    def run(self, plan: Plan, focus: Iterable[Term]) -> AbstractSet[Term]:
        """Return the focus nodes that may fail.

        Raises :class:`~fair_imagic.checks.shacl.sparql.solutions.NotJoinedError`.
        """
        conditions = _conditions(plan.where)
        conditions += [one for one in plan.parts if isinstance(one, Condition)]
        related = [one for one in plan.parts if isinstance(one, Existence)]
        needed = frozenset({THIS}).union(
            *(one.names for one in conditions), *(one.keys for one in related)
        )
        start = Solutions((THIS,), list(zip(focus, strict=True)))
        found = solve(_steps(plan.where), self.index, start, needed)
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
        keys = found.distinct(sorted(condition.names))
        met = self._met([condition], _NOTHING, keys, (), unsure=unsure)
        return found if len(met) == len(keys.rows) else found.with_keys(keys.names, met)

    def _related(self, found: Solutions, part: Existence) -> Solutions:
        """Return the rows for which something (or nothing) related is there."""
        shared = [name for name in part.keys if name in part.own]
        keys = found.distinct(part.keys)
        inside = _conditions(part.group)
        needed = frozenset(part.own).union(*(one.names for one in inside))
        start = keys.distinct(shared)
        here = solve(_steps(part.group), self.index, start, needed)
        # Where it is not certain that something is there, the node is kept.
        unsure = not part.absent
        for one in inside:
            here = self._narrowed(here, one, unsure=unsure)
        here = here.distinct(part.own)
        met = self._met(part.across, here, keys, shared, unsure=unsure)
        kept = set(keys.rows) - met if part.absent else met
        return (
            found if len(kept) == len(keys.rows) else found.with_keys(keys.names, kept)
        )

    def _met(
        self,
        conditions: Sequence[Condition],
        here: Solutions,
        there: Solutions,
        shared: Sequence[str],
        *,
        unsure: bool,
    ) -> set[Row]:
        """Return the rows there for which one here meets the conditions on both."""
        if not conditions:
            same = set(here.columns(shared))
            return set(
                compress(there.rows, map(same.__contains__, there.columns(shared)))
            )
        question = Question(
            [one.expression for one in conditions],
            here,
            there,
            shared,
            values=self._values,
            asked=self._asked,
        )
        return question.matches(unsure=unsure)


def _steps(group: Group) -> list[Step]:
    """Return the triple patterns; the focus nodes are where the solutions begin."""
    found = (one for one in group.flat if isinstance(one, Step))
    return [step for step in found if step.predicate != MARK]


def _conditions(group: Group) -> list[Condition]:
    return [one for one in group.flat if isinstance(one, Condition)]
