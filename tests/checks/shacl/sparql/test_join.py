"""Plans followed over the index: which, and with what result."""

from __future__ import annotations

from random import Random

import pytest
from benchmarks.check_shapes import shapes_text
from pyshacl.shapes_graph import ShapesGraph
from rdflib import Graph, URIRef
from tests.checks.shacl.sparql.test_differential import Grammar

from fair_imagic.checks.shacl.index import Index
from fair_imagic.checks.shacl.sparql import plans_of
from fair_imagic.checks.shacl.sparql.join import Joins, is_joinable
from fair_imagic.checks.shacl.sparql.query import compile_query
from fair_imagic.checks.shacl.sparql.solutions import NotJoinedError
from fair_imagic.rdf import PREFIXES, Triple, literal

_SPARQL = URIRef(f"{PREFIXES['sh']}sparql")


def node(name: str) -> str:
    return f"<http://e/{name}>"


def said(subject: str, name: str, value: str) -> Triple:
    return node(subject), node(name), value


def found(where: str, triples: list[Triple], *focus: str) -> set[str]:
    plan = compile_query(f"PREFIX e: <http://e/> SELECT $this WHERE {{ {where} }}")
    assert plan is not None
    assert is_joinable(plan)
    return set(Joins(Index(triples)).run(plan, map(node, focus)))


def test_the_published_queries_of_the_benchmark_are_joined() -> None:
    graph = Graph().parse(data=shapes_text(sparql=True), format="turtle")
    held = [
        one for one in ShapesGraph(graph).shapes if (one.node, _SPARQL, None) in graph
    ]
    plans = [plan for shape in held for plan in plans_of(shape)]

    assert len(plans) == 4
    assert all(plan is not None and is_joinable(plan) for plan in plans)


def test_many_queries_at_random_are_joined() -> None:
    """So that comparing them with pySHACL says something about joins."""
    plans = [
        compile_query(f"PREFIX e: <http://e/> SELECT $this WHERE {{ {one.group()} }}")
        for one in (Grammar(Random(seed)) for seed in range(60))
    ]
    joined = [plan for plan in plans if plan is not None and is_joinable(plan)]

    assert len(joined) >= 20
    assert sum(bool(plan.parts) for plan in joined) >= 10
    assert any(len(plan.parts) > 1 for plan in joined)


def test_a_range_is_looked_for_in_the_values_of_what_is_shared() -> None:
    triples = [
        *(said("m", "low", literal(1)), said("m", "high", literal(3))),
        *(said("n", "low", literal(7)), said("n", "high", literal(9))),
        *(said("a", "with", node("m")), said("a", "size", literal(2))),
        *(said("b", "with", node("m")), said("b", "size", literal(8))),
        *(said("c", "with", node("n")), said("c", "size", literal(8))),
    ]
    where = """$this e:with ?m ; e:size ?s .
        FILTER NOT EXISTS { ?m e:low ?l ; e:high ?h FILTER (?l <= ?s && ?s <= ?h) }"""

    assert found(where, triples, "a", "b", "c") == {node("b")}


def test_one_of_several_values_is_enough() -> None:
    triples = [said("a", "size", literal(number)) for number in (1, 5)]

    assert found("$this e:size ?s FILTER (?s > 4)", triples, "a", "b") == {node("a")}
    assert found("$this e:size ?s FILTER (?s > 5)", triples, "a", "b") == set()


def test_numbers_are_equal_whatever_their_type() -> None:
    triples = [
        said("a", "p", literal(2)),
        said("a", "q", literal("2.0", datatype="xsd:decimal")),
    ]

    assert found("$this e:p ?v ; e:q ?w FILTER (?v = ?w)", triples, "a") == {node("a")}
    assert found("$this e:p ?v ; e:q ?v", triples, "a") == set()


def test_a_regular_expression_is_the_one_of_the_reference() -> None:
    triples = [said("a", "name", literal("x1")), said("b", "name", literal("1x"))]

    assert found('$this e:name ?n FILTER regex(?n, "^[0-9]")', triples, "a", "b") == {
        node("b")
    }
    none_there = 'FILTER NOT EXISTS { $this e:name ?n FILTER regex(?n, "^[0-9]") }'
    assert found(none_there, triples, "a", "b", "c") == {node("a"), node("c")}


def test_a_value_whose_text_does_not_tell_names_the_node() -> None:
    """``"yes"`` as a boolean is written ``"false"``, and is neither."""
    odd = literal("yes", datatype="xsd:boolean")
    triples = [
        said("a", "p", odd),
        said("b", "p", literal("false", datatype="xsd:boolean")),
    ]

    assert node("a") in found("$this e:p ?v FILTER (?v)", triples, "a", "b")
    assert found("$this e:q ?v FILTER (?v)", triples, "a", "b") == set()


def test_patterns_that_do_not_hang_together_are_left_to_the_store() -> None:
    triples = [said("a", "p", node("b"))]
    with pytest.raises(NotJoinedError):
        found("$this e:p ?v . ?x e:p ?y", triples, "a")


def test_more_solutions_than_can_be_held_are_left_to_the_store() -> None:
    number = 400
    triples = [said(f"n{one}", "p", node("all")) for one in range(number)]
    where = "$this e:p ?x . ?other e:p ?x FILTER (?other != $this)"
    with pytest.raises(NotJoinedError):
        found(where, triples, *(f"n{one}" for one in range(number)))


def test_what_nothing_asks_for_is_not_held() -> None:
    number = 400
    triples = [said(f"n{one}", "p", node("all")) for one in range(number)]
    names = [f"n{one}" for one in range(number)]

    assert len(found("$this e:p ?x . ?other e:p ?x", triples, *names)) == number
