"""A missing value is told without pySHACL, and told as pySHACL tells it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

from tests.checks.shacl import random_graphs
from tests.checks.shacl.conftest import same_results, shapes_of
from tests.checks.shacl.test_random_graphs import triples

from fair_imagic.checks.shacl import evaluate
from fair_imagic.checks.shacl.graph import DataGraph

SHAPES = (
    random_graphs.HEAD
    + """
e:set a sh:NodeShape ; sh:targetClass e:A ; sh:property e:title , e:part , e:made ;
  sh:message "No p and no q"@en ;
  sh:or ( [ sh:path e:p ; sh:minCount 1 ] [ sh:path e:q ; sh:minCount 1 ] ) .
e:title a sh:PropertyShape ; sh:path e:p ; sh:minCount 1 ; sh:message "No title"@en ,
  "Aucun titre"@fr .
e:part a sh:PropertyShape ; sh:path e:q ; sh:property e:name .
e:name a sh:PropertyShape ; sh:path [ sh:inversePath e:r ] ; sh:minCount 1 ;
  sh:message "No name"@en .
e:made a sh:PropertyShape ; sh:path e:s ; sh:maxCount 1 ; sh:message "Two"@en .
"""
)
DATA = (
    random_graphs.HEAD
    + """
e:i1 a e:A . e:i2 a e:A ; e:q e:m , e:n ; e:s 1 , 2 . e:i3 a e:A ; e:p 1 ; e:q e:m .
"""
)


def _both() -> tuple[Counter, Counter]:  # type: ignore[type-arg]
    shapes, data = shapes_of(triples(SHAPES)), DataGraph(triples(DATA))
    theirs = evaluate(shapes, data)
    ours = evaluate(shapes, data, direct=True)
    assert same_results(ours.report(), theirs.report())
    return Counter(ours.results), Counter(theirs.results)


def test_results_without_pyshacl_are_its_own_to_the_letter() -> None:
    ours, theirs = _both()
    assert ours == theirs
    told = {(one.shape.rpartition("/")[2], one.message) for one in ours}
    assert told == {
        ("set", "No p and no q"),
        ("title", "Aucun titre"),
        ("name", "No name"),
        ("made", "Two"),
    }


def test_a_node_reached_in_two_ways_is_told_twice() -> None:
    ours, _theirs = _both()
    of_part = [n for one, n in ours.items() if one.focus == "https://example.org/m"]
    assert of_part == [2]


def test_missing_values_alone_do_not_load_pyshacl() -> None:
    code = """
import sys
from fair_imagic.checks import check, profiles
from fair_imagic.model import Snapshot
from fair_imagic.rdf import iri
root = "https://example.org/id/set/s"
own = [(iri(root), iri("rdf:type"), iri("fi:PublicationSet"))]
wanted = [profiles.load(name) for name in ("set", "datacite")]
report = check(Snapshot.make(root, own=own, context=[]), wanted)
codes = {finding.code for finding in report.findings}
assert {"set/title-required", "datacite/title-required"} & codes, codes
print(*sorted({"rdflib", "pyshacl"} & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
