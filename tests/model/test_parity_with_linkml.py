"""Our base shapes say what LinkML's generator says, where that one is right.

Left out (known limits of gen-shacl): inherited constraints are repeated per class
there; enumerations and datatypes stand directly on the property shape, while ours
also accept the answers "unknown", "withheld" and "not applicable".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rdflib import Graph
    from rdflib.term import Node
    from tools.generate_model.schema import Model

pytestmark = pytest.mark.filterwarnings("ignore")

Constraint = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def theirs(repository: Path) -> set[Constraint]:
    generators = pytest.importorskip("linkml.generators.shaclgen")
    import rdflib

    text = generators.ShaclGenerator(
        str(repository / "schema" / "fair_imagic.yaml"), closed=False, suffix="Shape"
    ).serialize()
    return set(_constraints(rdflib.Graph().parse(data=text, format="turtle")))


@pytest.fixture(scope="module")
def ours(repository: Path, schema_model: Model) -> set[Constraint]:
    import rdflib

    graph = rdflib.Graph()
    for path in (repository / "shapes" / "generated").glob("*.ttl"):
        graph.parse(path)
    own = set(_constraints(graph))
    parents = {
        node.iri: {schema_model.classes[name].iri for name in node.ancestors}
        for node in schema_model.classes.values()
    }
    inherited = {
        (child, path, kind, value)
        for child, above in parents.items()
        for owner, path, kind, value in own
        if owner in above
    }
    return own | inherited


def _constraints(graph: Graph) -> Iterator[Constraint]:
    from rdflib import SH

    for shape, target in graph.subject_objects(SH.targetClass):
        if str(target).endswith(_OF_DOCUMENTS):
            continue
        for field in graph.objects(shape, SH.property):
            path = str(graph.value(field, SH.path))
            if path == _IDENTIFIER:
                continue
            for kind, value in _facts(graph, field):
                yield (str(target), path, kind, value)


# The identifier of LinkML's documents: in RDF it is the node itself. Their root and its
# lists are in no record.
_IDENTIFIER = "https://w3id.org/fair-imagic/terms/iri"
_OF_DOCUMENTS = ("/terms/Records", "/terms/FieldAnswer", "rdf-syntax-ns#Statement")


def _facts(graph: Graph, field: Node) -> Iterator[tuple[str, str]]:
    """Yield at-most-one, datatype, class and enumeration of a property shape."""
    from rdflib import SH
    from rdflib.collection import Collection

    if graph.value(field, SH.maxCount) is not None:
        yield ("maxCount", str(graph.value(field, SH.maxCount)))
    members = graph.value(field, SH["or"])
    alternatives = [] if members is None else list(Collection(graph, members))
    for node in (field, *alternatives):
        for predicate in (SH.datatype, SH["class"]):
            value = graph.value(node, predicate)
            if value is not None:
                yield (predicate.split("#")[1], str(value))
    values = graph.value(field, SH["in"])
    if values is not None:
        for member in Collection(graph, values):
            yield ("in", str(member))


# LinkML has no constraint for these, or another one for a reason given above
def _is_comparable(constraint: Constraint) -> bool:
    _target, path, kind, value = constraint
    is_answer = kind == "in" and value.rpartition("/")[2] in (
        "notApplicable",
        "unknown",
        "withheld",
    )
    is_unit = kind == "in" and path.endswith("Unit")
    # A year is taken beside a date; LinkML has no type for it.
    is_year = kind == "datatype" and value.endswith("#gYear")
    return not (is_answer or is_unit or is_year)


def test_we_say_all_that_linkml_says(
    ours: set[Constraint], theirs: set[Constraint]
) -> None:
    assert len(theirs) > 500
    assert sorted(theirs - ours) == []


def test_we_say_nothing_of_these_kinds_that_linkml_does_not(
    ours: set[Constraint], theirs: set[Constraint]
) -> None:
    extra = {c for c in ours - theirs if _is_comparable(c)}
    assert sorted(extra) == []
