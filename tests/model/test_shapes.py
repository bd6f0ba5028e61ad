from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.model import Channel, Image, Instrument, Objective, Person, statements
from fair_imagic.rdf import PREFIXES, curie, expand, iri, literal, parse, to_ntriples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rdflib import Graph

    from fair_imagic.model import Record
    from fair_imagic.rdf import Triple

    Broken = Callable[..., set[str]]

IMAGE = "https://example.org/image/1"
CHANNEL = f"{IMAGE}#channel-0"
SH = PREFIXES["sh"]


@pytest.fixture(scope="module")
def folder(repository: Path) -> Path:
    return repository / "shapes" / "generated"


@pytest.fixture(scope="module")
def triples(folder: Path) -> list[Triple]:
    files = (p for p in folder.glob("*.ttl") if p.name != "subclasses.ttl")
    return [triple for path in files for triple in parse(path, format="ttl")]


@pytest.fixture(scope="module")
def shapes(folder: Path) -> tuple[Graph, Graph]:
    import rdflib

    rules, subclasses = rdflib.Graph(), rdflib.Graph()
    for path in folder.glob("*.ttl"):
        (subclasses if path.name == "subclasses.ttl" else rules).parse(path)
    return rules, subclasses


@pytest.fixture
def broken(shapes: tuple[Graph, Graph]) -> Broken:
    """Return a function from statements to the names of the shapes they break."""
    import pyshacl
    import rdflib

    def names(*triples: Triple) -> set[str]:
        data = rdflib.Graph().parse(data=to_ntriples(triples), format="nt")
        rules, subclasses = shapes
        _conforms, report, _text = pyshacl.validate(
            data, shacl_graph=rules, ont_graph=subclasses, inference="none"
        )
        found = report.objects(None, rdflib.URIRef(f"{SH}sourceShape"))
        return {curie(str(shape)) for shape in found}

    return names


def _with(record: Record, *more: tuple[str, str]) -> list[Triple]:
    added = [(iri(record.iri), iri(path), value) for path, value in more]
    return [*statements(record), *added]


def _subjects(triples: list[Triple], type_name: str) -> set[str]:
    kind = iri(type_name)
    return {s for s, p, o in triples if p == iri("rdf:type") and o == kind}


def test_every_shape_has_an_iri_of_its_own(triples: list[Triple]) -> None:
    shapes = _subjects(triples, "sh:PropertyShape") | _subjects(triples, "sh:NodeShape")
    assert all(shape.startswith(f"<{PREFIXES['fish']}") for shape in shapes)


def test_blank_nodes_are_only_the_cells_of_lists(triples: list[Triple]) -> None:
    used = {p for s, p, _o in triples if s.startswith("_:")}
    assert used == {iri("rdf:first"), iri("rdf:rest")}


def test_nothing_is_required(triples: list[Triple]) -> None:
    demanding = {s for s, p, _o in triples if p == iri("sh:minCount")}
    assert all(shape.endswith("-unit-present>") for shape in demanding)


def test_every_rule_speaks_both_languages_and_has_a_severity(
    triples: list[Triple],
) -> None:
    held: dict[str, dict[str, list[str]]] = {}
    for s, p, o in triples:
        held.setdefault(s, {}).setdefault(curie(p[1:-1]), []).append(o)
    rules = {shape: said for shape, said in held.items() if "sh:severity" in said}
    assert len(rules) > 200
    for shape, said in rules.items():
        for path in ("sh:name", "sh:message", "fi:repair"):
            assert {text[-3:] for text in said[path]} == {"@en", "@fr"}, shape


def test_subclasses_are_pairs_of_iris(folder: Path) -> None:
    pairs = list(parse(folder / "subclasses.ttl", format="ttl"))
    assert pairs
    assert {p for _s, p, _o in pairs} == {iri("rdfs:subClassOf")}
    assert not any(term.startswith("_:") for s, _p, o in pairs for term in (s, o))


def test_a_complete_image_breaks_nothing(broken: Broken) -> None:
    instrument, objective = "https://example.org/instrument/1", f"{IMAGE}#objective"
    records: list[Record] = [
        Image(
            iri=IMAGE,
            title="One",
            size_x="512",
            physical_size_x="0.11",
            acquired_at="2026-11-22T10:00:00Z",
            instrument=instrument,
            objective=objective,
            channels=(CHANNEL,),
            content_kind="raw",
        ),
        Channel(iri=CHANNEL, index="0", name="DAPI", excitation_wavelength="405"),
        Objective(iri=objective, lens_na="1.4", immersion_type="Air", dic="false"),
        Instrument(iri=instrument, title="SP8", components=(objective,)),
    ]
    assert broken(*(t for record in records for t in statements(record))) == set()


@pytest.mark.parametrize(
    ("path", "value", "shape"),
    [
        ("nboq:sizeX", literal("many"), "fish:Image-sizeX"),
        ("nboq:sizeX", literal(0), "fish:Image-sizeX"),
        ("nboq:physicalSizeXUnit", iri("unit:NanoM"), "fish:Image-physicalSizeXUnit"),
        ("nboq:dimensionOrder", literal("TXYZC"), "fish:Image-dimensionOrder"),
        ("fi:imagingMethod", literal("confocal"), "fish:Image-imagingMethod"),
        ("fi:channel", iri("https://example.org/none"), "fish:Image-channel"),
        ("sosa:resultTime", literal("yesterday"), "fish:Image-resultTime"),
    ],
)
def test_a_value_of_the_wrong_kind_breaks_the_shape_of_its_field(
    broken: Broken,
    path: str,
    value: str,
    shape: str,
) -> None:
    assert broken(*_with(Image(iri=IMAGE), (path, value))) == {shape}


def test_two_values_break_a_field_that_takes_one(broken: Broken) -> None:
    twice = _with(Image(iri=IMAGE, title="One"), ("dcterms:title", literal("Two")))
    assert broken(*twice) == {"fish:Image-title"}


def test_a_number_without_its_unit_breaks_the_rule_of_units(broken: Broken) -> None:
    size = ("nboq:physicalSizeX", f'"0.1"^^<{PREFIXES["xsd"]}decimal>')
    assert broken(*_with(Image(iri=IMAGE), size)) == {"fish:Image-physicalSizeX-unit"}


@pytest.mark.parametrize("answer", ["unknown", "withheld", "notApplicable"])
def test_an_answer_instead_of_a_value_breaks_nothing(
    broken: Broken, answer: str
) -> None:
    given = expand(f"fi:{answer}")
    image = Image(
        iri=IMAGE,
        title=given,
        size_x=given,
        physical_size_x=given,
        dimension_order=given,
        instrument=given,
        objective=given,
    )
    assert broken(*statements(image)) == set()


def test_a_link_to_a_record_of_another_class_is_found(broken: Broken) -> None:
    person = "https://example.org/person/1"
    image = statements(Image(iri=IMAGE, instrument=person))
    assert broken(*image, *statements(Person(iri=person))) == {
        "fish:Image-acquiredWith"
    }


def test_a_link_to_a_record_outside_of_what_is_checked_is_no_fault(
    broken: Broken,
) -> None:
    assert broken(*statements(Image(iri=IMAGE, instrument=f"{IMAGE}/x"))) == set()


def test_a_pattern_is_checked(broken: Broken) -> None:
    assert broken(*statements(Person(iri=IMAGE, orcid="12"))) == {"fish:Person-orcid"}


def test_shapes_of_a_base_class_hold_for_a_component(broken: Broken) -> None:
    objective = _with(Objective(iri=IMAGE), ("nboq:model", literal(5)))
    assert broken(*objective) == {"fish:ManufacturerSpec-model"}


def test_a_component_of_any_class_may_belong_to_an_instrument(broken: Broken) -> None:
    part = f"{IMAGE}#laser"
    laser = [(iri(part), iri("rdf:type"), iri("nboq:Laser"))]
    assert (
        broken(*statements(Instrument(iri=IMAGE, components=(part,))), *laser) == set()
    )
