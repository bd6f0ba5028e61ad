from __future__ import annotations

import pickle

import pytest

from fair_imagic.checks.shacl.sparql.join import is_joinable
from fair_imagic.checks.shacl.sparql.kinds import NEVER
from fair_imagic.checks.shacl.sparql.query import compile_query

_HEAD = """PREFIX e: <http://e/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
_MARKED = "?this <urn:fair-imagic:focus> <urn:fair-imagic:group> ."


def plan_of(where: str):  # type: ignore[no-untyped-def]
    return compile_query(f"{_HEAD}SELECT $this WHERE {{ {where} }}")


def test_not_exists_becomes_minus_with_distinct_values() -> None:
    plan = plan_of(
        "$this e:with ?m ; e:on ?day . FILTER NOT EXISTS "
        "{ ?run e:of ?m ; e:from ?from . FILTER (?from <= ?day) }"
    )

    assert plan.where.text.startswith(_MARKED)
    (part,) = plan.parts
    assert part.text(plan.where) == (
        "MINUS { SELECT DISTINCT ?day ?m WHERE { "
        f"{{ SELECT DISTINCT ?day ?m WHERE {{ {plan.where.text} }} }} "
        "{ SELECT DISTINCT ?from ?m WHERE { "
        "?run <http://e/from> ?from . ?run <http://e/of> ?m . } } "
        "FILTER (?from <= ?day) } }"
    )


def test_the_same_said_with_optional_becomes_the_same() -> None:
    said = plan_of(
        "$this e:with ?m . FILTER NOT EXISTS { ?run e:of ?m ; e:from ?from }"
    )
    optional = plan_of(
        "$this e:with ?m . OPTIONAL { ?run e:of ?m ; e:from ?from } "
        "FILTER (!bound(?run))"
    )

    assert optional == said
    assert optional.parts[0].text(optional.where).startswith("MINUS")


def test_a_condition_that_is_not_understood_is_left_out() -> None:
    plan = plan_of("$this e:p ?v ; e:q ?w . FILTER (?w > 5) FILTER e:own(?v)")

    assert [part.text for part in plan.parts] == [
        'FILTER (?w > "5"^^<http://www.w3.org/2001/XMLSchema#integer>)'
    ]


@pytest.mark.parametrize(
    "condition",
    [
        *('regex(?v, "^a")', "strlen(str(?v)) > 2", 'lang(?v) = "fr"'),
        *("xsd:integer(?v) = 2", "isIRI(?v)", "?v * 2 > 3", "?v > 1e3", "?v"),
    ],
)
def test_oxigraph_is_never_asked_what_it_may_answer_otherwise(condition: str) -> None:
    (part,) = plan_of(f"$this e:p ?v . FILTER ({condition})").parts

    assert NEVER in part.checks


@pytest.mark.parametrize(
    "condition",
    [
        *("NOW() > ?v", "rand() < 0.5", "bnode() = ?v", "e:own(?v)", "-?v > 1"),
        *("iri(?v) = e:a", "?v IN ()", '?v = "a"@EN', '?v = "NaN"^^xsd:double'),
        *("?v > 1 || EXISTS { $this e:q ?v }", "?elsewhere > 1", "bound(?elsewhere)"),
    ],
)
def test_what_rests_on_more_than_values_is_no_condition(condition: str) -> None:
    assert plan_of(f"$this e:p ?v . FILTER ({condition})").parts == ()


def test_a_sequence_of_properties_is_as_many_steps() -> None:
    plan = plan_of("$this e:p/^e:q/e:r ?v")

    first, second, third = (
        one for one in plan.where.flat if one.predicate.startswith("<http://e/")
    )
    assert {one.predicate for one in (first, second, third)} == {
        f"<http://e/{name}>" for name in "pqr"
    }
    assert is_joinable(plan)


def test_a_computed_variable_stands_for_its_expression() -> None:
    bound = plan_of("$this e:p ?v . BIND (?v + 1 AS ?w) FILTER (?w > 2)")

    assert bound == plan_of("$this e:p ?v . FILTER (?v + 1 > 2)")
    assert bound.parts


def test_a_computed_variable_that_may_be_missing_is_not_compared() -> None:
    plan = plan_of(
        "$this e:p ?v . OPTIONAL { $this e:q ?w BIND (?w AS ?x) } FILTER (?x > 1)"
    )

    assert plan.parts == ()


def test_a_plan_can_be_kept_on_disk() -> None:
    plan = plan_of("$this e:p ?v . FILTER NOT EXISTS { ?x e:q ?v FILTER (?v > 2) }")

    assert pickle.loads(pickle.dumps(plan)) == plan


@pytest.mark.parametrize(
    "where",
    [
        "$this ?any ?v",
        "$this e:p ?v . BIND (?v + 1 AS ?w) ?x e:q ?w",
        "$this e:p ?v . BIND (?v + 1 AS ?v) FILTER (?v > 1)",
        "BIND (e:a AS ?this) $this e:p ?v FILTER (?v > 1)",
        "{ SELECT $this WHERE { $this e:p ?v } }",
        "GRAPH e:g { $this e:p ?v }",
        "$this !e:p ?v",
        "$this e:p ?v . { ?x e:q ?y FILTER (?v < ?y) }",
        '$this e:p "a"@EN',
        "$this e:p* ?v",
        "$this undeclared:p ?v",
    ],
)
def test_a_pattern_that_is_not_understood_has_no_plan(where: str) -> None:
    assert plan_of(where) is None


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?this e:p ?v }",
        "SELECT $this WHERE { $this e:p ?v } LIMIT 1",
        "SELECT $this (COUNT(?v) AS ?n) WHERE { $this e:p ?v } GROUP BY $this",
        "SELECT $this WHERE { $this e:p ",
        "SELECT $this FROM e:g WHERE { $this e:p ?v }",
        "",
    ],
)
def test_a_query_of_another_form_has_no_plan(query: str) -> None:
    assert compile_query(_HEAD + query) is None


def test_a_filter_of_an_inner_group_sees_the_focus_node() -> None:
    plan = plan_of("{ FILTER ($this = e:a) } $this e:p ?v")

    assert "FILTER (?this = <http://e/a>)" in plan.where.text
    assert plan.where.text.count(_MARKED) > 1


def test_a_plan_reads_only_the_properties_it_names() -> None:
    plan = plan_of("$this ^e:p/e:q ?v . FILTER NOT EXISTS { ?v e:r|e:s ?w }")

    assert plan.properties == {f"<http://e/{name}>" for name in "pqrs"}
