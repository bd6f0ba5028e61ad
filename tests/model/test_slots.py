from __future__ import annotations

import subprocess
import sys

import pytest

from fair_imagic.errors import NotFoundError
from fair_imagic.model import (
    class_for,
    class_named,
    class_names,
    schema_source,
    slot_for,
    slot_for_field,
    slots_of,
)
from fair_imagic.rdf import expand


def test_a_slot_knows_unit_tier_and_labels() -> None:
    slot = slot_for(expand("nboq:Objective"), expand("nboq:workingDistance"))
    assert slot is not None
    assert slot.unit == expand("unit:MilliM")
    assert slot.unit_slot == "working_distance_unit"
    assert (slot.tier, slot.required) == (2, True)
    assert dict(slot.label) == {"en": "Working distance", "fr": "Distance de travail"}
    assert slot.datatype == expand("xsd:decimal")


def test_an_enumeration_lists_its_values() -> None:
    slot = slot_for_field("Objective", "ImmersionType")
    assert slot is not None
    assert "Silicone Oil" in slot.values


def test_inherited_slots_are_there() -> None:
    names = {slot.name for slot in slots_of("CCD")}
    assert {"manufacturer", "quantum_efficiency", "pixel_width", "type"} <= names


def test_links_to_records_and_to_parts_are_told_apart() -> None:
    slots = {slot.name: slot for slot in slots_of("Image")}
    assert slots["instrument"].record_link
    assert slots["instrument"].context
    assert slots["channels"].part
    assert not slots["channels"].record_link
    assert not slots["title"].record_link


def test_slots_of_ancestors_come_first() -> None:
    above = [slot.name for slot in slots_of("LightSource")]
    assert [slot.name for slot in slots_of("Laser")][: len(above)] == above


def test_an_unknown_class_is_an_error_that_lists_the_classes() -> None:
    with pytest.raises(NotFoundError) as caught:
        slots_of("Telescope")
    assert "Objective" in str(caught.value)


def test_unknown_iris_have_no_class_and_no_slot() -> None:
    assert class_for("https://example.org/none") is None
    assert slot_for("https://example.org/none", expand("dcterms:title")) is None
    assert slot_for(expand("fi:Image"), "https://example.org/none") is None
    assert schema_source("Telescope.json") is None


def test_each_class_iri_belongs_to_one_class() -> None:
    iris = [class_named(name).iri for name in class_names()]
    assert len(set(iris)) == len(iris)


@pytest.mark.parametrize("name", class_names())
def test_no_class_has_a_property_or_a_name_twice(name: str) -> None:
    slots = slots_of(name)
    assert len({slot.iri for slot in slots}) == len(slots)
    assert len({slot.name for slot in slots}) == len(slots)


@pytest.mark.parametrize("name", class_names())
def test_every_number_with_a_unit_family_has_its_companion(name: str) -> None:
    names = {slot.name for slot in slots_of(name)}
    for slot in slots_of(name):
        if slot.unit_slot is not None:
            assert slot.unit is not None
            assert slot.unit_slot in names


def test_a_micro_meta_schema_may_imply_a_value() -> None:
    source = schema_source("Fluorescence_LightSource_LightEmittingDiode.json")
    assert source is not None
    assert source.class_name == "LightEmittingDiode"
    assert dict(source.values) == {"light_path": "Fluorescence"}


def test_every_label_is_there_in_both_languages() -> None:
    for name in class_names():
        assert all(class_named(name).label.values())
        for slot in slots_of(name):
            assert set(slot.label) == {"en", "fr"}
            assert all(slot.label.values())


def test_the_model_loads_no_heavy_library() -> None:
    code = (
        "import sys, fair_imagic.model as m; m.slots_of('Image');"
        "print([n for n in ('linkml', 'linkml_runtime', 'rdflib', 'yaml', 'numpy')"
        " if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
