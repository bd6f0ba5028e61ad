"""TIFF of all kinds: sizes, calibration only where somebody wrote it, pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from fair_imagic.errors import UnreadableFileError
from fair_imagic.readers import pixels, read

if TYPE_CHECKING:
    from pathlib import Path


def values(path: Path) -> dict[str, str]:
    return {item.key: item.value for item in reversed(read(path).images[0].facts)}


def test_ome_tiff_is_read_by_its_ome_xml(ome_tiff: Path) -> None:
    fileset = read(ome_tiff)
    assert fileset.reader == "ome_tiff"
    found = values(ome_tiff)
    assert found["Image/Pixels/SizeZ"] == "3"
    assert found["Image/Pixels/PhysicalSizeX"] == "0.25"
    assert found["Image/Pixels/Channel[1]/Name"] == "GFP"


def test_pixels_come_as_time_channel_z_y_x(ome_tiff: Path) -> None:
    array = pixels(ome_tiff, 0)
    assert array.shape == (1, 2, 3, 16, 20)
    assert array[0, 1, 0, 0, 0] == 3 * 16 * 20


def test_a_plain_tiff_has_no_pixel_size(plain_tiff: Path) -> None:
    found = values(plain_tiff)
    assert found["Image/Pixels/SizeX"] == "64"
    assert found["Image/Pixels/Type"] == "uint8"
    assert "Image/Pixels/PhysicalSizeX" not in found
    assert "tiff:XResolution" in found


def test_imagej_calibration_is_read(imagej_tiff: Path) -> None:
    image = read(imagej_tiff).images[0]
    size = image.first("Image/Pixels/PhysicalSizeX")
    assert size is not None
    assert (size.value, size.unit) == ("0.25", "µm")
    assert "XResolution" in size.place
    found = values(imagej_tiff)
    assert found["Image/Pixels/PhysicalSizeZ"] == "0.5"
    assert found["Image/Pixels/TimeIncrement"] == "2.0"
    assert (found["Image/Pixels/SizeC"], found["Image/Pixels/SizeZ"]) == ("2", "3")


def test_colour_samples_are_channels(tmp_path: Path) -> None:
    path = tmp_path / "rgb.tif"
    tifffile.imwrite(path, np.zeros((10, 12, 3), np.uint8), photometric="rgb")
    found = values(path)
    assert found["Image/Pixels/SizeC"] == "3"
    assert found["Image/Pixels/Channel[2]/Name"] == "Blue"
    assert pixels(path, 0).shape == (1, 3, 1, 10, 12)


def test_pages_without_meaning_are_told(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    data = np.zeros((4, 10, 12), np.uint8)
    tifffile.imwrite(path, data, photometric="minisblack", metadata=None)
    fileset = read(path)
    assert "4 pages" in fileset.problems[0]
    assert values(path)["Image/Pixels/SizeT"] == "4"


def test_a_truncated_tiff_is_told(plain_tiff: Path) -> None:
    whole = plain_tiff.read_bytes()
    plain_tiff.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFileError, match="cut short"):
        read(plain_tiff)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_truncated_ome_tiff_is_told(ome_tiff: Path, part: float) -> None:
    whole = ome_tiff.read_bytes()
    ome_tiff.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(UnreadableFileError, match="cut short"):
        read(ome_tiff)


def test_ome_xml_in_a_tiff_that_is_broken_is_told(tmp_path: Path) -> None:
    path = tmp_path / "broken.ome.tif"
    text = '<?xml version="1.0"?><OME xmlns="x"><Image></OME>'
    tifffile.imwrite(path, np.zeros((4, 4), np.uint8), description=text, metadata=None)
    with pytest.raises(UnreadableFileError, match="well-formed"):
        read(path)


def test_a_tiff_that_is_only_a_header_is_told(tmp_path: Path) -> None:
    path = tmp_path / "header.tif"
    path.write_bytes(b"II*\0\x08\0\0\0")
    with pytest.raises(UnreadableFileError):
        read(path)


def test_a_missing_image_of_a_file_is_told(plain_tiff: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no image 3"):
        pixels(plain_tiff, 3)


def test_a_smaller_version_comes_from_the_pyramid(tmp_path: Path) -> None:
    path = tmp_path / "pyramid.ome.tif"
    data = np.zeros((256, 256), np.uint8)
    with tifffile.TiffWriter(path, ome=True) as writer:
        writer.write(data, subifds=2, tile=(64, 64), metadata={"axes": "YX"})
        for step in (2, 4):
            writer.write(data[::step, ::step], subfiletype=1, tile=(64, 64))
    assert pixels(path, 0).shape[-1] == 256
    assert pixels(path, 0, least_px=100).shape[-1] == 128


def test_reading_changes_nothing(ome_tiff: Path) -> None:
    before = (ome_tiff.read_bytes(), ome_tiff.stat().st_mtime_ns)
    ome_tiff.chmod(0o444)
    read(ome_tiff)
    pixels(ome_tiff, 0)
    assert (ome_tiff.read_bytes(), ome_tiff.stat().st_mtime_ns) == before


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("order", ["<", ">"])
def test_both_byte_orders_and_sizes_are_read(
    tmp_path: Path, big: bool, order: str
) -> None:
    path = tmp_path / "image.tif"
    data = np.arange(300, dtype=np.uint16).reshape(15, 20)
    tifffile.imwrite(path, data, bigtiff=big, byteorder=order, description="a note")
    assert values(path)["Image/Pixels/SizeY"] == "15"
    assert pixels(path, 0)[0, 0, 0, 14, 19] == 299
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFileError, match="cut short"):
        read(path)


@pytest.mark.parametrize(
    "content", [b"II*\0", b"MM\0*\0\0", b"II+\0", b"II*\0\x08\0\0\0"]
)
def test_a_file_that_ends_in_its_first_bytes_is_told(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "broken_off.tif"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match="cut short"):
        read(path)
