"""Whether rows meet conditions: computed where that is sure, else asked of rdflib."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from fair_imagic.checks.shacl.sparql.expression import Junction, names_in
from fair_imagic.checks.shacl.sparql.lead import lead_of
from fair_imagic.checks.shacl.sparql.truth import (
    UnsureError,
    computable,
    truth,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from fair_imagic.checks.shacl.sparql.evaluator import Evaluator
    from fair_imagic.checks.shacl.sparql.expression import Expression
    from fair_imagic.checks.shacl.sparql.kinds import Kind
    from fair_imagic.checks.shacl.sparql.solutions import Row, Solutions
    from fair_imagic.checks.shacl.sparql.truth import Kinds, Truth, Value, Values
    from fair_imagic.rdf import Term

__all__ = ["Question", "ValuesByTerm"]

_Own = TypeVar("_Own")


class ValuesByTerm(dict["Term", "Value | None"]):
    """The value of each term, found once."""

    def __missing__(self, term: Term) -> Value | None:
        """Find the value of a term that is new."""
        value = self[term] = value_of(term)
        return value


class Question:
    """Conditions on a solution here and one there, which must all be true.

    ``shared`` names what both have: only solutions that agree on it are looked at.
    """

    def __init__(
        self,
        conditions: Sequence[Expression],
        here: Solutions,
        there: Solutions,
        shared: Sequence[str],
        *,
        values: ValuesByTerm,
        asked: Evaluator,
    ) -> None:
        self._conditions = [(one, names_in(one)) for one in conditions]
        names = frozenset().union(*(held for _one, held in self._conditions))
        self._here, self._there, self._shared = here, there, shared
        self._own = [one for one in here.names if one in names and one not in shared]
        self._other = sorted(names.difference(self._own))
        self._value, self._asked = values.__getitem__, asked
        self._known: dict[tuple[int, Row], bool | None] = {}

    def matches(self, *, unsure: bool) -> set[Row]:
        """Return the rows there for which one here meets all conditions.

        ``unsure`` is the answer where nobody knows.
        """
        there = self._there
        keys, others = there.columns(self._shared), there.columns(self._other)
        computed = self._computed
        if computed is None:
            return {
                row
                for row, key, other in zip(there.rows, keys, others, strict=True)
                if self._is_met(key, other, unsure=unsure)
            }
        candidates, found = self._candidates, set()
        for row, key, other, values in zip(
            there.rows, keys, others, self._values(there, self._other), strict=True
        ):
            try:
                for own in candidates(key, values):
                    if computed(own, values):
                        found.add(row)
                        break
            except UnsureError:
                if self._is_met(key, other, unsure=unsure):
                    found.add(row)
        return found

    @cached_property
    def _computed(self) -> Truth | None:
        if not all(map(computable, self._expressions)):
            return None
        whole = Junction("&&", self._expressions)
        return truth(whole, self._own, self._other, self._all_kinds)

    @cached_property
    def _candidates(self) -> Callable[[Row, Values], Iterable[Values]]:
        """Return a function from a key and values there to the rows to look at."""
        groups, nothing = self._value_groups, ()
        lead = lead_of(self._expressions, self._own, self._other, self._all_kinds)
        if lead is None:
            return lambda key, _values: groups.get(key, nothing)
        near = lead.near
        ordered = {key: lead.order(rows) for key, rows in groups.items()}
        return lambda key, values: near(ordered[key], values) if key in ordered else ()

    @property
    def _expressions(self) -> tuple[Expression, ...]:
        return tuple(one for one, _names in self._conditions)

    @cached_property
    def _all_kinds(self) -> Kinds:
        sides = ((self._here, self._own), (self._there, self._other))
        return {
            name: self._kinds(side, name) for side, names in sides for name in names
        }

    def _kinds(self, side: Solutions, name: str) -> frozenset[Kind | None]:
        terms = {term for (term,) in side.columns([name])}
        values = map(self._value, terms)
        return frozenset(None if value is None else value[0] for value in values)

    def _values(self, side: Solutions, names: Sequence[str]) -> Iterator[Values]:
        value = self._value
        return (tuple(map(value, row)) for row in side.columns(names))

    @cached_property
    def _value_groups(self) -> Mapping[Row, list[Values]]:
        return self._by_key(self._values(self._here, self._own))

    @cached_property
    def _groups(self) -> Mapping[Row, list[Row]]:
        return self._by_key(self._here.columns(self._own))

    def _by_key(self, rows: Iterable[_Own]) -> Mapping[Row, list[_Own]]:
        """Return what is made of each row here, grouped by what is shared."""
        groups: dict[Row, list[_Own]] = defaultdict(list)
        keys = self._here.columns(self._shared)
        for key, own in zip(keys, rows, strict=True):
            groups[key].append(own)
        return groups

    def _is_met(self, key: Row, other: Row, *, unsure: bool) -> bool:
        """Return the same for one row, each condition for itself."""
        numbers = range(len(self._conditions))
        return any(
            all(
                unsure if answer is None else answer
                for answer in (self._answer(one, (*own, *other)) for one in numbers)
            )
            for own in self._groups.get(key, ())
        )

    def _answer(self, number: int, row: Row) -> bool | None:
        expression, names = self._conditions[number]
        bound = zip((*self._own, *self._other), row, strict=True)
        binding = {name: term for name, term in bound if name in names}
        key = (number, tuple(binding.values()))
        if key not in self._known:
            self._known[key] = self._asked.holds(expression, binding)
        return self._known[key]
