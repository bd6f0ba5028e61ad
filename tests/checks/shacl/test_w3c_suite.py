"""The W3C test suite of SHACL, Core and SPARQL, where it is at hand."""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyshacl.errors import ReportableRuntimeError
from rdflib import BNode, Graph, URIRef
from tests.checks.shacl.conftest import reference_alone, same_results, shapes_of
from tests.checks.shacl.conftest import signature as signature_of
from tests.conftest import SHARED

from fair_imagic.checks.shacl import evaluate
from fair_imagic.checks.shacl.graph import DataGraph, add_all
from fair_imagic.errors import InputError
from fair_imagic.rdf import PREFIXES, Triple, parse

FOLDER = SHARED / "reference" / "shacl" / "tests"
SH = PREFIXES["sh"]
TYPE = URIRef(PREFIXES["rdf"] + "type")
ACTION = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SUITE = "http://www.w3.org/ns/shacl-test#"
# What the suite compares; messages and details are free.
COMPARED = (
    *("focusNode", "resultPath", "resultSeverity", "value"),
    *("sourceConstraintComponent", "sourceShape"),
)


@dataclass(frozen=True)
class Case:
    """One test of the suite: two graphs, and the report or failure expected."""

    name: str
    shapes: tuple[Triple, ...]
    data: DataGraph
    manifest: Graph
    result: Any

    @property
    def must_fail(self) -> bool:
        return self.result == URIRef(f"{SUITE}Failure")


def cases() -> list[Any]:
    found = [case for path in sorted(FOLDER.rglob("*.ttl")) for case in cases_in(path)]
    if not found:
        skip = pytest.mark.skip(reason="the W3C suite is not beside the project")
        return [pytest.param(None, marks=skip)]
    return [pytest.param(case, id=case.name) for case in found]


def cases_in(path: Path) -> list[Case]:
    graph = add_all(Graph(bind_namespaces="none"), read(path))
    found = []
    for entry in graph.subjects(TYPE, URIRef(f"{SUITE}Validate")):
        action = graph.value(entry, URIRef(f"{ACTION}action"))
        shapes, data = (
            Path(str(graph.value(action, URIRef(SUITE + name))).removeprefix("file://"))
            for name in ("shapesGraph", "dataGraph")
        )
        result = graph.value(entry, URIRef(f"{ACTION}result"))
        name = str(path.relative_to(FOLDER).with_suffix(""))
        read_in = DataGraph(read(data), prefixes=prefixes_of(data))
        found.append(Case(name, read(shapes), read_in, graph, result))
    return found


def prefixes_of(path: Path) -> dict[str, str]:
    """Return the prefixes of a file: pySHACL lets queries use them."""
    text = path.read_text(encoding="utf-8")
    return dict(re.findall(r"@prefix (\w*): <([^>]*)>", text))


@functools.cache
def read(path: Path) -> tuple[Triple, ...]:
    return tuple(parse(path, format="ttl", base_iri=path.as_uri()))


def compared(report: Graph, root: Any) -> Counter[Any]:
    """Return the results below a report, as far as the suite compares them."""
    found: Counter[Any] = Counter()
    for result in report.objects(root, URIRef(f"{SH}result")):
        said = {
            (name, place(report, name, value))
            for name in COMPARED
            for value in report.objects(result, URIRef(SH + name))
        }
        found[tuple(sorted(said))] += 1
    return found


def place(report: Graph, name: str, value: Any) -> Any:
    """Return a value; the blank nodes of a path by their form, others by their name."""
    if name == "resultPath":
        return signature_of(report, value)
    return ("blank" if isinstance(value, BNode) else "term", value.n3())


def root_of(report: Graph) -> Any:
    return report.value(None, TYPE, URIRef(f"{SH}ValidationReport"))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("case", cases())
def test_the_report_is_the_one_that_the_suite_expects(case: Case) -> None:
    try:
        theirs = reference_alone(case.shapes, case.data)
    except (ReportableRuntimeError, NotImplementedError):
        with pytest.raises(InputError):
            evaluate(shapes_of(case.shapes), case.data)
        return
    assert not case.must_fail
    ours = evaluate(shapes_of(case.shapes), case.data).report()
    assert same_results(ours, theirs)
    expected = compared(case.manifest, case.result)
    if compared(theirs, root_of(theirs)) == expected:
        assert compared(ours, root_of(ours)) == expected
