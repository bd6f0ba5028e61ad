"""Conditions computed from values: what they are made of gives functions of Python.

A value is what a term of a known kind stands for. Where a term is of another kind, or
two are compared that are not of one kind, :class:`UnsureError` is raised: what rdflib
says then is not for this module to know.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fair_imagic.checks.shacl.sparql.expression import (
    Arithmetic,
    Bound,
    Call,
    Comparison,
    Constant,
    Expression,
    Junction,
    Membership,
    Name,
    Negation,
)
from fair_imagic.checks.shacl.sparql.kinds import NUMBERS, Kind, kind_of
from fair_imagic.rdf import text_of

if TYPE_CHECKING:
    from fair_imagic.rdf import Term

__all__ = [
    "Kinds",
    "Truth",
    "UnsureError",
    "Value",
    "Values",
    "computable",
    "truth",
    "value_of",
]

# The kind of a term, numbers being one, and what compares with others of that kind.
Value = tuple[Kind, Any]
Values = Sequence[Any]
Truth = Callable[[Values, Values], bool]
Kinds = Mapping[str, frozenset["Kind | None"]]
_Operand = Callable[[Values, Values], Any]

_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ADDED: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub}
_EQUAL = frozenset({"=", "!="})
_NODES = frozenset({Kind.NODE})
# What all numbers are here, see `value_of`.
_NUMBER = frozenset({Kind.DECIMAL})
# rdflib compares members of a list as terms; of these kinds, that is by value as well.
_SAME_TERM = frozenset({Kind.NODE, Kind.STRING})


class UnsureError(Exception):
    """A condition on values of which only rdflib can say what it makes of them."""


def value_of(term: Term) -> Value | None:
    """Return the value of a term, or None where it is not of a comparable kind."""
    kind = kind_of(term)
    if kind is Kind.NODE:
        return kind, term
    if kind is Kind.STRING:
        return kind, text_of(term)
    if kind in NUMBERS:
        text = text_of(term)
        number = int(text) if kind is Kind.INTEGER else Decimal(text)
        return Kind.DECIMAL, number
    if kind is Kind.DATE:
        return kind, date.fromisoformat(text_of(term))
    if kind in (Kind.MOMENT, Kind.LOCAL_MOMENT):
        return kind, datetime.fromisoformat(text_of(term))
    return None


def computable(expression: Expression) -> bool:
    """Return whether a condition can be computed at all."""
    if isinstance(expression, Call):
        return False
    return all(map(computable, expression.parts))


def truth(
    expression: Expression,
    here: Sequence[str],
    there: Sequence[str],
    kinds: Kinds,
) -> Truth:
    """Return a condition as a function of two rows, whose names are given.

    ``kinds`` are those of the values of each name, with None for a value that has none.
    The function may raise :class:`UnsureError`.
    """
    return _Maker(here, there, kinds).truth(expression)


class _Maker:
    def __init__(self, here: Sequence[str], there: Sequence[str], kinds: Kinds) -> None:
        self.here, self.there, self.kinds = tuple(here), tuple(there), kinds

    def truth(self, one: Expression) -> Truth:
        if isinstance(one, Comparison):
            return self.comparison(one)
        if isinstance(one, Junction):
            every = one.sign == "&&"
            return _joined([self.truth(part) for part in one.parts], every=every)
        if isinstance(one, Negation):
            inner = self.truth(one.one)
            return lambda here, there: not inner(here, there)
        if isinstance(one, Membership):
            members = [self.operand(member) for member in one.members]
            return _among(one.sign, self.operand(one.one), members)
        if isinstance(one, Bound):
            return lambda _here, _there: True
        return _unsure

    def comparison(self, one: Comparison) -> Truth:
        left, right = self.operand(one.left), self.operand(one.right)
        both = self.kinds_of(one.left) | self.kinds_of(one.right)
        if len(both) > 1 or None in both or (both == _NODES and one.sign not in _EQUAL):
            return _compared_with_care(one.sign, left, right)
        compare = _SIGNS[one.sign]
        if isinstance(one.left, Name) and isinstance(one.right, Name):
            # Most are like this, and it costs least.
            if one.left.name in self.here and one.right.name not in self.here:
                i, j = self.here.index(one.left.name), self.there.index(one.right.name)
                return lambda here, there: compare(here[i][1], there[j][1])
            if one.right.name in self.here and one.left.name not in self.here:
                i, j = self.there.index(one.left.name), self.here.index(one.right.name)
                return lambda here, there: compare(there[i][1], here[j][1])
        return lambda here, there: compare(left(here, there)[1], right(here, there)[1])

    def kinds_of(self, one: Expression) -> frozenset[Kind | None]:
        """Return the kinds of all values of an operand."""
        if isinstance(one, Name):
            return self.kinds[one.name]
        if isinstance(one, Constant):
            value = value_of(one.term)
            return frozenset({None if value is None else value[0]})
        if isinstance(one, Arithmetic):
            parts = frozenset().union(*map(self.kinds_of, one.parts))
            return parts if parts == _NUMBER else parts | {None}
        return frozenset({None})

    def operand(self, one: Expression) -> _Operand:
        if isinstance(one, Name):
            if one.name in self.here:
                place = self.here.index(one.name)
                return lambda here, _there: here[place]
            place = self.there.index(one.name)
            return lambda _here, there: there[place]
        if isinstance(one, Constant):
            value = value_of(one.term)
            return lambda _here, _there: value
        if isinstance(one, Arithmetic) and _ADDED.keys() >= {*one.signs}:
            return _sum(one.signs, [self.operand(part) for part in one.parts])
        return _unsure


def _unsure(_here: Values, _there: Values) -> Any:
    raise UnsureError


def _compared_with_care(sign: str, left: _Operand, right: _Operand) -> Truth:
    compare, equal = _SIGNS[sign], sign in _EQUAL

    def made(here: Values, there: Values) -> bool:
        one, two = left(here, there), right(here, there)
        if one is None or two is None or one[0] is not two[0]:
            raise UnsureError
        if one[0] is Kind.NODE and not equal:
            raise UnsureError
        return compare(one[1], two[1])

    return made


def _joined(parts: list[Truth], *, every: bool) -> Truth:
    """Return conditions joined in the order of the query: rdflib stops as this does."""
    first, *rest = parts
    if not rest:
        return first
    second = _joined(rest, every=every)
    if every:
        return lambda here, there: first(here, there) and second(here, there)
    return lambda here, there: first(here, there) or second(here, there)


def _among(sign: str, one: _Operand, members: list[_Operand]) -> Truth:
    def made(here: Values, there: Values) -> bool:
        value = one(here, there)
        others = [member(here, there) for member in members]
        kinds = {None if held is None else held[0] for held in (value, *others)}
        if not kinds <= _SAME_TERM:
            raise UnsureError
        return (value in others) is (sign == "IN")

    return made


def _sum(signs: tuple[str, ...], parts: list[_Operand]) -> _Operand:
    steps = list(zip([_ADDED[sign] for sign in signs], parts[1:], strict=True))

    def number(part: _Operand, here: Values, there: Values) -> Any:
        value = part(here, there)
        if value is None or value[0] is not Kind.DECIMAL:
            raise UnsureError
        return value[1]

    def made(here: Values, there: Values) -> Value:
        total = number(parts[0], here, there)
        for add, part in steps:
            total = add(total, number(part, here, there))
        return Kind.DECIMAL, total

    return made
