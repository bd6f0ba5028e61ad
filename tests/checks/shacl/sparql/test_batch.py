"""Flags on data, compared with what pySHACL says of each node."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, Variable
from rdflib import URIRef

from fair_imagic.checks.shacl.graph import DataGraph
from fair_imagic.rdf import literal


def node(name: str) -> str:
    return f"<http://e/{name}>"


def day(text: str) -> str:
    return literal(text, datatype="xsd:date")


def images(*days: str) -> list[tuple[str, str, str]]:
    triples = []
    for number, text in enumerate(days):
        triples.append((node(f"i{number}"), node("with"), node("m")))
        triples.append((node(f"i{number}"), node("on"), day(text)))
    return triples


RUN = [
    (node("r"), node("of"), node("m")),
    (node("r"), node("from"), day("2024-01-01")),
    (node("r"), node("until"), day("2024-05-01")),
]
IN_FORCE = """SELECT $this WHERE { $this e:with ?m ; e:on ?day .
  FILTER NOT EXISTS { ?run e:of ?m ; e:from ?from ; e:until ?until .
    FILTER (?from <= ?day && ?day <= ?until) } }"""


def test_exactly_the_images_without_a_run_in_force_are_flagged(sides) -> None:  # type: ignore[no-untyped-def]
    triples = images("2023-12-31", "2024-01-01", "2024-05-01", "2024-05-02") + RUN

    found = sides(IN_FORCE, triples, [node(f"i{n}") for n in range(4)])

    assert found.flagged == found.failing == {node("i0"), node("i3")}


# rdflib takes what it cannot compare for true where it is asked for <=.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_values_that_cannot_be_compared_are_asked_of_the_reference(sides) -> None:  # type: ignore[no-untyped-def]
    triples = [*images("2024-02-01", "2024-09-01", "soon"), *RUN]
    triples.append((node("r"), node("from"), literal("soon")))

    found = sides(IN_FORCE, triples, [node(f"i{n}") for n in range(3)])

    assert found.flagged == found.failing == {node("i1"), node("i2")}


def test_numbers_are_added_and_compared_across_two_nodes(sides) -> None:  # type: ignore[no-untyped-def]
    triples = []
    for name, count in (("two", 2), ("three", 3)):
        triples.append((node(name), node("count"), literal(count)))
        for index in range(2):
            channel = node(f"{name}-{index}")
            triples.append((node(name), node("channel"), channel))
            triples.append((channel, node("index"), literal(index)))

    found = sides(
        """SELECT $this WHERE { $this e:count ?n . FILTER NOT EXISTS {
             $this e:channel/e:index ?i . FILTER (?i + 1 = ?n) } }""",
        triples,
        [node("two"), node("three")],
    )

    assert found.flagged == found.failing == {node("three")}


def test_blank_nodes_are_found_by_their_own_name(sides) -> None:  # type: ignore[no-untyped-def]
    triples = [("_:a", node("p"), "_:b"), ("_:b", node("p"), "_:a")]
    triples.append(("_:c", node("p"), node("d")))

    found = sides(
        "SELECT $this WHERE { $this e:p ?x . ?x e:p $this }", triples, ["_:a", "_:c"]
    )

    assert found.flagged == found.failing == {"_:a"}


def test_a_literal_as_focus_node_is_always_looked_at(sides) -> None:  # type: ignore[no-untyped-def]
    triples = [(node("a"), node("p"), literal("1.0", datatype="xsd:decimal"))]

    found = sides(
        "SELECT $this WHERE { ?x e:p $this }", triples, [triples[0][2], node("a")]
    )

    assert found.failing <= found.flagged == {triples[0][2]}


def test_values_written_differently_are_not_joined_by_the_store(sides) -> None:  # type: ignore[no-untyped-def]
    """Oxigraph takes 1.0 and 1.00 for one term: without care, `a` would be missed."""
    triples = [
        (node("a"), node("p"), literal("1.0", datatype="xsd:decimal")),
        (node("b"), node("q"), literal("1.00", datatype="xsd:decimal")),
    ]

    found = sides(
        "SELECT $this WHERE { $this e:p ?v . FILTER NOT EXISTS { ?x e:q ?v } }",
        triples,
        [node("a")],
    )

    assert found.failing == {node("a")}
    assert found.flagged == {node("a")}


@pytest.mark.parametrize(
    "select",
    [
        "SELECT $this WHERE { $this e:p ?v . MINUS { $this e:q ?w } }",
        "SELECT $this WHERE { $this e:p ?v . VALUES ?v { e:b } }",
        "SELECT (e:a AS ?this) WHERE { $this e:p ?v }",
        "SELECT $this WHERE { $this $PATH ?v }",
        "SELECT $this WHERE { GRAPH $shapesGraph { $this e:p ?v } }",
    ],
)
def test_what_pyshacl_refuses_is_left_for_it_to_refuse(sides, select: str) -> None:  # type: ignore[no-untyped-def]
    found = sides(select, [(node("a"), node("p"), node("b"))], [node("a"), node("b")])

    assert found.flagged == {node("a"), node("b")}


NUMBERS = [
    (node("a"), node("p"), literal("1.0", datatype="xsd:decimal")),
    (node("a"), node("p"), literal("2.50", datatype="xsd:decimal")),
    (node("b"), node("p"), literal(1)),
]


@pytest.mark.parametrize(
    ("where", "rows", "rows_of_oxigraph"),
    [
        ("{ SELECT (COUNT(?v) AS ?n) { ?this e:p ?v } } FILTER (?n = 3)", 0, 1),
        ("{ SELECT (SUM(?v) AS ?n) { ?this e:p ?v } } FILTER (str(?n) = '3.50')", 1, 0),
        ("?this e:p ?v . BIND (?v * 2 AS ?n) FILTER (str(?n) = '2.0')", 1, 0),
    ],
    ids=["sub-query", "sum", "bind"],
)
def test_a_node_alone_is_answered_differently_by_oxigraph(
    where: str, rows: int, rows_of_oxigraph: int
) -> None:
    """So what has no plan is never tried there node by node."""
    query = f"PREFIX e: <http://e/> SELECT ?this ?n WHERE {{ {where} }}"
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in NUMBERS)
    store = Store()
    store.load(lines.encode(), RdfFormat.N_TRIPLES)
    bound = {Variable("this"): NamedNode("http://e/a")}
    theirs = DataGraph(NUMBERS).graph.query(
        query, initBindings={"this": URIRef("http://e/a")}
    )

    assert len(theirs) == rows
    assert len(list(store.query(query, substitutions=bound))) == rows_of_oxigraph


def test_without_focus_nodes_nothing_is_asked(sides) -> None:  # type: ignore[no-untyped-def]
    assert sides(IN_FORCE, RUN, []).flagged == set()


def test_a_property_without_statements_binds_nothing(sides) -> None:  # type: ignore[no-untyped-def]
    found = sides("SELECT $this WHERE { $this e:none ?v }", RUN, [node("r")])

    assert found.flagged == found.failing == set()
