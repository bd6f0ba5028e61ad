"""Shapes with faults: a clear error, as pySHACL finds them, or nothing at all."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS
from tests.checks.shacl.conftest import reference_alone, same_results, shapes_of
from tests.checks.shacl.random_graphs import HEAD
from tests.checks.shacl.test_random_graphs import triples

from fair_imagic.checks.shacl import evaluate
from fair_imagic.checks.shacl.constraints import PARAMETERS
from fair_imagic.checks.shacl.graph import DataGraph
from fair_imagic.errors import InputError

DATA = HEAD + 'e:a a e:A ; e:p "text" , e:b . e:b a e:A ; e:p e:a .'
QUERY = """e:s a sh:NodeShape ; sh:targetClass e:A ; sh:sparql [ sh:select
  "PREFIX e: <https://example.org/> SELECT $this WHERE {{ {} }}" ] ."""
ONE = "e:s a sh:NodeShape ; sh:targetClass e:A ; sh:property [ sh:path e:p ; {} ] ."


@pytest.mark.parametrize(
    "shapes",
    [
        ONE.format('sh:pattern "("'),
        ONE.format("sh:minCount 1 , 2"),
        ONE.format('sh:minCount "many"'),
        ONE.format("sh:or [ sh:minCount 1 ]"),
        ONE.format("sh:or ()"),
        ONE.format("sh:in ( 1 ) , ( 2 )"),
        ONE.format("sh:in e:l") + " e:l rdf:first 1 ; rdf:rest e:l .",
        ONE.format("sh:node [ sh:path e:q ]"),
        ONE.format('sh:sparql [ sh:select "SELECT nothing" ]'),
        ONE.format('sh:sparql [ sh:select "SELECT $this { }" , "SELECT $this {}" ]'),
        "e:s a sh:NodeShape , sh:PropertyShape ; sh:path e:p ; sh:targetClass e:A .",
        "e:s a sh:PropertyShape ; sh:targetClass e:A .",
        "e:s sh:targetClass e:A ; sh:path [ sh:inversePath e:p ; e:odd e:p ] , e:q .",
        "e:s sh:targetClass e:A ; sh:property [ sh:path e:p ; sh:node e:s ] .",
    ],
)
def test_shapes_with_a_fault_are_refused(shapes: str) -> None:
    with pytest.raises(InputError, match="not well-formed SHACL"):
        evaluate(shapes_of(triples(HEAD + shapes)), DataGraph(triples(DATA)))


@pytest.mark.parametrize("text", ["NaN", "INF", "1e400", "1e999999999", "-1e-999999"])
@pytest.mark.parametrize("rule", ["sh:minInclusive 1", "sh:datatype xsd:decimal"])
def test_what_python_alone_takes_for_a_decimal_breaks_every_rule_on_numbers(
    text: str, rule: str
) -> None:
    shapes = triples(HEAD + ONE.format(rule))
    data = DataGraph(triples(HEAD + f'e:a a e:A ; e:p "{text}"^^xsd:decimal .'))
    done = evaluate(shapes_of(shapes), data)
    assert len(done.results) == 1
    assert text in str(done.results[0].value)


def test_a_fault_that_no_node_meets_is_not_noticed() -> None:
    shapes = ONE.format('sh:pattern "("').replace("e:A", "e:Nowhere")
    done = evaluate(shapes_of(triples(HEAD + shapes)), DataGraph(triples(DATA)))
    assert done.results == ()


def test_every_constraint_of_this_pyshacl_is_known_to_the_filter() -> None:
    known = {parameter[1:-1] for parameter in PARAMETERS}
    assert {str(parameter) for parameter in ALL_CONSTRAINT_PARAMETERS} <= known


def test_the_reference_is_not_even_loaded_where_nothing_may_fail() -> None:
    code = """
import sys
from fair_imagic.checks import check, profiles
from fair_imagic.checks.shacl import evaluate
from fair_imagic.checks.shacl.graph import DataGraph
from fair_imagic.checks.requirements import compile_requirements
shapes = compile_requirements([profiles.load("datacite")]).shapes
assert not evaluate(shapes, DataGraph([])).results
print(*sorted({"rdflib", "pyshacl"} & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


ADVANCED = [
    """e:s a sh:NodeShape ; sh:targetClass e:A ;
    sh:property [ sh:path e:r ; sh:maxCount 0 ] ; sh:rule [ a sh:TripleRule ;
    sh:subject sh:this ; sh:predicate e:r ; sh:object e:x ] .
    """,
    """e:s a sh:NodeShape ; sh:nodeKind sh:Literal ;
    sh:target [ a sh:SPARQLTarget ; sh:select
    "SELECT ?this { ?this <https://example.org/p> <https://example.org/b> }" ] .
    """,
    """e:s a sh:NodeShape ; sh:targetClass e:A ;
    sh:expression [ sh:path e:q ] .""",
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("shapes", ADVANCED, ids=["rule", "target", "expression"])
def test_advanced_features_are_left_to_the_reference(shapes: str) -> None:
    read, data = triples(HEAD + shapes), DataGraph(triples(DATA))
    evaluation = evaluate(shapes_of(read), data)
    assert same_results(evaluation.report(), reference_alone(read, data))
    if "expression" not in shapes:
        assert evaluation.results
