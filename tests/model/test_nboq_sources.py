"""The committed NBO-Q classes against tables made independently of the generator."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from fair_imagic.model import class_names, schema_source, slot_for_field, slots_of

if TYPE_CHECKING:
    from pathlib import Path

# fields without meaning for a description, or that lead to classes not taken yet
LEFT_OUT = {
    "MapAnnotation",
    "AdditionalVendorInformation",
    "Map",
    "Pump",
    "AcoustoOpticalDeviceRef",
    "SoftwareModuleRef",
    "RelayLensRef",
    "WavelengthRange",
    "ReflectanceRange",
    "TransmittanceProfileFile",
    "ReflectanceProfileFile",
    "WavelengthProfileFile",
}
# what the model says otherwise, on purpose
RENAMED = {"AnnotationRef": "Description"}


@pytest.fixture(scope="module")
def fields(shared: Path) -> list[dict[str, str]]:
    table = shared / "reference" / "nboq" / "tables" / "xsd_fields_v02-01.tsv"
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    known = set(class_names()) - {"Instrument", "Image", "Channel", "Sample", "Plan"}
    return [row for row in rows if row["element"] in known]


@pytest.fixture(scope="module")
def schemas(shared: Path) -> set[str]:
    folder = shared / "reference" / "nboq" / "json-schemas"
    return {path.name for path in folder.glob("*.json")}


def _source_name(field: str) -> str:
    return RENAMED.get(field, field.removesuffix("Ref"))


def test_every_field_of_the_taken_classes_is_there(
    fields: list[dict[str, str]],
) -> None:
    missing = {
        (row["element"], row["field"])
        for row in fields
        if row["field"] not in LEFT_OUT
        and slot_for_field(row["element"], _source_name(row["field"])) is None
    }
    assert len(fields) > 300
    assert missing == set()


def test_tiers_and_requiredness_are_those_of_the_source(
    fields: list[dict[str, str]],
) -> None:
    different = set()
    for row in fields:
        slot = slot_for_field(row["element"], _source_name(row["field"]))
        if slot is None or row["field"] in RENAMED:
            continue
        if row["tier"] and int(row["tier"]) != slot.tier:
            different.add((row["element"], row["field"], "tier"))
        if (row["required"] == "True") != slot.required:
            different.add((row["element"], row["field"], "required"))
    assert different == set()


def test_enumerations_are_those_of_the_source(fields: list[dict[str, str]]) -> None:
    for row in fields:
        slot = slot_for_field(row["element"], _source_name(row["field"]))
        if slot is not None and row["enum"] and not row["field"].endswith("Unit"):
            # the table joins values with a bar and keeps repeated ones
            assert set(slot.values) == set(row["enum"].split("|"))


def test_schema_ids_are_those_of_the_micro_meta_app(schemas: set[str]) -> None:
    known = {name for name in schemas if schema_source(name) is not None}
    assert len(known) >= 26
    for name in known:
        source = schema_source(name)
        assert source is not None
        assert name.removesuffix(".json").endswith(source.class_name)
        slots = {slot.name: slot for slot in slots_of(source.class_name)}
        assert all(value in slots[s].values for s, value in source.values.items())


def test_every_taken_class_has_its_schema_in_the_app(schemas: set[str]) -> None:
    import json
    from pathlib import Path as File

    from fair_imagic.model import slots

    table = json.loads(
        File(slots.__file__).with_name("slots.json").read_text(encoding="utf-8")
    )
    assert set(table["schemas"]) <= schemas


def test_fields_of_the_methods_text_are_marked() -> None:
    marked = {s.field for s in slots_of("Objective") if s.methods_text}
    assert {"Manufacturer", "Model", "Magnification", "LensNA", "Correction"} <= marked
    assert "WorkingDistance" not in marked


def test_the_generator_takes_all_classes_of_the_source(shared: Path) -> None:
    from dataclasses import replace

    from tools.generate_model.nboq.assemble import Assembly
    from tools.generate_model.nboq.overrides import read_overrides
    from tools.generate_model.nboq.xsd import read_xsd

    source = read_xsd(shared / "reference" / "nboq" / "xsd" / "nbo_v02-01.xsd")
    described = [
        element.name
        for element in source.elements.values()
        if "Extension" in element.notes and not element.abstract
    ]
    overrides = replace(read_overrides(), classes=tuple(described))
    classes = Assembly(source, overrides, frozenset()).classes()
    assert len(described) == 167
    assert {overrides.class_name(name) for name in described} <= set(classes)
    for name, held in classes.items():
        iris = [field["slot_uri"] for field in held.get("attributes", {}).values()]
        assert len(set(iris)) == len(iris), name
