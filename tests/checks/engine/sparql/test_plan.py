from __future__ import annotations

import pytest

from fair_imagic.checks.engine.sparql.query import compiled

_HEAD = "PREFIX e: <http://e/>\n"
_MARKED = "?this <urn:fair-imagic:focus> <urn:fair-imagic:group> ."


def plan_of(where: str):  # type: ignore[no-untyped-def]
    return compiled(f"{_HEAD}SELECT $this WHERE {{ {where} }}")


def test_not_exists_becomes_minus_with_distinct_values() -> None:
    plan = plan_of(
        "$this e:with ?m ; e:on ?day . FILTER NOT EXISTS "
        "{ ?run e:of ?m ; e:from ?from . FILTER (?from <= ?day) }"
    )

    assert plan.where.text.startswith(_MARKED)
    (part,) = plan.parts
    assert part.text == (
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
    assert optional.parts[0].text.startswith("MINUS")


def test_a_condition_that_is_not_understood_is_left_out() -> None:
    plan = plan_of('$this e:p ?v ; e:q ?w . FILTER (?w > 5) FILTER regex(?v, "^a")')

    assert [part.text for part in plan.parts] == [
        'FILTER (?w > "5"^^<http://www.w3.org/2001/XMLSchema#integer>)'
    ]


@pytest.mark.parametrize(
    "where",
    [
        "$this ?any ?v",
        "$this e:p ?v . BIND (?v + 1 AS ?w) FILTER (?w > 2)",
        "{ SELECT $this WHERE { $this e:p ?v } }",
        "GRAPH e:g { $this e:p ?v }",
        "$this !e:p ?v",
        "$this e:p ?v . { ?x e:q ?y FILTER (?v < ?y) }",
        '$this e:p "1.0"^^<http://www.w3.org/2001/XMLSchema#decimal>',
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
    assert compiled(_HEAD + query) is None


def test_a_filter_of_an_inner_group_sees_the_focus_node() -> None:
    plan = plan_of("{ FILTER ($this = e:a) } $this e:p ?v")

    assert "FILTER (?this = <http://e/a>)" in plan.where.text
    assert plan.where.text.count(_MARKED) > 1


def test_a_plan_reads_only_the_properties_it_names() -> None:
    plan = plan_of("$this ^e:p/e:q ?v . FILTER NOT EXISTS { ?v e:r|e:s ?w }")

    assert plan.properties == {f"<http://e/{name}>" for name in "pqrs"}
