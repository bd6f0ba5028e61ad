"""Flaws of OME-XML: each is told with its place, and nothing is dropped for it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fair_imagic.readers import FLAWS, Flaw, read
from fair_imagic.readers.flaw import few

if TYPE_CHECKING:
    from collections.abc import Callable

    Document = Callable[..., str]

CHANGES = {
    "dangling_reference": (
        'ObjectiveSettings ID="Objective:1"',
        'ObjectiveSettings ID="Objective:9"',
        "ObjectiveSettings Objective:9",
    ),
    "invalid_identifier": (
        '<Instrument ID="Instrument:0"',
        '<Instrument ID="Bench"',
        "Instrument Bench",
    ),
    "unknown_part": ("<Pixels ", '<Pixels Mood="good" ', "Pixels/@Mood"),
    "misplaced_part": (
        '<InstrumentRef ID="Instrument:0"/>',
        '<InstrumentRef ID="Instrument:0"/><Description>late</Description>',
        "Image/Description / InstrumentRef",
    ),
    "contradiction": ('SizeC="2"', 'SizeC="5"', "SizeC 5 / Channel 2"),
    "repeated_identifier": (
        '<Objective ID="Objective:1"',
        '<Objective ID="Objective:1"/><Objective ID="Objective:1"',
        "Objective Objective:1",
    ),
}


def flaws_of(path: Path) -> list[Flaw]:
    return list(read(path).flaws)


def test_every_kind_is_tried_here() -> None:
    elsewhere = {  # tests/readers/test_cases.py
        *("missing_member", "renamed_member", "placeholder", "unknown_unit"),
        *("other_axis", "damaged_metadata"),
    }
    assert set(CHANGES) | elsewhere == set(FLAWS)


def test_a_sound_document_has_no_flaw(ome_xml: Path) -> None:
    assert flaws_of(ome_xml) == []


@pytest.mark.parametrize("kind", sorted(CHANGES))
def test_a_flaw_is_told_with_its_place(
    tmp_path: Path, ome_document: Document, kind: str
) -> None:
    before, after, value = CHANGES[kind]
    text = ome_document()
    assert before in text
    path = tmp_path / "flawed.ome.xml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    found = [flaw for flaw in flaws_of(path) if flaw.kind == kind]
    assert [flaw.value for flaw in found] == [value]
    assert found[0].place.startswith("/OME/")
    assert found[0].sentence in read(path).problems


def test_an_unknown_attribute_is_kept_as_a_fact(
    tmp_path: Path, ome_document: Document
) -> None:
    path = tmp_path / "unknown.ome.xml"
    path.write_text(
        ome_document().replace("<Pixels ", '<Pixels Mood="good" '), encoding="utf-8"
    )
    kept = read(path).images[0].first("Image/Pixels/Mood")
    assert kept is not None
    assert kept.value == "good"


def test_planes_with_an_unknown_attribute_are_one_flaw(
    tmp_path: Path, ome_document: Document
) -> None:
    inside = (
        '<Plane TheZ="0" TheT="0" TheC="0"/><Plane TheZ="1" TheT="0" TheC="0" Q="1"/>'
    )
    path = tmp_path / "planes.ome.xml"
    path.write_text(ome_document(inside=inside), encoding="utf-8")
    assert "Plane/@Q" in [flaw.value for flaw in flaws_of(path)]


def test_the_same_flaw_is_told_once_and_not_without_end() -> None:
    same = [Flaw("contradiction", "a", "/OME")] * 3
    many = [Flaw("unknown_part", str(number), "/OME") for number in range(100)]
    assert len(list(few([*same, *many]))) == 21


def test_the_samples_have_the_flaws_that_they_were_made_with(shared: Path) -> None:
    folder = shared / "samples" / "ome-xml"
    found = {
        path.name: sorted({flaw.kind for flaw in flaws_of(path)})
        for path in folder.glob("*.ome.xml")
    }
    assert {name: kinds for name, kinds in found.items() if kinds} == {
        "bad.ome.xml": ["contradiction", "invalid_identifier"],
        "MMStack.ome.xml": ["invalid_identifier", "missing_member"],
    }


@pytest.mark.skipif(
    importlib.util.find_spec("ome_types") is None, reason="ome-types is not installed"
)
def test_the_table_of_names_is_made_from_the_schema() -> None:
    from tools.ome_names import text_of_names

    found = importlib.util.find_spec("ome_types")
    assert found is not None
    assert found.origin is not None
    schema = Path(found.origin).parent / "ome-2016-06.xsd"
    root = Path(__file__).parents[2]
    kept = root / "src" / "fair_imagic" / "readers" / "ome_schema.json"
    assert kept.read_text(encoding="utf-8") == text_of_names(schema)
