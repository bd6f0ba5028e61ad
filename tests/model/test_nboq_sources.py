"""The committed NBO-Q classes against tables made independently of the generator."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest

from fair_imagic.model import class_named, class_names, schema_source, slots_of
from fair_imagic.model.slots import slot_for_field

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.model import Slot

# drawings on images are not described; the microscope's parts are its components
LEFT_OUT = {"ROIRef"}
LINKS_OF_THE_MICROSCOPE = "Instrument"
# what the model says otherwise, on purpose: see overrides/repairs.yaml
DESCRIPTIONS = {"AnnotationRef", "Description"}
TEXTS_OF_OUR_OWN = {"Row", "Value", "Map"}


def table(shared: Path, name: str) -> list[dict[str, str]]:
    path = shared / "reference" / "nboq" / "tables" / f"{name}_v02-01.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


@pytest.fixture(scope="module")
def described(shared: Path) -> set[str]:
    """The elements that the source marks as part of an extension."""
    return {
        row["element"]
        for row in table(shared, "xsd_elements")
        if row["extension"] and row["abstract"] == "False"
    }


@pytest.fixture(scope="module")
def class_of(described: set[str]) -> dict[str, str]:
    from tools.generate_model.nboq.overrides import read_overrides

    overrides = read_overrides()
    return {name: overrides.class_name(name) for name in described}


@pytest.fixture(scope="module")
def fields(shared: Path, class_of: dict[str, str]) -> list[dict[str, str]]:
    return [
        {**row, "class": class_of[row["element"]], "field": row["field"].strip()}
        for row in table(shared, "xsd_fields")
        if row["element"] in class_of and row["field"] not in LEFT_OUT
    ]


@pytest.fixture(scope="module")
def schemas(shared: Path) -> set[str]:
    folder = shared / "reference" / "nboq" / "json-schemas"
    return {path.name for path in folder.glob("*.json")} - {"_TierList.json"}


def slot_of(row: dict[str, str]) -> Slot | None:
    name = row["field"]
    known = {name, name.removesuffix("Ref"), name.removesuffix("Group")}
    if name in DESCRIPTIONS:
        known = {"Description"}
    slots = [slot_for_field(row["class"], one) for one in known]
    return next((slot for slot in slots if slot is not None), None)


def test_all_167_classes_of_the_source_are_there(class_of: dict[str, str]) -> None:
    known = set(class_names())
    concrete = {name for name in class_of.values() if not class_named(name).abstract}
    assert len(class_of) == len(concrete) == 167
    assert concrete <= known


def test_a_class_keeps_the_iri_of_its_name_in_the_source(
    class_of: dict[str, str],
) -> None:
    for element, name in class_of.items():
        local = class_named(name).iri.rpartition("/nboq/v02-01/")[2]
        assert local == element.replace("-", ""), element


def test_hand_written_classes_keep_their_names() -> None:
    for name in ("Image", "Channel", "Sample"):
        assert class_named(name).iri.endswith(f"/terms/{name}")
        assert class_named(f"Nboq{name}").iri.endswith(f"/nboq/v02-01/{name}")


def test_every_class_says_its_tier_as_the_source(
    shared: Path, class_of: dict[str, str]
) -> None:
    for row in table(shared, "xsd_elements"):
        if row["element"] in class_of and row["tier"]:
            assert class_named(class_of[row["element"]]).tier == int(row["tier"]), row


def test_every_field_is_there(fields: list[dict[str, str]]) -> None:
    missing = {
        (row["element"], row["field"])
        for row in fields
        if slot_of(row) is None
        and not (row["element"] == LINKS_OF_THE_MICROSCOPE and row["kind"] == "element")
    }
    assert len(fields) > 1900
    assert missing == set()


def test_tiers_and_requiredness_are_those_of_the_source(
    fields: list[dict[str, str]],
) -> None:
    different = set()
    for row in fields:
        slot = slot_of(row)
        if slot is None or row["field"] in DESCRIPTIONS | TEXTS_OF_OUR_OWN:
            continue
        # tiers end at 3; a 4 is a leftover of an older version of the source
        if row["tier"] and min(int(row["tier"]), 3) != slot.tier:
            different.add((row["element"], row["field"], "tier"))
        if (row["required"] == "True") != slot.required:
            different.add((row["element"], row["field"], "required"))
    assert different == set()


def test_enumerations_are_those_of_the_source(fields: list[dict[str, str]]) -> None:
    for row in fields:
        slot = slot_of(row)
        is_unit = slot is not None and slot.name.endswith(("_unit", "_units"))
        if slot is not None and row["enum"] and not is_unit:
            # the table joins values with a bar and keeps repeated ones
            assert set(slot.values) == set(filter(None, row["enum"].split("|"))), row


def test_all_143_enumerations_and_their_values_are_in_the_schema(
    shared: Path, repository: Path
) -> None:
    yaml = pytest.importorskip("yaml")
    from tools.generate_model.nboq.xsd import read_xsd

    source = read_xsd(shared / "reference" / "nboq" / "xsd" / "nbo_v02-01.xsd")
    listed = {name: t.values for name, t in source.simple.items() if t.values}
    text = (repository / "schema" / "value_lists.yaml").read_text(encoding="utf-8")
    written = yaml.safe_load(text)["enums"]
    of_our_own = {"LightPathKind", "Compression"}
    assert len(listed) == 143
    assert set(written) - of_our_own == set(listed)
    for name, values in listed.items():
        if name.startswith("Units"):
            # Python folds µ to μ in the names that LinkML makes of units
            values = tuple(normalize("NFKC", value) for value in values)
        assert tuple(written[name]["permissible_values"]) == tuple(filter(None, values))
    families = {n for n, held in written.items() if "annotations" in held}
    # 15 families in the source's own count; the ratio of the 16th has no dimension
    assert len(families - {"UnitsRatio"}) == 15


def test_schema_ids_are_those_of_the_micro_meta_app(
    schemas: set[str], class_of: dict[str, str]
) -> None:
    assert {name for name in schemas if schema_source(name) is None} == set()
    for name in schemas:
        source = schema_source(name)
        assert source is not None
        element = name.removesuffix(".json").rpartition("_")[2]
        assert class_of[element] == source.class_name
        slots = {slot.name: slot for slot in slots_of(source.class_name)}
        assert all(value in slots[s].values for s, value in source.values.items())


def test_every_schema_of_the_model_is_one_of_the_app(schemas: set[str]) -> None:
    import json
    from pathlib import Path as File

    from fair_imagic.model import slots

    held = json.loads(
        File(slots.__file__).with_name("slots.json").read_text(encoding="utf-8")
    )
    assert set(held["schemas"]) <= schemas


def test_fields_of_the_methods_text_are_marked() -> None:
    marked = {s.field for s in slots_of("Objective") if s.methods_text}
    assert {"Manufacturer", "Model", "Magnification", "LensNA", "Correction"} <= marked
    assert "WorkingDistance" not in marked


def test_no_class_has_two_fields_of_one_name_or_property(
    class_of: dict[str, str],
) -> None:
    for name in class_of.values():
        slots = slots_of(name)
        assert len({slot.iri for slot in slots}) == len(slots), name
        assert len({slot.name for slot in slots}) == len(slots), name


def test_every_field_of_tier_1_and_of_the_methods_text_has_a_french_label(
    repository: Path,
) -> None:
    yaml = pytest.importorskip("yaml")
    from tools.generate_model.nboq.overrides import read_overrides

    missing = set()
    for module in read_overrides().modules:
        text = (repository / "schema" / f"{module}.yaml").read_text(encoding="utf-8")
        for name, held in yaml.safe_load(text)["classes"].items():
            for field, said in held.get("attributes", {}).items():
                notes = said["annotations"]
                asked = notes.get("nboq:tier") == 1 or notes.get("nboq:mm")
                if asked and not notes.get("fi:label_fr"):
                    missing.add((name, field))
    assert missing == set()
