"""Real files: each gives sensible facts, and the known traps are avoided."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from fair_imagic.readers import ImageFile, pixels, read, thumbnail

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.readers import RawImage

# name: reader, images, sizes T C Z Y X of the first image
IMAGES = {
    "cells-2c.ome.tif": ("ome_tiff", 1, (1, 2, 1, 131, 93)),
    "cells-2t.ome.tif": ("ome_tiff", 1, (2, 1, 1, 131, 93)),
    "cells-2z.ome.tif": ("ome_tiff", 1, (1, 1, 2, 131, 93)),
    "dsb_nuclei_img.tif": ("tiff", 1, (1, 1, 1, 512, 512)),
    "dsb_nuclei_mask.tif": ("tiff", 1, (1, 1, 1, 512, 512)),
    "hcs_fly_POS002_D.tif": ("tiff", 1, (1, 1, 1, 1006, 1000)),
    "hcs_metaxpress_A01_w2.tif": ("tiff", 1, (1, 1, 1, 463, 461)),
    "leica_lasx_wavelength_sweep.lif": ("lif", 3, (1, 20, 1, 64, 64)),
    "leica_xz_2ch.lif": ("lif", 3, (20, 2, 128, 1, 128)),
    "metamorph_stk.tif": ("tiff", 1, (1, 1, 1, 520, 696)),
    "nikon_cluster.nd2": ("nd2_file", 1, (3, 2, 10, 31, 38)),
    "nikon_rgb.tif": ("tiff", 1, (1, 3, 1, 731, 805)),
    "ome_min.ome.tif": ("ome_tiff", 1, (1, 2, 1, 6, 6)),
    "zeiss_t3_c2_z5.czi": ("czi", 1, (3, 2, 5, 170, 240)),
    "zeiss_tiles.czi": ("czi", 1, (1, 2, 1, 512, 510)),
}


def thumbnail_of(path: Path, index: int, *, size_px: int = 256) -> bytes:
    with ImageFile(path) as opened:
        return thumbnail(opened, index, size_px=size_px)


def value(image: RawImage, key: str) -> str:
    found = image.first(key)
    assert found is not None, key
    return found.value


def sizes(image: RawImage) -> tuple[int, ...]:
    return tuple(int(value(image, f"Image/Pixels/Size{axis}")) for axis in "TCZYX")


def test_every_sample_is_in_the_list(shared: Path) -> None:
    folder = shared / "samples" / "images"
    names = {path.name for path in folder.iterdir() if path.suffix != ".md"}
    assert names == set(IMAGES)


@pytest.mark.parametrize("name", sorted(IMAGES))
def test_sizes_agree_with_the_pixels(shared: Path, name: str) -> None:
    path = shared / "samples" / "images" / name
    reader, count, shape = IMAGES[name]
    fileset = read(path)
    assert (fileset.reader, len(fileset.images)) == (reader, count)
    assert sizes(fileset.images[0]) == shape
    for image in fileset.images:
        array = pixels(path, image.index)
        assert array.shape == sizes(image)
        kind = value(image, "Image/Pixels/Type")
        assert kind == str(array.dtype)
        assert sorted(value(image, "Image/Pixels/DimensionOrder")) == sorted("XYZCT")


@pytest.mark.parametrize("name", sorted(IMAGES))
def test_every_image_has_a_thumbnail_of(shared: Path, name: str) -> None:
    path = shared / "samples" / "images" / name
    for image in read(path).images:
        assert thumbnail_of(path, image.index, size_px=64).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "name", sorted(name for name in IMAGES if not name.startswith("ome_min"))
)
def test_half_a_file_is_told_or_read_as_far_as_it_goes(
    shared: Path, tmp_path: Path, name: str
) -> None:
    from fair_imagic.errors import UnreadableFileError

    whole = (shared / "samples" / "images" / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFileError, match="cut short"):
        fileset = read(path)
        pixels(path, fileset.images[0].index)


def test_wavelength_steps_are_channels(shared: Path) -> None:
    path = shared / "samples" / "images" / "leica_lasx_wavelength_sweep.lif"
    emission, excitation, all_axes = read(path).images
    key = "Image/Pixels/Channel[1]/EmissionWavelength"
    assert Decimal(value(emission, key)) == Decimal("560e-9")
    key = "Image/Pixels/Channel[14]/ExcitationWavelength"
    assert Decimal(value(excitation, key)) == Decimal("560e-9")
    assert value(emission, "Image/Pixels/Channel[1]/Name") == "560 nm"
    assert sizes(all_axes) == (2, 10, 11, 64, 64)


def test_scans_in_xz_have_one_line_in_y(shared: Path) -> None:
    path = shared / "samples" / "images" / "leica_xz_2ch.lif"
    xzt, xzy, xz = read(path).images
    assert sizes(xzt) == (20, 2, 128, 1, 128)
    assert sizes(xzy) == (1, 2, 128, 23, 128)
    assert sizes(xz) == (1, 2, 512, 1, 512)
    assert xz.first("Image/Pixels/PhysicalSizeY") is None
    step = xz.first("Image/Pixels/PhysicalSizeX")
    assert step is not None
    # micrometres per pixel, not pixels per micrometre
    assert step.unit == "m"
    assert Decimal("1.02e-7") < Decimal(step.value) < Decimal("1.03e-7")


def test_a_negative_origin_is_kept(shared: Path) -> None:
    image = read(shared / "samples" / "images" / "zeiss_tiles.czi").images[0]
    assert value(image, "zeiss:StartX") == "-127"
    assert value(image, "zeiss:StartY") == "-128"
    assert image.first("Image/Pixels/PhysicalSizeZ") is None


def test_a_colour_tiff_is_no_camera_raw_file(shared: Path) -> None:
    fileset = read(shared / "samples" / "images" / "nikon_rgb.tif")
    assert fileset.reader == "tiff"
    image = fileset.images[0]
    assert value(image, "Image/AcquisitionDate") == "2010-04-08T09:18:02"
    assert value(image, "tiff:Model") == "NIKON D5000"
    assert image.first("Image/Pixels/PhysicalSizeX") is None


def test_metamorph_notes_are_read(shared: Path) -> None:
    image = read(shared / "samples" / "images" / "metamorph_stk.tif").images[0]
    assert value(image, "Image/Pixels/PhysicalSizeX") == "0.645"
    exposure = image.first("Image/Pixels/Channel[0]/Plane/ExposureTime")
    assert exposure is not None
    assert (exposure.value, exposure.unit) == ("300", "ms")
    assert value(image, "Instrument/Objective/LensNA") == "0.45"
    assert value(image, "Image/Pixels/SignificantBits") == "12"


def test_nikon_metadata_are_read(shared: Path) -> None:
    image = read(shared / "samples" / "images" / "nikon_cluster.nd2").images[0]
    assert value(image, "Instrument/Objective/Model") == "Plan Apo λ 60x"
    assert value(image, "Instrument/Objective/LensNA") == "0.95"
    assert value(image, "Image/Pixels/Channel[1]/EmissionWavelength") == "700.0"
    assert value(image, "Image/Pixels/PhysicalSizeX") == "0.16780898323268245"


def test_zeiss_metadata_are_read(shared: Path) -> None:
    image = read(shared / "samples" / "images" / "zeiss_t3_c2_z5.czi").images[0]
    exposure = image.first("Image/Pixels/Channel[0]/Plane/ExposureTime")
    assert exposure is not None
    assert (exposure.value, exposure.unit) == ("100000000", "ns")
    assert value(image, "Image/Pixels/Channel[0]/Detector/Model") == "Axiocam506m"
    assert value(image, "Instrument/Objective/Immersion") == "Water"
    assert value(image, "Image/Pixels/TimeIncrement") == "60.075"


def test_a_label_mask_is_drawn_in_colours(shared: Path) -> None:
    import io

    import numpy as np
    from PIL import Image

    folder = shared / "samples" / "images"
    mask = Image.open(io.BytesIO(thumbnail_of(folder / "dsb_nuclei_mask.tif", 0)))
    cells = Image.open(io.BytesIO(thumbnail_of(folder / "dsb_nuclei_img.tif", 0)))
    assert np.ptp(np.asarray(mask).astype(int), axis=2).max() > 100
    assert np.ptp(np.asarray(cells).astype(int), axis=2).max() == 0
