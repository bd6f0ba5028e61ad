"""The W3C cases of SPARQL constraints, pre-binding included, from the folder beside.

What pySHACL reports of a shape with ``sh:sparql`` must be flagged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, Namespace, URIRef

from fair_imagic.rdf import parse

if TYPE_CHECKING:
    from pathlib import Path

_SH = Namespace("http://www.w3.org/ns/shacl#")
_FOLDERS = ("node", "property", "pre-binding")


def _cases(shared: Path) -> list[Path]:
    root = shared / "reference" / "shacl" / "tests" / "sparql"
    if not root.is_dir():
        pytest.skip("the W3C SHACL tests are not beside the checkout")
    found = [path for name in _FOLDERS for path in sorted((root / name).glob("*.ttl"))]
    return [path for path in found if path.name != "manifest.ttl"]


def test_every_node_of_the_w3c_cases_that_fails_is_flagged(  # type: ignore[no-untyped-def]
    shared: Path, sides_of_graph
) -> None:
    compared, planned = 0, 0
    for path in _cases(shared):
        base = f"http://e/{path.stem}"
        triples = list(parse(path, format="ttl", base_iri=base))
        graph = Graph().parse(path, format="turtle", publicID=base)
        focus = sorted({t for s, _p, o in triples for t in (s, o)})
        for shape in sorted(set(graph.subjects(_SH.sparql)), key=str):
            if not isinstance(shape, URIRef):
                continue
            found = sides_of_graph(graph, triples, focus, shape=shape)
            assert found.failing <= found.flagged, path.name
            compared += 1
            planned += None not in found.plans

    assert compared >= 15
    assert planned >= 5
