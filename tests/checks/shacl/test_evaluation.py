"""The engine: pySHACL over whole graphs, and why never over chosen nodes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from fair_imagic.checks import profiles, shacl
from fair_imagic.checks.requirements import compile_requirements
from fair_imagic.checks.shacl import evaluate
from fair_imagic.checks.shacl.graph import DataGraph
from fair_imagic.model import Snapshot

Make = Callable[..., Snapshot]
Write = Callable[..., Path]

# A set whose creator must have a name, said through nested shapes.
NESTED = """
x:set a sh:NodeShape ; sh:targetClass fi:PublicationSet ; sh:property x:each .
x:each a sh:PropertyShape ; sh:path dcterms:creator ; sh:node x:person .
x:person a sh:NodeShape ; sh:property x:name .
x:name a sh:PropertyShape ; sh:path foaf:name ; sh:minCount 1 .
"""
NEGATED = """
x:set a sh:NodeShape ; sh:targetClass fi:PublicationSet ; sh:property x:each .
x:each a sh:PropertyShape ; sh:path dcterms:creator ; sh:not x:nameless .
x:nameless a sh:NodeShape ; sh:property x:name .
x:name a sh:PropertyShape ; sh:path foaf:name ; sh:minCount 1 .
"""
NAMELESS = """<https://example.org/id/set/s> a fi:PublicationSet ;
    dcterms:creator <https://example.org/id/person/p> .
<https://example.org/id/person/p> a foaf:Person ; schema:email "p@example.org" ."""
FOCUS = "https://example.org/id/set/s"
SHAPE = "https://w3id.org/fair-imagic/shapes/nested/set"


def _pyshacl(data: DataGraph, shapes: Any, **options: Any) -> bool:
    from pyshacl import validate

    conforms, _graph, _text = validate(
        data.graph, shacl_graph=shapes.graph, advanced=True, **options
    )
    return bool(conforms)


@pytest.mark.parametrize(
    "options",
    [
        {"focus_nodes": [FOCUS]},
        {"use_shapes": [SHAPE]},
        {"use_shapes": [SHAPE], "focus_nodes": [FOCUS]},
    ],
    ids=["focus_nodes", "use_shapes", "both"],
)
@pytest.mark.parametrize(
    "nested",
    ["sh:node x:person", "sh:property x:name", "sh:or ( x:person )"],
    ids=["node", "property", "or"],
)
def test_pyshacl_with_chosen_nodes_hides_a_broken_nested_rule(
    snapshot: Make, write_profile: Write, nested: str, options: dict[str, Any]
) -> None:
    folder = write_profile("nested", NESTED.replace("sh:node x:person", nested))
    shapes = compile_requirements([profiles.load("nested", extra=folder)]).shapes
    own = snapshot(NAMELESS).own
    assert not _pyshacl(DataGraph(own), shapes)
    # Unsound in 0.40.1: the same data "conforms" once something is chosen.
    assert _pyshacl(DataGraph(own), shapes, **options)


def test_pyshacl_with_chosen_nodes_invents_a_broken_negation(
    snapshot: Make, write_profile: Write
) -> None:
    folder = write_profile("negated", NEGATED)
    shapes = compile_requirements([profiles.load("negated", extra=folder)]).shapes
    own = snapshot(NAMELESS).own
    assert _pyshacl(DataGraph(own), shapes)
    assert not _pyshacl(DataGraph(own), shapes, focus_nodes=[FOCUS])


def test_our_engine_sees_the_broken_nested_rule(
    snapshot: Make, write_profile: Write
) -> None:
    folder = write_profile("nested", NESTED)
    shapes = compile_requirements([profiles.load("nested", extra=folder)]).shapes
    results = evaluate(shapes, DataGraph(snapshot(NAMELESS).own)).results
    assert [(r.focus, r.component) for r in results] == [
        (FOCUS, "NodeConstraintComponent")
    ]


def test_the_engine_never_uses_the_unsound_options() -> None:
    modules = Path(shacl.__file__).parent.rglob("*.py")
    code = "".join(path.read_text(encoding="utf-8") for path in modules)
    assert '"focus_nodes"' not in code
    assert '"use_shapes"' not in code


def test_subclasses_count_without_inference(snapshot: Make) -> None:
    text = "<https://example.org/id/instrument/m#p> a nboq:InvertedMicroscopeStand ."
    shapes = compile_requirements([profiles.load("nboq-tier-1")]).shapes
    focus = evaluate(shapes, DataGraph(snapshot(text).own)).focus_nodes
    rule = "https://w3id.org/fair-imagic/shapes/nboq-tier-1/component-model-required"
    assert focus[rule] == {"https://example.org/id/instrument/m#p"}


def test_focus_nodes_of_nested_rules_are_counted(snapshot: Make) -> None:
    shapes = compile_requirements([profiles.load("set")]).shapes
    focus = evaluate(shapes, DataGraph(snapshot(NAMELESS).own)).focus_nodes
    rule = "https://w3id.org/fair-imagic/shapes/set/creator-name-required"
    assert focus[rule] == {"https://example.org/id/person/p"}


def test_checks_in_several_threads_agree(snapshot: Make) -> None:
    shapes = compile_requirements([profiles.load("datacite")]).shapes
    own = snapshot(NAMELESS).own

    def results(_number: int) -> frozenset[tuple[str, str]]:
        found = evaluate(shapes, DataGraph(own)).results
        return frozenset((result.shape, result.focus) for result in found)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(results, range(8)))) == 1


def test_shapes_are_compiled_once() -> None:
    wanted = [profiles.load("datacite")]
    assert compile_requirements(wanted) is compile_requirements(wanted)
