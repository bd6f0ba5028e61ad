"""Small files that went wrong elsewhere, each one example of a kind of fault."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from fair_imagic.errors import UnreadableFileError
from fair_imagic.mapping import statements_for
from fair_imagic.rdf import expand, text_of
from fair_imagic.readers import find_filesets, pixels, read
from fair_imagic.readers.base import RawFact, RawImage
from fair_imagic.readers.quantities import told_apart

if TYPE_CHECKING:
    from collections.abc import Callable

    Document = Callable[..., str]

CASES = Path(__file__).parent / "cases"
IMAGE = "https://example.org/id/image/one"
NBOQ = expand("nboq:")


def said(path: Path, index: int = 0) -> dict[str, str]:
    """Return what the record of an image gets, by the names of NBO-Q."""
    image = read(path).images[index]
    return {
        text_of(predicate).removeprefix(NBOQ): text_of(value).removeprefix(
            expand("unit:")
        )
        for subject, predicate, value in (
            one.triple for one in statements_for(image, image_iri=IMAGE)
        )
        if text_of(subject) == IMAGE
    }


def told(path: Path) -> list[tuple[str, str]]:
    return [(flaw.kind, flaw.value) for flaw in read(path).flaws]


def test_an_impossible_size_that_a_document_states_is_kept() -> None:
    found = said(CASES / "a07_size_zero_neg.ome.tif")
    assert (found["physicalSizeX"], found["physicalSizeY"]) == ("0", "-0.2")


def test_an_exponent_that_would_fill_the_memory_is_kept_as_text() -> None:
    found = said(CASES / "exp_bomb.ome.xml")
    assert found["physicalSizeX"] == "1e999999999"


def test_a_number_with_a_comma_keeps_the_unit_of_the_file() -> None:
    found = said(CASES / "comma_nm.ome.xml")
    assert (found["physicalSizeX"], found["physicalSizeXUnit"]) == ("162,5", "NanoM")
    assert found["physicalSizeYUnit"] == "MicroM"


def test_each_axis_of_imagej_has_its_own_unit() -> None:
    found = said(CASES / "b04_yunit.tif")
    assert [found[f"physicalSize{axis}"] for axis in "XYZ"] == ["0.2", "0.2", "1"]


def test_the_interval_of_imagej_has_its_unit() -> None:
    assert said(CASES / "b09_finterval_min.tif")["timeIncrement"] == "120"


def test_a_negative_spacing_of_imagej_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "down.tif"
    data = np.zeros((3, 5, 6), np.uint8)
    notes = {"axes": "ZYX", "spacing": -0.5, "unit": "um"}
    tifffile.imwrite(
        path,
        data,
        imagej=True,
        photometric="minisblack",
        resolution=(5, 5),
        metadata=notes,
    )
    assert said(path)["physicalSizeZ"] == "-0.5"


def test_a_czi_without_a_scale_has_no_pixel_size_and_says_so() -> None:
    path = CASES / "d04_noscale.czi"
    assert "physicalSizeX" not in said(path)
    assert told(path) == [
        ("placeholder", "PhysicalSizeX 0 m"),
        ("placeholder", "PhysicalSizeY 0 m"),
    ]
    assert "stands for no value" in read(path).problems[0]


def test_tiles_are_no_time_points() -> None:
    path = CASES / "lif-tiles-as-time.lif"
    assert said(path)["sizeT"] == "3"
    assert told(path) == [("other_axis", "TT: tiles 4")]
    assert pixels(path, 0).shape == (3, 2, 2, 6, 8)


def test_two_images_of_one_name_are_two_images() -> None:
    path = CASES / "lif-two-same-name.lif"
    assert [said(path, index)["sizeX"] for index in (0, 1)] == ["8", "10"]
    assert [pixels(path, index).shape[-1] for index in (0, 1)] == [8, 10]


def test_a_byte_after_the_metadata_loses_none_of_them() -> None:
    path = CASES / "a21_trailing_soh.ome.tif"
    assert read(path).reader == "ome_tiff"
    assert told(path) == [("damaged_metadata", "1 B (01)")]
    assert pixels(path, 0).shape == (1, 1, 1, 12, 16)


def test_metadata_that_end_too_early_are_told_and_no_other_reader_takes_the_file(
    tmp_path: Path, ome_document: Document
) -> None:
    path = tmp_path / "cut.ome.tif"
    data, text = np.zeros((6, 8), np.uint16), ome_document()[:-20]
    tifffile.imwrite(path, data, description=text.encode(), metadata=None)
    with pytest.raises(UnreadableFileError, match="OME-TIFF"):
        read(path)


def test_an_identifier_without_a_name_means_the_file_itself() -> None:
    path = CASES / "a41_uuid_nofilename.ome.tif"
    assert told(path) == []
    assert pixels(path, 0).max() > 0


def test_a_document_that_promises_more_planes_than_there_are_is_told() -> None:
    path = CASES / "a52_sizes_lie.ome.tif"
    value = "SizeZ 1 x SizeC 1 x SizeT 5 = 5 / TIFF 3"
    assert told(path) == [("contradiction", value)]


@pytest.mark.parametrize(
    ("old", "new", "value"),
    [
        ('SizeX="8"', 'SizeX="9"', "SizeX 9 / TIFF 8"),
        ('SizeY="6"', 'SizeY="60"', "SizeY 60 / TIFF 6"),
        ('Type="uint16"', 'Type="uint8"', "Type uint8 / TIFF uint16"),
    ],
)
def test_a_document_is_compared_with_the_file_that_holds_it(
    tmp_path: Path, ome_document: Document, old: str, new: str, value: str
) -> None:
    path = tmp_path / "lie.ome.tif"
    text = ome_document().replace(old, new)
    assert new in text
    data = np.zeros((2, 6, 8), np.uint16)
    tifffile.imwrite(path, data, description=text.encode(), metadata=None)
    assert ("contradiction", value) in told(path)


def test_a_renamed_member_is_recognised_by_its_identifier() -> None:
    folder = CASES / "incomplete-companion"
    groups = find_filesets([folder])
    assert [len(group.paths) for group in groups] == [3]
    path = folder / "set.companion.ome"
    assert told(path) == [("renamed_member", "f1.ome.tif: f1_renamed.ome.tif")]
    assert pixels(path, 0).reshape(2, -1).max(axis=1).min() > 0


def copied(folder: Path) -> Path:
    for path in (CASES / "incomplete-companion").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder / "set.companion.ome"


def test_a_missing_and_an_empty_member_are_named(tmp_path: Path) -> None:
    path = copied(tmp_path)
    (tmp_path / "f1_renamed.ome.tif").unlink()
    assert told(path) == [("missing_member", "f1.ome.tif")]
    (tmp_path / "f1.ome.tif").touch()
    assert told(path) == [("missing_member", "f1.ome.tif (0 B)")]
    assert [one.name for one in read(path).paths] == ["set.companion.ome", "f0.ome.tif"]


def test_a_file_cut_after_four_bytes_stops_no_other_one(tmp_path: Path) -> None:
    for name in ("four_bytes.tif", "b04_yunit.tif"):
        (tmp_path / name).write_bytes((CASES / name).read_bytes())
    groups = find_filesets([tmp_path])
    assert "b04_yunit.tif" in [group.leader.name for group in groups]
    with pytest.raises(UnreadableFileError, match="four_bytes"):
        read(tmp_path / "four_bytes.tif")


QUANTITIES = (
    ("Image/Pixels/PhysicalSizeX", "µm"),
    ("Image/Pixels/TimeIncrement", "s"),
    ("Image/Pixels/Channel[3]/ExcitationWavelength", "nm"),
    ("Image/Pixels/Channel[3]/Plane/ExposureTime", "ms"),
    ("Instrument/Objective/LensNA", None),
    ("Image/ObjectiveSettings/RefractiveIndex", None),
)


def apart(*facts: RawFact, zeros: bool) -> tuple[list[str], list[str]]:
    images, flaws = told_apart((RawImage(0, "one", facts),), zeros=zeros)
    return [one.key for one in images[0].facts], [flaw.kind for flaw in flaws]


@pytest.mark.parametrize("text", ["2.2250738585072014E-308", "1e-308", "4.9E-324"])
@pytest.mark.parametrize(("key", "unit"), QUANTITIES)
def test_the_smallest_number_of_a_computer_is_no_value(
    key: str, unit: str | None, text: str
) -> None:
    found = apart(RawFact(key, text, unit, ""), zeros=False)
    assert found == ([f"placeholder:{key}"], ["placeholder"])


@pytest.mark.parametrize("text", ["0", "0.0", "-1", "-1.0", "0E0"])
@pytest.mark.parametrize(("key", "unit"), QUANTITIES)
def test_zero_is_no_value_where_the_program_writes_it_for_none(
    key: str, unit: str | None, text: str
) -> None:
    item = RawFact(key, text, unit, "")
    no_value = ([f"placeholder:{key}"], ["placeholder"])
    assert apart(item, zeros=True) == no_value
    elsewhere = no_value if key.endswith("/TimeIncrement") else ([key], [])
    assert apart(item, zeros=False) == elsewhere


@pytest.mark.parametrize("text", ["0.5", "10", "-0.2", "1e-3", "0.001"])
@pytest.mark.parametrize(("key", "unit"), QUANTITIES)
def test_a_number_is_a_value(key: str, unit: str | None, text: str) -> None:
    assert apart(RawFact(key, text, unit, ""), zeros=True) == ([key], [])


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00", "1601-01-01", "1899-12-30"])
def test_the_first_day_of_a_calendar_is_no_date(text: str) -> None:
    key = "Image/AcquisitionDate"
    found = apart(RawFact(key, text, None, ""), zeros=False)
    assert found == ([f"placeholder:{key}"], ["placeholder"])


@pytest.mark.parametrize("unit", ["furlong", "pixel", "s", None])
def test_a_value_whose_unit_cannot_be_converted_is_told(unit: str | None) -> None:
    key = "Image/Pixels/PhysicalSizeX"
    assert apart(RawFact(key, "3", unit, ""), zeros=False) == ([key], ["unknown_unit"])
