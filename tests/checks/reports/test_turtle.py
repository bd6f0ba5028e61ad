"""The report as RDF says of each point what pySHACL says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fair_imagic.checks import Report, as_turtle, check, profiles
from fair_imagic.checks.requirements import compile_requirements
from fair_imagic.checks.shacl.graph import DataGraph
from fair_imagic.model import Snapshot
from fair_imagic.rdf import parse

SHAPES = Path(__file__).parents[3] / "shapes"
SH = "http://www.w3.org/ns/shacl#"
SET = "https://example.org/id/set/s"
PARTS = (
    "focusNode",
    "resultPath",
    "value",
    "resultSeverity",
    "sourceShape",
    "sourceConstraintComponent",
)
BAD = """
<https://example.org/id/image/x1> a fi:Image ; dcterms:title "x", "y" .
<https://example.org/id/image/x2> a fi:Image ; nboq:dimensionOrder "ABCDE" .
<https://example.org/id/fileset/cells#file-9> a fi:File ;
    fi:path "cellules_é.tif" ; fi:sha256 fi:withheld .
"""


@pytest.fixture(name="snapshot")
def _snapshot() -> Snapshot:
    path = SHAPES / "nboq-tier-1" / "examples" / "pass" / "complete.ttl"
    text = path.read_text(encoding="utf-8") + BAD
    return Snapshot.make(SET, own=parse(text.encode(), format="ttl"))


@pytest.fixture(name="report")
def _report(snapshot: Snapshot) -> Report:
    wanted = [profiles.load(name) for name in ("bioimage-archive", "nboq-tier-1")]
    return check(snapshot, wanted)


def _results(graph: object) -> list[tuple[str, ...]]:
    from rdflib import Graph, URIRef

    assert isinstance(graph, Graph)
    found = []
    for node in graph.objects(None, URIRef(SH + "result")):
        said = {
            str(p).removeprefix(SH): o.n3() for p, o in graph.predicate_objects(node)
        }
        found.append(tuple(said.get(part, "") for part in PARTS))
    return sorted(found)


def test_its_results_are_those_of_pyshacl(snapshot: Snapshot, report: Report) -> None:
    from pyshacl import validate
    from rdflib import Graph

    requirements = compile_requirements(report.profiles, data=snapshot.own)
    _conforms, theirs, _text = validate(
        DataGraph(snapshot.own).graph,
        shacl_graph=requirements.shapes.graph,
        ont_graph=DataGraph(requirements.shapes.pairs).graph,
        advanced=True,
    )
    ours = Graph().parse(data=as_turtle(report), format="turtle")
    named = {rule.iri for rule in requirements.rules.values() if not rule.test}
    wanted = [r for r in _results(theirs) if r[4].strip("<>") in named]
    found = [r for r in _results(ours) if r[5].startswith(f"<{SH}")]
    assert len(wanted) > 15
    assert found == sorted(set(wanted))


def test_it_is_one_report_with_one_result_for_each_point(report: Report) -> None:
    from rdflib import RDF, Graph, Literal, URIRef

    graph = Graph().parse(data=as_turtle(report), format="turtle")
    nodes = list(graph.subjects(RDF.type, URIRef(SH + "ValidationReport")))
    assert len(nodes) == 1
    assert (nodes[0], URIRef(SH + "conforms"), Literal(False)) in graph
    assert len(list(graph.objects(nodes[0], URIRef(SH + "result")))) == len(
        report.findings
    )
    messages = graph.objects(None, URIRef(SH + "resultMessage"))
    assert {getattr(m, "language", None) for m in messages} == {"en", "fr"}
