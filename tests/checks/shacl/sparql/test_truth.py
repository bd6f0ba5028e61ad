"""What is computed is what rdflib says, for all pairs of values that the tests know."""

from __future__ import annotations

from itertools import product

import pytest
from tests.checks.shacl.sparql.test_differential import TERMS

from fair_imagic.checks.shacl.index import Index
from fair_imagic.checks.shacl.sparql.evaluator import Evaluator
from fair_imagic.checks.shacl.sparql.expression import (
    Arithmetic,
    Call,
    Comparison,
    Constant,
    Expression,
    Junction,
    Membership,
    Name,
    Negation,
)
from fair_imagic.checks.shacl.sparql.truth import (
    UnsureError,
    computable,
    truth,
    value_of,
)
from fair_imagic.rdf import literal

A, B = Name("a"), Name("b")
ONE = Constant(literal(1))
# The form of the index, as every value has it.
INDEX = Index((f"<http://e/{n}>", "<http://e/p>", one) for n, one in enumerate(TERMS))
VALUES = sorted(INDEX.table("<http://e/p>").distinct)


def computed(expression: Expression, a: str, b: str, *, sure: bool) -> bool | None:
    here, there = value_of(a), value_of(b)
    kinds = {
        name: frozenset({None if value is None or not sure else value[0]})
        for name, value in (("a", here), ("b", there))
    }
    try:
        return truth(expression, ["a"], ["b"], kinds)([here], [there])
    except UnsureError:
        return None


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("sign", ["=", "!=", "<", "<=", ">", ">="])
@pytest.mark.parametrize("sure", [True, False], ids=["one kind", "with care"])
def test_a_comparison_is_the_one_of_rdflib(sign: str, sure: bool) -> None:
    asked, compared = Evaluator(INDEX), 0
    for a, b in product(VALUES, VALUES):
        expression = Comparison(sign, A, B)
        mine = computed(expression, a, b, sure=sure)
        if mine is not None:
            compared += 1
            assert mine == asked.holds(expression, {"a": a, "b": b}), (a, sign, b)

    assert compared > 150


@pytest.mark.parametrize(
    "expression",
    [
        Comparison("=", Arithmetic((A, ONE), ("+",)), B),
        Comparison("<", A, Arithmetic((B, A, ONE), ("-", "+"))),
        Membership("IN", A, (B, Constant("<http://e/a>"))),
        Membership("NOT IN", A, (B, Constant(literal("a")))),
        Negation(Comparison("=", A, B)),
        Junction("&&", (Comparison("<", A, B), Comparison("!=", A, ONE))),
        Junction("||", (Comparison("<", A, B), Negation(Comparison("=", A, ONE)))),
    ],
    ids=lambda expression: expression.text,
)
def test_any_condition_is_the_one_of_rdflib(expression: Expression) -> None:
    asked, compared = Evaluator(INDEX), 0
    for a, b in product(VALUES, VALUES):
        mine = computed(expression, a, b, sure=False)
        if mine is not None:
            compared += 1
            assert mine == asked.holds(expression, {"a": a, "b": b}), (a, b)

    assert compared > 50


def test_nodes_have_no_order_and_kinds_none_between_them() -> None:
    for a, b in [("<http://e/a>", "_:b"), (literal(1), literal("1"))]:
        assert computed(Comparison("<", A, B), a, b, sure=True) is None


def test_a_function_is_not_computed() -> None:
    called = Comparison("=", Call("STRLEN", (A,)), ONE)

    assert not computable(called)
    assert not computable(Negation(called))
    assert computable(Comparison("=", A, ONE))
