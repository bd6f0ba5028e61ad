"""Leaks: what a file tells about people and equipment is named with its place."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from fair_imagic.model import slots_of
from fair_imagic.rdf import parse_xml
from fair_imagic.readers import LEAKS, pixels, read
from fair_imagic.readers.base import RawFileset, RawImage, fact
from fair_imagic.readers.leak import leaks_of, leaks_of_xml

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
APERIO = (
    "Aperio Image Library v11\r\n64x48 [0,0 64x48] (32x32) JPEG/RGB Q=70|AppMag = 20|"
    "ScanScope ID = SS1302|User = roux.ana|Barcode = B-2026-0114|Filename = a"
)


def leaks(*facts: tuple[str, str], names: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    given = tuple(fact(key, value, "here") for key, value in facts)
    images = tuple(RawImage(index, name, ()) for index, name in enumerate(names))
    return {
        (leak.kind.removesuffix("_in_file"), leak.value)
        for leak in leaks_of(RawFileset((), "test", images, given))
    }


def test_every_kind_of_leak_has_a_field_of_a_file_set_that_is_not_public() -> None:
    private = {slot.name for slot in slots_of("Fileset") if not slot.public}
    assert {*LEAKS, "changed_file"} == private


@pytest.mark.parametrize(
    ("key", "value", "kind"),
    [
        ("Experimenter/UserName", "ruiany", "user_name"),
        ("zeiss:Information/Document/UserName", "M1SRH", "user_name"),
        ("nikon:author", "ana", "user_name"),
        ("tiff:Artist", "Ana Roux", "user_name"),
        ("Instrument/Laser[0]/SerialNumber", "A-12", "serial_number"),
        ("leica:SystemSerialNumber", "8100000201", "serial_number"),
        ("zeiss:Information/Slide/Barcode", "B-1", "slide_label"),
        ("Experimenter/Email", "ana@example.org", "email"),
        ("imagej:Info", "/Users/ana/day 1/a.tif", "path"),
    ],
)
def test_a_value_that_names_someone_or_something_is_a_leak(
    key: str, value: str, kind: str
) -> None:
    assert leaks((key, value)) == {(kind, value)}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("zeiss:Information/Document/UserName", "LSM User"),
        ("Experimenter/UserName", "admin2"),
        ("Experimenter/ID", "Experimenter:12"),
        ("Instrument/Microscope/SerialNumber", ""),
        ("Instrument/Microscope/SerialNumber", "N/A"),
        ("Instrument/Microscope/Model", "Smith 63x"),
        ("leica:UserSettingName", "S75"),
        ("Plate/ExternalIdentifier", "BR00021380"),
        ("Image/Description", "Plate\r\nBarcode: BR00021380\r\nExposure: 5 ms"),
        ("Image/Pixels/Channel[0]/User", "DAPI"),
        ("imagej:Info", "C:\\Users\\Public\\a.tif and https://example.org/home/page"),
        ("Image/Description", "objective 63x@1.4, see scan@room.tif"),
    ],
)
def test_accounts_of_all_models_and_addresses_that_are_none_are_no_leaks(
    key: str, value: str
) -> None:
    assert leaks((key, value)) == set()


def test_given_and_family_names_are_put_together() -> None:
    found = leaks(
        ("Experimenter[1]/LastName", "Roux"),
        ("Experimenter[1]/FirstName", "Ana"),
        ("zeiss:Information/User/FirstName", "Bo"),
    )
    assert found == {("user_name", "Ana Roux"), ("user_name", "Bo")}


def test_values_kept_as_pairs_are_read_by_what_stands_beside_them() -> None:
    start = "StructuredAnnotations/XMLAnnotation[3]/Value/OriginalMetadata"
    other = "StructuredAnnotations/MapAnnotation/Value/M[1]"
    found = leaks(
        (f"{start}/Key", "Information|Document|UserName #1"),
        (f"{start}/Value", "ana.roux"),
        (f"{other}/K", "Serial number"),
        (other, "SN-7"),
    )
    assert found == {("user_name", "ana.roux"), ("serial_number", "SN-7")}


def test_pictures_of_the_slide_in_a_converted_file_are_leaks() -> None:
    found = leaks(names=("scan", "label image", "macro image"))
    assert found == {("slide_label", "label image"), ("slide_label", "macro image")}
    assert leaks(names=("cells", "label image")) == set()  # may be a segmentation


def test_a_leak_is_told_once_with_its_first_place(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    image = np.zeros((8, 8), "uint8")
    with tifffile.TiffWriter(path) as writer:
        for _number in range(2):
            note = "C:\\Users\\ana.roux\\a.lsm"
            writer.write(image, description=note, metadata=None, contiguous=False)
    (leak,) = read(path).leaks
    assert (leak.kind, leak.value) == ("path_in_file", "C:\\Users\\ana.roux\\a.lsm")
    assert leak.place == "series[0]/tag 270 ImageDescription"


def write_slide(path: Path) -> None:
    """Write an Aperio slide: image, preview, label, and the whole slide."""

    def picture(height: int, width: int) -> np.ndarray:
        return np.arange(height * width * 3, dtype="uint8").reshape(height, width, 3)

    with tifffile.TiffWriter(path) as writer:
        options = {"photometric": "rgb", "metadata": None, "contiguous": False}
        writer.write(picture(48, 64), tile=(32, 32), description=APERIO, **options)
        writer.write(picture(24, 32), description=APERIO, **options)
        writer.write(picture(20, 18), subfiletype=1, description=APERIO, **options)
        writer.write(picture(16, 40), subfiletype=9, description=APERIO, **options)


def test_the_label_of_a_slide_is_a_leak_and_no_image(tmp_path: Path) -> None:
    path = tmp_path / "slide.svs"
    write_slide(path)
    found = read(path)
    assert [image.index for image in found.images] == [0]
    assert pixels(path, 0).shape == (1, 3, 1, 48, 64)
    assert {(leak.kind, leak.value) for leak in found.leaks} == {
        ("slide_label_in_file", "Label (18x20)"),
        ("slide_label_in_file", "Macro (40x16)"),
        ("slide_label_in_file", "B-2026-0114"),
        ("serial_number_in_file", "SS1302"),
        ("user_name_in_file", "roux.ana"),
    }


def test_a_vendor_s_xml_is_read_to_its_corners() -> None:
    root = parse_xml(
        b"""<Data><Image Name="cells" User="roux.ana"><Setup>
        <ImageDirectory>C:\\Users\\roux.ana\\day 1</ImageDirectory>
        <Camera SerialNumber="C-7" Model="Smith 3"/>
        <Channel User="DAPI" DisplayName="Roux"/><Path>C:\\Users\\TCS-User</Path>
        </Setup></Image></Data>""",
        where="test",
    )
    assert {(leak.kind, leak.value, leak.place) for leak in leaks_of_xml(root)} == {
        ("user_name_in_file", "roux.ana", "/Data/Image/@User"),
        (
            "path_in_file",
            "C:\\Users\\roux.ana\\day 1",
            "/Data/Image/Setup/ImageDirectory",
        ),
        ("serial_number_in_file", "C-7", "/Data/Image/Setup/Camera/@SerialNumber"),
    }


def test_at_most_fifty_leaks_of_a_kind_are_told() -> None:
    many = [(f"a:{number}", f"a{number}@example.org") for number in range(80)]
    assert len(leaks(*many, ("b", "/Users/ana"))) == 51


def test_the_experimenter_of_an_ome_document_is_a_leak(
    tmp_path: Path, ome_document: Callable[..., str]
) -> None:
    person = '<Experimenter ID="Experimenter:0" UserName="roux.ana" Email="a@b.org"/>'
    text = ome_document().replace("<Instrument ", f"{person}<Instrument ", 1)
    path = tmp_path / "a.ome.xml"
    path.write_text(text, encoding="utf-8")
    assert {(leak.kind, leak.value, leak.place) for leak in read(path).leaks} == {
        ("user_name_in_file", "roux.ana", "/OME/Experimenter/@UserName"),
        ("email_in_file", "a@b.org", "/OME/Experimenter/@Email"),
        ("serial_number_in_file", "S-1", "/OME/Instrument/Microscope/@SerialNumber"),
    }


def test_the_attached_picture_of_a_label_in_czi_is_a_leak(tmp_path: Path) -> None:
    source = SAMPLES / "images" / "zeiss_tiles.czi"
    if not source.is_file():
        pytest.skip("needs the sample images")
    data = bytearray(source.read_bytes())
    (directory,) = struct.unpack_from("<q", data, 32 + 72)
    first = directory + 32 + 256
    assert data[first + 48 : first + 57] == b"Thumbnail"
    data[first + 48 : first + 57] = b"Label\0\0\0\0"
    path = tmp_path / "slide.czi"
    path.write_bytes(data)
    (leak,) = read(path).leaks
    assert (leak.kind, leak.value) == ("slide_label_in_file", "Label")
    assert leak.place == "ZISRAWATTDIR/Label"


def test_the_samples_leak_what_a_person_finds_in_them() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("needs the sample files")
    found = {
        (path.name, leak.kind.removesuffix("_in_file"))
        for folder in ("images", "ome-xml")
        for path in (SAMPLES / folder).iterdir()
        if path.suffix != ".md"
        for leak in read(path).leaks
        if leak.kind != "serial_number_in_file"
    }
    assert found == {
        ("OverViewScan.ome.xml", "user_name"),
        ("ome_ns.ome.xml", "user_name"),
        ("timestampannotation.ome.xml", "email"),
        ("timestampannotation.ome.xml", "user_name"),
        ("transformations-downgrade.ome.xml", "email"),
        ("transformations-downgrade.ome.xml", "user_name"),
        ("zeiss_t3_c2_z5.czi", "path"),
        ("zeiss_t3_c2_z5.czi", "user_name"),
    }
