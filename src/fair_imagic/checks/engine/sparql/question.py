"""Whether rows meet conditions: computed where that is sure, else asked of rdflib."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.engine.sparql.expression import Junction, names_in
from fair_imagic.checks.engine.sparql.truth import (
    UnsureError,
    computable,
    truth,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.checks.engine.sparql.asked import Asked
    from fair_imagic.checks.engine.sparql.expression import Expression
    from fair_imagic.checks.engine.sparql.solutions import Row
    from fair_imagic.checks.engine.sparql.truth import Truth, Value, Values
    from fair_imagic.rdf import Term

__all__ = ["Prepared", "Question", "ValuesByTerm"]


class ValuesByTerm(dict["Term", "Value | None"]):
    """The value of each term, found once."""

    def __missing__(self, term: Term) -> Value | None:
        """Find the value of a term that is new."""
        value = self[term] = value_of(term)
        return value


@dataclass(frozen=True)
class Prepared:
    """Rows with their values."""

    rows: Sequence[Row]
    values: Sequence[Values]


class Question:
    """Conditions on two rows together, which must all be true."""

    def __init__(
        self,
        conditions: Sequence[Expression],
        here: Sequence[str],
        there: Sequence[str],
        values: ValuesByTerm,
        asked: Asked,
    ) -> None:
        self._names = (*here, *there)
        self._value, self._asked = values.__getitem__, asked
        self._conditions = conditions
        self._known: dict[tuple[int, Row], bool | None] = {}
        self._computed: Truth | None = None
        if all(map(computable, conditions)):
            whole = Junction("&&", tuple(conditions))
            self._computed = truth(whole, here, there)

    def prepared(self, rows: Sequence[Row]) -> Prepared:
        """Return rows to ask about."""
        value = self._value
        return Prepared(rows, [tuple(map(value, row)) for row in rows])

    def is_met(self, here: Prepared, there: Row, *, unsure: bool) -> bool:
        """Return whether one of the rows meets all conditions.

        ``unsure`` is the answer where nobody knows.
        """
        if self._computed is not None:
            computed, others = self._computed, tuple(map(self._value, there))
            try:
                return any(computed(values, others) for values in here.values)
            except UnsureError:
                pass
        return any(self._all((*row, *there), unsure=unsure) for row in here.rows)

    def _all(self, row: Row, *, unsure: bool) -> bool:
        return all(
            unsure if answer is None else answer
            for answer in (
                self._answer(number, row) for number in range(len(self._conditions))
            )
        )

    def _answer(self, number: int, row: Row) -> bool | None:
        expression = self._conditions[number]
        names = names_in(expression)
        binding = {
            name: term
            for name, term in zip(self._names, row, strict=True)
            if name in names
        }
        key = (number, tuple(binding.values()))
        if key not in self._known:
            self._known[key] = self._asked.holds(expression, binding)
        return self._known[key]
