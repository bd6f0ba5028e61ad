from __future__ import annotations

import operator
from itertools import product

import pytest

from fair_imagic.checks.shacl.sparql.expression import Comparison, Constant, Name
from fair_imagic.checks.shacl.sparql.kinds import Kind
from fair_imagic.checks.shacl.sparql.lead import Lead, lead_of
from fair_imagic.rdf import literal

A, B = Name("a"), Name("b")
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
DAYS = {"a": frozenset({Kind.DATE}), "b": frozenset({Kind.DATE})}


@pytest.mark.parametrize("sign", SIGNS)
def test_exactly_the_rows_for_which_it_holds_come_the_nearest_first(sign: str) -> None:
    rows = [[(Kind.DECIMAL, number)] for number in (5, 1, 3, 3, 8)]
    lead = Lead(0, sign, 0)
    for value in range(10):
        near = list(lead.near(lead.order(rows), [(Kind.DECIMAL, value)]))
        numbers = [row[0][1] for row in near]

        holding = [row[0][1] for row in rows if SIGNS[sign](row[0][1], value)]
        assert sorted(numbers) == sorted(holding)
        assert numbers == sorted(numbers, key=lambda number: abs(number - value))


def test_a_comparison_leads_from_either_side() -> None:
    for left, right in [(A, B), (B, A)]:
        lead = lead_of([Comparison("<", left, right)], ["a"], ["b"], DAYS)

        assert lead == Lead(0, "<" if left is A else ">", 0)


@pytest.mark.parametrize(
    "comparison",
    [
        Comparison("=", A, B),
        Comparison("<", A, Constant(literal(1))),
        Comparison("<", A, A),
    ],
    ids=lambda one: one.text,
)
def test_what_is_no_order_between_both_sides_does_not_lead(
    comparison: Comparison,
) -> None:
    assert lead_of([comparison], ["a"], ["b"], DAYS) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [*product([Kind.NODE, None], repeat=2), (Kind.DATE, Kind.MOMENT)],
)
def test_values_without_one_order_do_not_lead(
    one: Kind | None, other: Kind | None
) -> None:
    kinds = {"a": frozenset({one}), "b": frozenset({other})}

    assert lead_of([Comparison("<", A, B)], ["a"], ["b"], kinds) is None
