"""OME-XML: every value with its place, planes summed up, damage told."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import UnreadableFileError
from fair_imagic.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.readers import RawFact, RawImage

    Document = Callable[..., str]

PLANE = '<Plane TheZ="{z}" TheT="0" TheC="{c}" ExposureTime="{time}"/>'
PIXELS = "/OME/Image[1]/Pixels"


def told(image: RawImage, key: str) -> RawFact:
    found = image.first(key)
    assert found is not None, key
    return found


def test_each_value_has_its_place(ome_xml: Path) -> None:
    image = read(ome_xml).images[0]
    name = told(image, "Image/Pixels/Channel[1]/Name")
    assert (name.value, name.place) == ("GFP", f"{PIXELS}/Channel[2]/@Name")
    text = told(image, "Image/Description")
    assert (text.value, text.place) == ("a <small> test", "/OME/Image[1]/Description")


def test_units_are_those_written_or_those_of_the_schema(ome_xml: Path) -> None:
    image = read(ome_xml).images[0]
    assert told(image, "Image/Pixels/PhysicalSizeX").unit == "mm"
    assert told(image, "Image/Pixels/PhysicalSizeZ").unit == "µm"
    assert told(image, "Image/Pixels/Channel[0]/ExcitationWavelength").unit == "nm"
    assert image.first("Image/Pixels/PhysicalSizeXUnit") is None


def test_the_objective_is_the_one_in_use(ome_xml: Path) -> None:
    image = read(ome_xml).images[0]
    aperture = told(image, "Instrument/Objective/LensNA")
    assert aperture.value == "1.40"
    assert aperture.place == "/OME/Instrument[1]/Objective[2]/@LensNA"


def test_a_channel_knows_the_detector_that_it_refers_to(ome_xml: Path) -> None:
    image = read(ome_xml).images[0]
    assert told(image, "Image/Pixels/Channel[0]/Detector/Model").value == "Cam 1"
    assert told(image, "Image/Pixels/Channel[0]/DetectorSettings/Gain").value == "2.5"
    assert image.first("Image/Pixels/Channel[1]/Detector/Model") is None


def test_planes_are_summed_up_by_channel(ome_xml: Path) -> None:
    image = read(ome_xml).images[0]
    key = "Image/Pixels/Channel[0]/Plane/ExposureTime"
    assert [told(image, key).value, told(image, key).unit] == ["0.1", "s"]
    assert told(image, f"{key}/Min").value == "0.1"
    assert told(image, f"{key}/Max").value == "0.3"
    assert told(image, "Image/Pixels/PlaneCount").value == "4"
    same = "Image/Pixels/Channel[1]/Plane/ExposureTime"
    assert told(image, same).value == "0.2"
    assert image.first(f"{same}/Min") is None


def test_forty_thousand_planes_are_read_in_seconds(
    tmp_path: Path, ome_document: Document
) -> None:
    planes = "".join(PLANE.format(z=z, c=z % 2, time="0.05") for z in range(40_000))
    path = tmp_path / "many.ome.xml"
    path.write_text(ome_document(inside=planes), encoding="utf-8")
    start = time.process_time()
    image = read(path).images[0]
    assert time.process_time() - start < 5
    assert told(image, "Image/Pixels/PlaneCount").value == "40000"
    assert len(image.facts) < 100


@pytest.mark.parametrize("version", ["2010-06", "2011-06", "2013-06", "2015-01"])
def test_older_namespaces_are_read(
    tmp_path: Path, version: str, ome_document: Document
) -> None:
    namespace = f"http://www.openmicroscopy.org/Schemas/OME/{version}"
    path = tmp_path / "old.ome.xml"
    path.write_text(ome_document(namespace=namespace), encoding="utf-8")
    fileset = read(path)
    assert fileset.problems == ()
    assert told(fileset.images[0], "Image/Pixels/SizeX").value == "8"


def test_an_unknown_namespace_is_read_and_told(
    tmp_path: Path, ome_document: Document
) -> None:
    path = tmp_path / "other.ome.xml"
    path.write_text(ome_document(namespace="http://example.org/ome"), encoding="utf-8")
    assert "http://example.org/ome" in read(path).problems[0]


def test_utf_16_is_read(tmp_path: Path, ome_document: Document) -> None:
    path = tmp_path / "wide.ome.xml"
    text = ome_document().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    path.write_bytes(text.encode("utf-16"))
    assert told(read(path).images[0], "Image/Name").value == "first"


def test_an_impossible_value_is_kept(tmp_path: Path, ome_document: Document) -> None:
    path = tmp_path / "na14.ome.xml"
    path.write_text(ome_document(aperture="14"), encoding="utf-8")
    assert told(read(path).images[0], "Instrument/Objective/LensNA").value == "14"


def test_a_reference_to_nothing_is_told(tmp_path: Path, ome_document: Document) -> None:
    path = tmp_path / "dangling.ome.xml"
    text = ome_document().replace(
        'ObjectiveSettings ID="Objective:1"', 'ObjectiveSettings ID="Objective:9"'
    )
    path.write_text(text, encoding="utf-8")
    fileset = read(path)
    assert "Objective:9" in fileset.problems[0]
    assert fileset.images[0].first("Instrument/Objective/LensNA") is None


def test_a_missing_tiff_file_is_told(tmp_path: Path, ome_document: Document) -> None:
    inside = '<TiffData IFD="0"><UUID FileName="gone.tif">urn:uuid:2</UUID></TiffData>'
    path = tmp_path / "set.companion.ome"
    path.write_text(ome_document(inside=inside), encoding="utf-8")
    fileset = read(path)
    assert fileset.paths == (path,)
    assert "gone.tif" in fileset.problems[0]


def test_a_name_that_leads_out_of_the_folder_is_refused(
    tmp_path: Path, ome_document: Document
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.tif").write_bytes(b"II*\0")
    inside = '<TiffData><UUID FileName="../secret.tif">urn:uuid:2</UUID></TiffData>'
    path = inner / "set.companion.ome"
    path.write_text(ome_document(inside=inside), encoding="utf-8")
    fileset = read(path)
    assert fileset.paths == (path,)
    assert "../secret.tif" in fileset.problems[0]
    assert [flaw.kind for flaw in fileset.flaws] == ["missing_member"]


BOMB = """<?xml version="1.0"?>
<!DOCTYPE OME [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0"
Name="&d;"/></OME>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE OME [<!ENTITY file SYSTEM "file:///etc/hostname">]>
<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0">
<Description>&file;</Description></Image></OME>"""


@pytest.mark.parametrize("text", [BOMB, OUTSIDE], ids=["bomb", "outside entity"])
def test_entities_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bomb.ome.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError):
        read(path)


def test_broken_xml_tells_line_and_column(
    tmp_path: Path, ome_document: Document
) -> None:
    path = tmp_path / "broken.ome.xml"
    path.write_text(ome_document()[:-30], encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="well-formed") as caught:
        read(path)
    assert "broken.ome.xml:" in str(caught.value)


def test_a_channel_knows_the_filters_of_its_light_path(shared: Path) -> None:
    image = read(shared / "samples" / "ome-xml" / "filter.ome.xml").images[0]
    key = "Image/Pixels/Channel[0]/Filter"
    kinds = [told(image, f"{key}[{number}]/Kind").value for number in range(4)]
    assert kinds == [
        "ExcitationFilter",
        "ExcitationFilter",
        "Dichroic",
        "EmissionFilter",
    ]
    assert told(image, f"{key}[3]/Model").value == "Output 724"
    # of a filter set come the filters that it holds, too
    second = "Image/Pixels/Channel[1]/Filter"
    assert told(image, f"{second}[0]/Kind").value == "FilterSet"
    assert told(image, f"{second}[1]/Model").value == "Medium 762"
