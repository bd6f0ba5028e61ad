from __future__ import annotations

from dataclasses import fields

import pytest

from fair_imagic import model
from fair_imagic.model import (
    ANSWERS,
    Channel,
    Image,
    Objective,
    Record,
    RecordGraph,
    Sample,
    class_named,
    slots_of,
    statements,
    view,
    views,
)
from fair_imagic.rdf import PREFIXES, iri, literal

IMAGE = "https://example.org/image/1"
NAMED = [
    value
    for name in model.__all__
    if isinstance(value := getattr(model, name), type)
    and issubclass(value, Record)
    and value is not Record
]


def _image() -> Image:
    return Image(
        iri=IMAGE,
        title='A "quoted" title',
        size_x="512",
        physical_size_x="0.110",
        acquired_at="2026-11-22T10:00:00Z",
        instrument="https://example.org/instrument/1",
        tags=("control", "été"),
    )


def test_what_is_written_as_statements_is_read_back_the_same() -> None:
    seen = view(Image, RecordGraph(statements(_image())), IMAGE)
    unit = PREFIXES["unit"] + "MicroM"
    assert seen == Image(
        iri=IMAGE,
        title='A "quoted" title',
        size_x="512",
        physical_size_x="0.110",
        physical_size_x_unit=unit,
        acquired_at="2026-11-22T10:00:00Z",
        instrument="https://example.org/instrument/1",
        tags=("control", "été"),
    )


def test_numbers_keep_their_text_and_get_the_datatype_of_the_slot() -> None:
    written = statements(_image())
    sizes = [o for _s, p, o in written if p.endswith("physicalSizeX>")]
    assert sizes == [f'"0.110"^^<{PREFIXES["xsd"]}decimal>']


def test_links_are_written_as_iris() -> None:
    assert iri("https://example.org/instrument/1") in {
        o for *_, o in statements(_image())
    }


def test_a_given_unit_is_not_replaced() -> None:
    other = PREFIXES["unit"] + "NanoM"
    image = Image(iri=IMAGE, physical_size_x="110", physical_size_x_unit=other)
    units = [o for _s, p, o in statements(image) if p.endswith("physicalSizeXUnit>")]
    assert units == [f"<{other}>"]


@pytest.mark.parametrize("answer", sorted(ANSWERS))
def test_unknown_and_withheld_are_written_as_iris_without_a_unit(answer: str) -> None:
    written = statements(Image(iri=IMAGE, physical_size_x=answer))
    assert [o for _s, _p, o in written[1:]] == [f"<{answer}>"]


def test_a_wrong_value_is_kept() -> None:
    graph = RecordGraph([(iri(IMAGE), iri("nboq:sizeX"), literal("many"))])
    assert view(Image, graph, IMAGE).size_x == "many"


def test_of_two_values_in_a_single_field_the_first_in_order_is_seen() -> None:
    path = iri("nboq:sizeX")
    values = [literal(10), literal(9)]
    graph = RecordGraph((iri(IMAGE), path, value) for value in values)
    assert view(Image, graph, IMAGE).size_x == "9"


def test_channels_come_in_the_order_of_their_numbers() -> None:
    channels = tuple(f"{IMAGE}#channel-{n}" for n in (10, 2, 1))
    graph = RecordGraph(statements(Image(iri=IMAGE, channels=channels)))
    assert view(Image, graph, IMAGE).channels == channels[::-1]


def test_views_are_sorted_by_number_and_of_one_class_only() -> None:
    iris = [f"{IMAGE}#channel-{n}" for n in (10, 2)]
    triples = [t for each in iris for t in statements(Channel(iri=each, index="0"))]
    graph = RecordGraph([*triples, *statements(Sample(iri="https://example.org/s"))])
    assert [channel.iri for channel in views(Channel, graph)] == iris[::-1]


@pytest.mark.parametrize("cls", NAMED, ids=lambda cls: cls.__name__)
def test_fields_of_a_class_are_its_slots(cls: type[Record]) -> None:
    names = [field.name for field in fields(cls)]
    assert names == ["iri", *(slot.name for slot in slots_of(cls.__name__))]
    assert cls.class_iri == class_named(cls.__name__).iri


@pytest.mark.parametrize("cls", NAMED, ids=lambda cls: cls.__name__)
def test_every_field_of_every_class_survives_a_round_trip(cls: type[Record]) -> None:
    texts = {
        slot.name: ("https://example.org/x", "https://example.org/y")
        if slot.multivalued
        else "https://example.org/z"
        for slot in slots_of(cls.__name__)
    }
    record = cls(iri=IMAGE, **texts)
    assert view(cls, RecordGraph(statements(record)), IMAGE) == record


def test_an_objective_has_its_numerical_aperture_under_the_agreed_property() -> None:
    written = statements(Objective(iri=f"{IMAGE}#objective", lens_na="1.4"))
    assert written[1][1] == iri("nboq:lensNA")
