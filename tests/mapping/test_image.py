"""Facts as statements: by the tables, with places, with nothing dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import ConfigurationError
from fair_imagic.mapping import MappingRow, load_table, statements_for
from fair_imagic.mapping.converters import terms_of
from fair_imagic.model import class_named, slot_for
from fair_imagic.rdf import expand, iri, literal
from fair_imagic.readers import RawFact, RawImage, read
from fair_imagic.resources import folder

if TYPE_CHECKING:
    from pathlib import Path

IMAGE = "https://example.org/image/1"


def image(*facts: tuple[str, str, str | None], name: str = "stem") -> RawImage:
    return RawImage(
        0, name, tuple(RawFact(k, v, u, f"place of {k}") for k, v, u in facts)
    )


def said(raw: RawImage) -> set[tuple[str, str, str]]:
    return {one.triple for one in statements_for(raw, image_iri=IMAGE)}


def triple(subject: str, predicate: str, value: str) -> tuple[str, str, str]:
    return (iri(subject), iri(predicate), value)


def decimal(text: str) -> str:
    return literal(text, datatype="xsd:decimal")


def test_a_length_is_converted_and_has_its_unit() -> None:
    found = said(image(("Image/Pixels/PhysicalSizeX", "100.50", "nm")))
    assert triple(IMAGE, "nboq:physicalSizeX", decimal("0.1005")) in found
    assert triple(IMAGE, "nboq:physicalSizeXUnit", iri("unit:MicroM")) in found


def test_a_decimal_never_passes_through_a_float() -> None:
    text = "0.170000000000000000000000000001"
    found = said(image(("Instrument/Objective/LensNA", text, None)))
    assert triple(f"{IMAGE}#objective", "nboq:lensNA", decimal(text)) in found


def test_channels_and_objective_are_parts_of_the_image() -> None:
    found = said(
        image(
            ("Image/Pixels/Channel[1]/Name", "GFP", None),
            ("Instrument/Objective/Model", "Plan", None),
        )
    )
    part = f"{IMAGE}#channel-1"
    assert triple(IMAGE, "fi:channel", iri(part)) in found
    assert triple(part, "rdf:type", iri("fi:Channel")) in found
    assert triple(part, "fi:channelIndex", literal(1)) in found
    assert triple(part, "nboq:channelName", literal("GFP")) in found
    assert triple(IMAGE, "fi:objective", iri(f"{IMAGE}#objective")) in found


def test_each_statement_keeps_key_and_place_of_its_fact() -> None:
    raw = image(("Image/Pixels/SizeX", "512", None))
    one = next(
        s for s in statements_for(raw, image_iri=IMAGE) if "sizeX" in s.triple[1]
    )
    assert (one.key, one.place) == ("Image/Pixels/SizeX", "place of Image/Pixels/SizeX")


def test_impossible_values_are_kept_for_the_checks() -> None:
    found = said(
        image(
            ("Instrument/Objective/LensNA", "14", None),
            ("Instrument/Objective/Immersion", "Honey", None),
            ("Instrument/Objective/NominalMagnification", "1.0", None),
            ("Image/Pixels/SizeX", "many", None),
            ("Image/AcquisitionDate", "yesterday", None),
        )
    )
    objective = f"{IMAGE}#objective"
    assert triple(objective, "nboq:lensNA", decimal("14")) in found
    assert triple(objective, "nboq:immersionType", literal("Honey")) in found
    assert triple(objective, "nboq:magnification", decimal("1.0")) in found
    many = literal("many", datatype="xsd:integer")
    assert triple(IMAGE, "nboq:sizeX", many) in found
    date = literal("yesterday", datatype="xsd:dateTime")
    assert triple(IMAGE, "sosa:resultTime", date) in found


def test_a_length_in_pixels_stays_a_raw_fact() -> None:
    found = said(image(("Image/Pixels/PhysicalSizeX", "1", "pixel")))
    assert not any("physicalSizeX" in predicate for _s, predicate, _o in found)


def test_the_first_of_two_facts_counts() -> None:
    found = said(image(("Image/Name", "first", None), ("Image/Name", "second", None)))
    titles = {
        value for _s, predicate, value in found if predicate == iri("dcterms:title")
    }
    assert titles == {literal("first")}


def test_an_image_without_name_has_that_of_its_file() -> None:
    assert triple(IMAGE, "dcterms:title", literal("stem")) in said(image())


@pytest.mark.parametrize(
    ("told", "expected"),
    [("-16776961", "#FF0000"), ("#FF00FF33", "#00FF33"), ("#aabbcc", "#AABBCC")],
)
def test_colours_have_one_form(told: str, expected: str) -> None:
    found = said(image(("Image/Pixels/Channel[0]/Color", told, None)))
    assert triple(f"{IMAGE}#channel-0", "nboq:color", literal(expected)) in found


def test_words_of_ome_become_words_of_nboq() -> None:
    found = said(image(("Instrument/Objective/Immersion", "Glycerin", None)))
    value = literal("Glycerol")
    assert triple(f"{IMAGE}#objective", "nboq:immersionType", value) in found


@pytest.mark.parametrize("word", ["Oil", "OIL"])
def test_oil_is_not_taken_for_mineral_oil(word: str) -> None:
    found = said(image(("Instrument/Objective/Immersion", word, None)))
    assert not [one for one in found if one[1] == iri("nboq:immersionType")]


@pytest.mark.parametrize("text", ["162,5", "1e400", "NaN", "1e999999999"])
def test_what_is_no_number_keeps_the_unit_of_its_source(text: str) -> None:
    found = said(image(("Image/Pixels/PhysicalSizeX", text, "nm")))
    kept = literal(text, datatype="xsd:decimal")
    assert triple(IMAGE, "nboq:physicalSizeX", kept) in found
    assert triple(IMAGE, "nboq:physicalSizeXUnit", iri("unit:NanoM")) in found


def test_the_environment_is_a_part_in_the_units_of_the_model() -> None:
    found = said(
        image(
            ("Image/ImagingEnvironment/Temperature", "37", "°C"),
            ("Image/ImagingEnvironment/CO2Percent", "0.05", None),
            ("Image/ImagingEnvironment/Humidity", "1.0", None),
        )
    )
    part = f"{IMAGE}#imaging_environment-0"
    assert triple(IMAGE, "nboq:imagingEnvironment", iri(part)) in found
    assert triple(part, "rdf:type", iri("nboq:ImagingEnvironment")) in found
    assert triple(part, "nboq:temperature", decimal("37")) in found
    assert triple(part, "nboq:temperatureUnit", iri("unit:DEG_C")) in found
    assert triple(part, "nboq:co2Percent", decimal("5")) in found
    assert triple(part, "nboq:humidity", decimal("100")) in found


@pytest.mark.parametrize("share", ["5", "-0.1", "ambient", "NaN", ""])
def test_what_is_no_share_is_not_guessed_about(share: str) -> None:
    found = said(image(("Image/ImagingEnvironment/CO2Percent", share, None)))
    assert not any("nvironment" in term for one in found for term in one)


def test_every_row_of_the_table_fits_the_model() -> None:
    for row in load_table().values():
        class_iri = class_named(row.class_name).iri
        slot = slot_for(class_iri, expand(row.slot))
        assert slot is not None, row
        if row.unit_from:
            assert slot.unit == expand(row.converter), row
            assert slot_for(class_iri, f"{slot.iri}Unit") is not None, row


def test_an_unknown_converter_is_told() -> None:
    row = MappingRow("Image/Name", "Image", "dcterms:title", "", "magic", "")
    with pytest.raises(ConfigurationError, match="unknown converter"):
        terms_of(RawFact("Image/Name", "a", None, ""), row)


@pytest.mark.filterwarnings("ignore")
def test_the_sssom_table_is_valid_and_says_the_same() -> None:
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    path = folder("mappings") / "ome-nboq.sssom.tsv"
    table = parse_sssom_table(str(path))
    assert validate(table) is not None
    pairs = set(zip(table.df["subject_label"], table.df["object_id"], strict=True))
    assert pairs == {(row.source_key, row.slot) for row in load_table().values()}


# ---------------------------------------------------------------- against ome-types
NUMBERS = (
    "size_x", "size_y", "size_z", "size_c", "size_t",
)  # fmt: skip


@pytest.mark.filterwarnings("ignore")
def test_values_agree_with_ome_types(shared: Path) -> None:
    from ome_types import from_xml

    for path in sorted((shared / "samples" / "ome-xml").glob("*.ome.xml")):
        oracle = from_xml(path, validate=False)
        fileset = read(path)
        assert len(fileset.images) == len(oracle.images), path.name
        for mine, theirs in zip(fileset.images, oracle.images, strict=True):
            _compare(mine, theirs, path.name)


def _compare(mine: RawImage, theirs: object, where: str) -> None:
    facts = {item.key: item for item in reversed(mine.facts)}
    pixels = theirs.pixels  # type: ignore[attr-defined]
    for name in NUMBERS:
        key = f"Image/Pixels/Size{name[-1].upper()}"
        assert facts[key].value == str(getattr(pixels, name)), (where, key)
    assert facts["Image/Pixels/Type"].value == pixels.type.value, where
    for axis in "xyz":
        size = getattr(pixels, f"physical_size_{axis}")
        told = facts.get(f"Image/Pixels/PhysicalSize{axis.upper()}")
        if size is None:  # ome-types drops a size of zero, we keep it
            assert told is None or float(told.value) == 0, (where, axis)
        else:
            assert told is not None, (where, axis)
            unit = getattr(pixels, f"physical_size_{axis}_unit").value
            assert (float(told.value), told.unit) == (size, unit), where
    for index, channel in enumerate(pixels.channels):
        name = facts.get(f"Image/Pixels/Channel[{index}]/Name")
        assert (name.value if name else None) == channel.name, where
        wave = facts.get(f"Image/Pixels/Channel[{index}]/EmissionWavelength")
        told_wave = float(wave.value) if wave else None
        assert told_wave == channel.emission_wavelength, where
