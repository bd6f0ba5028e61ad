"""Plans of SPARQL constraints are made once for many runs, and come back as made."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pyshacl.shapes_graph import ShapesGraph
from tests.checks.shacl.sparql.conftest import shapes_with

from fair_imagic import cache
from fair_imagic.checks.shacl.plan_cache import recall_plans
from fair_imagic.checks.shacl.sparql import plans_of

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.checks.shacl.plan_cache import Plans

SHAPE = "<http://e/Shape>"
QUERIES = [
    "SELECT $this WHERE { $this e:p ?v . FILTER (?v > 3 && ?v + 1 != 7) }",
    'SELECT $this ?value WHERE { $this e:p/^e:q ?value . FILTER (?value IN ("a")) }',
    """SELECT $this WHERE { $this e:with ?m ; e:on ?day . FILTER NOT EXISTS {
    ?run e:of ?m ; e:from ?from . FILTER (?from <= ?day) } }""",
    "SELECT $this WHERE { $this e:p ?v . OPTIONAL { ?v e:q ?w } FILTER (!bound(?w)) }",
    """SELECT $this WHERE { { $this e:p ?v } UNION { $this e:q ?v } .
    FILTER EXISTS { ?v e:r+ ?w . FILTER (?w = e:a || ?w = $this) } }""",
    'SELECT $this WHERE { $this e:p ?v . FILTER regex(str(?v), "^\\\\d+é$", "i") }',
    "SELECT $this WHERE { GRAPH ?g { $this e:p ?v } }",
]


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_CACHE_FOLDER", str(tmp_path / "cache"))


def _compiled(select: str) -> Plans:
    shape = next(iter(ShapesGraph(shapes_with(select)).shapes))
    return {SHAPE: plans_of(shape)}


@pytest.mark.parametrize("select", QUERIES, ids=range(len(QUERIES)))
def test_a_plan_comes_back_as_it_was_made(select: str) -> None:
    made = _compiled(select)
    assert made[SHAPE]
    terms = frozenset({SHAPE})
    assert recall_plans(select, terms, lambda: made) == made
    again = recall_plans(select, terms, dict)
    assert again == made
    assert repr(again[SHAPE]).count("Plan") == repr(made[SHAPE]).count("Plan")
    # Another text is another plan.
    assert recall_plans(f"{select} ", terms, dict) == {}


def test_a_plan_of_a_shape_without_a_name_is_not_kept() -> None:
    recall_plans("d", frozenset({"_:b1", SHAPE}), dict)
    place = cache.folder()
    assert place is not None
    assert not place.exists()


RUN = """
import sys
from pathlib import Path
from fair_imagic.checks import check, profiles
from fair_imagic.model import Snapshot
from fair_imagic.rdf import iri, literal
root = "https://example.org/id/set/s"
own = [
    (iri(root), iri("rdf:type"), iri("fi:PublicationSet")),
    (iri(root), iri("dcterms:extent"), literal(int(sys.argv[2]))),
]
wanted = [profiles.load("mine", extra=Path(sys.argv[1]))]
report = check(Snapshot.make(root, own=own, context=[]), wanted)
found = sum(finding.code == "mine/large" for finding in report.findings)
print(found, *sorted({"rdflib", "pyshacl"} & sys.modules.keys()))
"""
MINE = """x:large a sh:NodeShape ; sh:targetClass fi:PublicationSet ;
  sh:name "L"@en , "L"@fr ; sh:message "Large"@en , "Grand"@fr ;
  sh:sparql [ sh:select "SELECT $this WHERE {
    $this <http://purl.org/dc/terms/extent> ?n . FILTER (?n > 3) }" ] .
"""


def test_a_set_that_breaks_no_query_loads_pyshacl_once_for_many_runs(
    write_profile: pytest.FixtureRequest,
) -> None:
    folder: Path = write_profile("mine", MINE.replace("\n    ", " "))  # type: ignore[operator]

    def run(number: int) -> str:
        done = subprocess.run(
            [sys.executable, "-c", RUN, str(folder), str(number)],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    assert run(3) == "0 pyshacl rdflib"
    assert run(3) == "0"
    assert run(4) == "1 pyshacl rdflib"
