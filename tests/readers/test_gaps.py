"""What the readers say that they cannot read, each shown on a file."""

from __future__ import annotations

import itertools
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile
from tests.conftest import SHARED
from tests.readers.conftest import ome_text
from tests.readers.test_lif import HEADER, axis, block, written

from fair_imagic.errors import UnreadableFileError
from fair_imagic.readers import RawImage, pixels, read, readers

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = SHARED / "samples"
BUILT_IN = ("czi", "lif", "nd2_file", "ome_tiff", "ome_xml", "tiff")


def sample(name: str) -> Path:
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip("needs the sample files")
    return path


def values(image: RawImage) -> set[str]:
    return {item.value for item in image.facts}


def keys(image: RawImage) -> set[str]:
    return {item.key for item in image.facts}


# ------------------------------------------------------------------------- CZI
def czi_phases_and_views(folder: Path) -> None:
    """The library writes time points; here they become phases."""
    from pylibCZIrw import czi

    path = folder / "phases.czi"
    with czi.create_czi(str(path)) as document:
        for number in range(2):
            plane = np.full((5, 6, 1), number + 1, np.uint8)
            document.write(plane, plane={"C": 0, "Z": 0, "T": number})
        document.write_metadata("test")
    data = path.read_bytes()
    for number in range(2):
        place = struct.pack("<ii", number, 1)
        data = data.replace(b"T\0\0\0" + place, b"H\0\0\0" + place)
    path.write_bytes(data)
    flaws = [(flaw.kind, flaw.value) for flaw in read(path).flaws]
    assert ("other_axis", "phases 2") in flaws
    assert pixels(path, 0).shape == (1, 1, 1, 5, 6)


def czi_single_planes(_folder: Path) -> None:
    path = sample("images/zeiss_t3_c2_z5.czi")
    time = "2016-02-12T09:47:08.6075011Z"
    assert f"<AcquisitionTime>{time}<".encode() in path.read_bytes()
    assert time not in values(read(path).images[0])


def czi_attachments(_folder: Path) -> None:
    path = sample("images/zeiss_tiles.czi")
    assert b"Thumbnail" in path.read_bytes()
    fileset = read(path)
    facts = (*fileset.facts, *fileset.images[0].facts)
    assert not [item for item in facts if "ZISRAWATT" in item.place]
    assert len(fileset.images) == 1


# ------------------------------------------------------------------------- LIF
def _axes() -> str:
    return axis(1, 5, "4.0e-06", 1) + axis(2, 4, "3.0e-06", 5)


def lif_sequential_scans(folder: Path) -> None:
    setting = '<ATLConfocalSettingDefinition ObjectiveName="HC PL 63x" Zoom="{zoom}"/>'
    more = (
        f'<Attachment Name="HardwareSetting">{setting.format(zoom="1.25")}'
        "<LDM_Block_Sequential><LDM_Block_Sequential_List>"
        f"{setting.format(zoom='1.25')}{setting.format(zoom='7.75')}"
        "</LDM_Block_Sequential_List></LDM_Block_Sequential></Attachment>"
    )
    path = written(folder / "sequence.lif", axes=_axes(), size=20, more=more)
    (image,) = read(path).images
    assert "1.25" in values(image)
    assert "7.75" not in values(image)


def lif_frame_times(folder: Path) -> None:
    first, second = "1d71114eb8b44f0", "1d71114ec8b44f0"
    assert first in HEADER
    stamps = f'<TimeStampList NumberOfTimeStamps="2">{first} {second} </TimeStampList>'
    old = f'<TimeStampList NumberOfTimeStamps="1">{first} </TimeStampList>'
    text = HEADER.replace(old, stamps)
    assert second in text
    text = text.format(name="n", text="", channels="", axes=_axes(), size=0, more="")
    path = folder / "times.lif"
    path.write_bytes(block(text.encode("utf-16-le"), b"", header=True))
    (image,) = read(path).images
    times = [item.value for item in image.facts if "Time" in item.place]
    assert len(times) == 1
    assert times[0].startswith("2021-03-04T16:39:17")


def lif_project_folders(folder: Path) -> None:
    single = folder / "image.lof"
    single.write_bytes(block("LMS_Object_File".encode("utf-16-le"), b"", header=True))
    project = folder / "project.xlef"
    text = '<LMSDataContainerHeader Version="2"><Element Name="p"/>'
    project.write_text(f"{text}</LMSDataContainerHeader>", encoding="utf-16")
    for path in (single, project):
        with pytest.raises(UnreadableFileError, match="no known image format"):
            read(path)


# ------------------------------------------------------------------------- ND2
def nd2_file_stage_positions(_folder: Path) -> None:
    import nd2

    from fair_imagic.readers.nd2_facts import image_facts

    path = sample("images/nikon_cluster.nd2")
    with nd2.ND2File(path) as document:
        place = document.frame_metadata(0).channels[0].position.stagePositionUm
        first, second = (tuple(image_facts(document, number)) for number in (0, 1))
    assert first == second
    assert not {str(place.x), repr(place.x)} & {item.value for item in first}


def nd2_file_single_planes(_folder: Path) -> None:
    import nd2

    path = sample("images/nikon_cluster.nd2")
    with nd2.ND2File(path) as document:
        time = document.frame_metadata(3).channels[0].time.relativeTimeMs
    assert time > 0
    assert repr(time) not in values(read(path).images[0])
    assert not [key for key in keys(read(path).images[0]) if "DeltaT" in key]


# ------------------------------------------------------------------------- OME
PLANE = '<Plane TheZ="{z}" TheT="0" TheC="0" ExposureTime="0.{z}1" PositionX="{x}"/>'


def _ome(folder: Path, kind: str, text: str) -> RawImage:
    path = folder / ("i.ome.tif" if kind == "ome_tiff" else "i.ome.xml")
    if kind == "ome_tiff":
        ascii_text = text.encode("ascii", "xmlcharrefreplace").decode()
        data = np.zeros((6, 8), np.uint16)
        tifffile.imwrite(path, data, description=ascii_text, metadata=None)
    else:
        path.write_text(text, encoding="utf-8")
    fileset = read(path)
    assert fileset.reader == kind
    (image,) = fileset.images
    return RawImage(0, "\n".join(fileset.problems), (*fileset.facts, *image.facts))


def ome_regions(folder: Path, kind: str) -> None:
    region = (
        '<ROI ID="ROI:0"><Union><Point ID="Shape:0" X="12.34" Y="5"/></Union></ROI>'
    )
    text = ome_text().replace("</OME>", f"{region}</OME>")
    image = _ome(folder, kind, text)
    assert "OME/ROICount" in keys(image)
    assert "12.34" not in values(image)


def ome_single_planes(folder: Path, kind: str) -> None:
    planes = "".join(PLANE.format(z=z, x=100 + z) for z in range(3))
    image = _ome(folder, kind, ome_text(inside=planes))
    assert {"100", "0.01", "0.11", "0.21"} <= values(image)
    assert not {"101", "102"} & values(image)


def ome_files_elsewhere(folder: Path, kind: str) -> None:
    (folder / "other.ome.tif").write_bytes(b"II*\0")
    inside = (
        '<TiffData PlaneCount="1"><UUID FileName="../other.ome.tif">urn:uuid:2</UUID>'
        "</TiffData>"
    )
    below = folder / "below"
    below.mkdir()
    image = _ome(below, kind, ome_text(inside=inside))
    assert "../other.ome.tif belongs to this image and is missing" in image.name


def ome_xml_pixels_inside(folder: Path) -> None:
    inside = '<BinData BigEndian="false" Length="4">AAAA</BinData>'
    path = folder / "inside.ome.xml"
    path.write_text(ome_text(inside=inside), encoding="utf-8")
    assert len(read(path).images) == 1
    with pytest.raises(UnreadableFileError, match="holds no pixels"):
        pixels(path, 0)


# ------------------------------------------------------------------------- TIFF
def tiff_page_meaning(folder: Path) -> None:
    path = folder / "pages.tif"
    tifffile.imwrite(path, np.zeros((5, 6, 7), np.uint8), metadata=None)
    fileset = read(path)
    assert "taken as time points" in fileset.problems[0]
    assert pixels(path, 0).shape == (5, 1, 1, 6, 7)


def tiff_resolution_tags(folder: Path) -> None:
    path = folder / "dots.tif"
    data = np.zeros((5, 6), np.uint8)
    tifffile.imwrite(path, data, resolution=(300, 300), resolutionunit="INCH")
    (image,) = read(path).images
    assert "tiff:XResolution" in keys(image)
    assert "Image/Pixels/PhysicalSizeX" not in keys(image)


def tiff_one_file_a_channel(folder: Path) -> None:
    from fair_imagic.readers import find_filesets

    for name in ("p_A01_w1.tif", "p_A01_w2.tif"):
        tifffile.imwrite(folder / name, np.zeros((5, 6), np.uint8), metadata=None)
    (folder / "p.HTD").write_text('"HTSInfoFile", Version 1.0\n')
    groups = find_filesets([folder])
    assert [len(group.paths) for group in groups] == [1, 1]
    assert [problem.path.name for problem in groups.problems] == ["p.HTD"]


def tiff_other_axes(folder: Path) -> None:
    path = folder / "tiles.tif"
    data = np.arange(3, dtype=np.uint8)[:, None, None].repeat(5, 1).repeat(6, 2)
    notes = {"axes": "RYX"}
    tifffile.imwrite(path, data, photometric="minisblack", metadata=notes)
    flaws = [(flaw.kind, flaw.value) for flaw in read(path).flaws]
    assert flaws == [("other_axis", "tiles 3")]
    assert pixels(path, 0).shape == (1, 1, 1, 5, 6)


def lif_other_axes(_folder: Path) -> None:
    path = Path(__file__).parent / "cases" / "lif-tiles-as-time.lif"
    flaws = [(flaw.kind, flaw.value) for flaw in read(path).flaws]
    assert flaws == [("other_axis", "TT: tiles 4")]
    assert pixels(path, 0).shape == (3, 2, 2, 6, 8)


def _proof(token: str, code: str) -> Callable[[Path], None]:
    name = code.replace("-", "_")
    own = globals().get(f"{token}_{name}")
    if own is not None:
        return own
    shared = globals()[f"ome_{name}"]
    return lambda folder: shared(folder, token)


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (reader.token, gap.code)
        for reader in readers()
        if reader.token in BUILT_IN
        for gap in reader.gaps
    ],
)
def test_what_a_reader_says_it_cannot_read_it_cannot(
    token: str, code: str, tmp_path: Path
) -> None:
    _proof(token, code)(tmp_path)


def test_every_reader_says_what_it_cannot_read_once() -> None:
    for reader in readers():
        codes = [gap.code for gap in reader.gaps]
        assert codes
        assert len(set(codes)) == len(codes)
        for one, other in itertools.combinations(reader.gaps, 2):
            assert one.text != other.text
