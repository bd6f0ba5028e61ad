"""Generated shapes of classes without a node are left out, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from fair_imagic.checks import profiles
from fair_imagic.checks.generated_shapes import classes_in, is_generated, prune
from fair_imagic.checks.requirements import compile_requirements
from fair_imagic.checks.shacl import evaluate
from fair_imagic.checks.shacl.graph import DataGraph
from fair_imagic.rdf import expand, iri, parse

SHAPES = Path(__file__).parents[2] / "shapes"
EXAMPLES = sorted((SHAPES / "nboq-tier-1" / "examples").glob("*/*.ttl"))
TURTLE = b"""
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix e: <https://example.org/> .
e:one a sh:NodeShape ; sh:targetClass e:A ; sh:property e:shared , e:of-a .
e:two a sh:NodeShape ; sh:targetClass e:B ; sh:property e:shared , e:of-b .
e:shared a sh:PropertyShape ; sh:path e:p ; sh:minCount 1 .
e:of-a a sh:PropertyShape ; sh:path e:q ; sh:in ( 1 2 ) .
e:of-b a sh:PropertyShape ; sh:path e:r ; sh:in ( 3 4 ) .
e:value a sh:NodeShape ; sh:nodeKind sh:IRI .
"""


def test_only_what_no_node_can_meet_is_left_out() -> None:
    triples = list(parse(TURTLE, format="ttl"))
    kept = prune(triples, {"https://example.org/A"})
    names = {s.rpartition("/")[2].rstrip(">") for s, _p, _o in kept if s[0] == "<"}
    assert names == {"one", "shared", "of-a", "value"}
    assert any(o.startswith('"2"') for _s, _p, o in kept)
    assert not any(o.startswith('"4"') for _s, _p, o in kept)


def test_a_class_is_present_through_its_subclasses() -> None:
    triple = (iri("https://example.org/x"), iri("rdf:type"), iri("nboq:Laser"))
    above = {expand("nboq:Laser"): frozenset({expand("nboq:LightSource")})}
    assert classes_in([triple], above) == {
        expand("nboq:Laser"),
        expand("nboq:LightSource"),
    }


def test_shapes_written_by_hand_are_never_left_out() -> None:
    assert is_generated(SHAPES / "generated" / "optics.ttl")
    assert not is_generated(SHAPES / "nboq-tier-1" / "image.ttl")


@pytest.mark.parametrize("path", EXAMPLES[:6], ids=lambda path: path.stem)
def test_the_results_are_those_of_all_shapes(path: Path) -> None:
    triples = list(parse(path, format="ttl"))
    chosen = [profiles.load("nboq-tier-1")]
    everything = compile_requirements(chosen).shapes
    fewer = compile_requirements(chosen, data=triples).shapes
    data = DataGraph(triples)
    assert len(fewer.triples) < len(everything.triples) / 2
    assert fewer.hash == everything.hash
    assert set(evaluate(fewer, data).results) == set(evaluate(everything, data).results)
