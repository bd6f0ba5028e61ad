"""Micro-Meta App files: all that the model knows, the rest kept and told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.errors import InputError, UnreadableFileError
from fair_imagic.mapping import InstrumentRecord, micrometa, read_instrument
from fair_imagic.model import RecordGraph
from fair_imagic.rdf import expand, iri, literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Written = Callable[[Any], Path]

FORM_KEYS = {"Schema_ID", "Tier", "ModelVersion", "Extension", "Domain", "Category"}
ROOT = "https://example.org/instrument/confocal-1"


def graph_of(record: InstrumentRecord) -> RecordGraph:
    return RecordGraph(one.triple for one in record.statements)


def values(graph: RecordGraph, part: str, name: str) -> list[str]:
    return graph.values(f"{ROOT}#{part}", expand(name))


@pytest.fixture
def record(microscope: dict[str, Any], write: Written) -> InstrumentRecord:
    return read_instrument(write(microscope), base_iri="https://example.org/")


def test_the_name_gives_the_iri(record: InstrumentRecord) -> None:
    assert (record.iri, record.name) == (ROOT, "Confocal 1")
    assert record.identifier == "instrument-uuid"


def test_an_iri_may_be_given(microscope: dict[str, Any], write: Written) -> None:
    record = read_instrument(write(microscope), instrument_iri="https://x.org/i/1")
    assert record.iri == "https://x.org/i/1"


def test_components_are_parts_with_their_own_identifiers(
    record: InstrumentRecord,
) -> None:
    graph = graph_of(record)
    parts = graph.values(ROOT, expand("nboq:component"))
    names = {part.rpartition("#")[2][:-1] for part in parts}
    objectives = {"objective-10", "objective-63"}
    assert names == objectives | {"stand", "camera", "laser-488", "cube", "filter"}
    assert graph.types(f"{ROOT}#camera") == [expand("nboq:CCD")]
    assert graph.types(f"{ROOT}#stand") == [expand("nboq:InvertedMicroscopeStand")]


def test_numbers_keep_their_text_and_units_are_written(
    record: InstrumentRecord,
) -> None:
    graph = graph_of(record)
    decimal = "xsd:decimal"
    aperture = values(graph, "objective-63", "nboq:lensNA")
    assert aperture == [literal("1.4", datatype=decimal)]
    distance = values(graph, "objective-63", "nboq:workingDistance")
    assert distance == [literal("0.19", datatype=decimal)]
    unit = values(graph, "objective-63", "nboq:workingDistanceUnit")
    assert unit == [iri("unit:MilliM")]
    # no unit written: the default, said explicitly
    assert values(graph, "camera", "nboq:pixelWidthUnit") == [iri("unit:MicroM")]
    collected = values(graph, "objective-63", "nboq:infinityCorrected")
    assert collected == [literal(True)]


def test_each_value_has_its_place(record: InstrumentRecord) -> None:
    places = {one.triple[1:]: one.place for one in record.statements}
    key = (iri("nboq:model"), literal("Plan Apo 63x"))
    assert places[key] == "components[1].Model"


def test_no_answer_is_a_value(record: InstrumentRecord) -> None:
    found = values(graph_of(record), "objective-10", "nboq:catalogNumber")
    assert found == [iri("fi:unknown")]


def test_parts_inside_components_are_described(record: InstrumentRecord) -> None:
    graph = graph_of(record)
    (part,) = values(graph, "laser-488", "nboq:illuminationWavelengthRange")
    name = part.rpartition("#")[2][:-1]
    peak = values(graph, name, "nboq:peakWavelength")
    assert peak == [literal("488", datatype="xsd:decimal")]
    assert values(graph, name, "nboq:peakWavelengthUnit") == [iri("unit:NanoM")]


def test_links_between_components_are_kept_and_broken_ones_told(
    record: InstrumentRecord,
) -> None:
    graph = graph_of(record)
    assert values(graph, "cube", "nboq:emissionFilter") == [iri(f"{ROOT}#filter")]
    assert values(graph, "cube", "nboq:excitationFilter") == []
    assert any("StandardDichroic/gone" in text for text in record.problems)


def test_the_light_path_comes_from_the_schema(record: InstrumentRecord) -> None:
    found = values(graph_of(record), "laser-488", "fi:lightPath")
    assert found == [literal("Fluorescence")]


def test_an_unknown_component_is_kept_and_told(record: InstrumentRecord) -> None:
    assert any("WarpCore" in text for text in record.problems)
    kept = {fact.place: fact.value for fact in record.facts}
    assert kept["components[6].Manufacturer"] == "Starfleet"
    assert kept["components[6].Power"] == "9000"


def test_an_unknown_field_is_kept_and_told(
    microscope: dict[str, Any], write: Written
) -> None:
    microscope["components"][0]["Colour"] = {"of": ["the", "ring"]}
    record = read_instrument(write(microscope), base_iri="https://example.org/")
    assert any("Objective has no field Colour" in text for text in record.problems)
    kept = {fact.place: fact.value for fact in record.facts}
    assert kept["components[0].Colour.of[1]"] == "ring"


def test_drawing_state_is_dropped(record: InstrumentRecord) -> None:
    places = [one.place for one in record.statements]
    places += [fact.place for fact in record.facts]
    assert not any("Position" in place or "Number_Of" in place for place in places)


def test_a_unit_that_does_not_fit_is_kept_and_told(
    microscope: dict[str, Any], write: Written
) -> None:
    microscope["components"][1]["WorkingDistanceUnit"] = "reference frame"
    record = read_instrument(write(microscope), base_iri="https://example.org/")
    assert any("WorkingDistance" in text for text in record.problems)
    assert any(fact.place.endswith("WorkingDistance") for fact in record.facts)


def test_two_components_with_one_identifier_stay_two(
    microscope: dict[str, Any], write: Written
) -> None:
    microscope["components"][1]["ID"] = "objective-10"
    record = read_instrument(write(microscope), base_iri="https://example.org/")
    objectives = graph_of(record).subjects_of(expand("nboq:Objective"))
    assert len(objectives) == 2


def test_the_same_file_gives_the_same_statements(
    microscope: dict[str, Any], write: Written
) -> None:
    path = write(microscope)
    first = read_instrument(path, base_iri="https://example.org/")
    assert first == read_instrument(path, base_iri="https://example.org/")


def test_half_characters_do_no_harm(microscope: dict[str, Any], write: Written) -> None:
    microscope["components"][0]["Name"] = "\ud800 and \0"
    record = read_instrument(write(microscope), base_iri="https://example.org/")
    for one in record.statements:
        "".join(one.triple).encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("not json", "not JSON"),
        ('{"Schema_ID": "Instrument.json", "components": [', "not JSON"),
        ("[" * 100_000, "nested"),
        ('{"settings": []}', "not a microscope"),
        ("[1, 2]", "not a microscope"),
        ('{"Schema_ID": "Instrument.json", "components": {"a": 1}}', "not a list"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_instrument(path, base_iri="https://example.org/")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.json"
    path.write_bytes('{"Name": "caf\xe9"}'.encode("latin-1"))
    with pytest.raises(UnreadableFileError, match="UTF-8"):
        read_instrument(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such file"):
        read_instrument(tmp_path / "gone.json")


def test_a_huge_file_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as stream:
        stream.truncate(micrometa.MAX_BYTES + 1)
    with pytest.raises(UnreadableFileError, match="20 MB"):
        read_instrument(path)


def test_real_microscopes_lose_nothing(shared: Path) -> None:
    folder = shared / "reference" / "nboq" / "microscopes"
    for path in sorted(folder.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        if "components" not in document:
            continue
        record = read_instrument(path, base_iri="https://example.org/")
        places = {one.place for one in record.statements}
        places |= {fact.place for fact in record.facts}
        for number, part in enumerate(document["components"]):
            for key, value in part.items():
                told = micrometa.is_drawing(key) or value in (None, [], "")
                form = key in FORM_KEYS or key.endswith("Unit")
                where = f"components[{number}].{key}"
                found = any(place.startswith(where) for place in places)
                assert told or form or found, (path.name, where)
