"""Thumbnails: PNG of the wanted size, colours by channel, labels as labels."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import tifffile
from PIL import Image

from fair_imagic.readers import ImageFile, thumbnail
from fair_imagic.readers.colours import colour_of_text
from fair_imagic.readers.thumbnails import composite, looks_like_labels

if TYPE_CHECKING:
    from pathlib import Path


def thumbnail_of(path: Path, index: int, *, size_px: int = 256) -> bytes:
    with ImageFile(path) as opened:
        return thumbnail(opened, index, size_px=size_px)


def picture(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)))


def test_a_thumbnail_is_a_png_of_the_wanted_size(ome_tiff: Path) -> None:
    png = thumbnail_of(ome_tiff, 0, size_px=10)
    assert png.startswith(b"\x89PNG")
    assert picture(png).shape == (8, 10, 3)


def test_two_channels_have_two_colours(imagej_tiff: Path) -> None:
    found = picture(thumbnail_of(imagej_tiff, 0))
    left, right = found[8, 2], found[8, 17]
    assert tuple(left) == (0, 255, 0)
    assert tuple(right) == (255, 0, 255)


def test_a_single_channel_is_grey(plain_tiff: Path) -> None:
    found = picture(thumbnail_of(plain_tiff, 0))
    assert (found[..., 0] == found[..., 1]).all()
    assert found.max() == 255


def test_a_flat_image_is_black_and_no_error(tmp_path: Path) -> None:
    path = tmp_path / "flat.tif"
    tifffile.imwrite(path, np.full((20, 30), 7, np.uint16))
    assert picture(thumbnail_of(path, 0)).max() == 0


def test_labels_get_a_colour_each(tmp_path: Path) -> None:
    labels = np.zeros((60, 60), np.uint16)
    labels[5:25, 5:25] = 1
    labels[30:55, 30:55] = 2
    path = tmp_path / "mask.tif"
    tifffile.imwrite(path, labels)
    found = picture(thumbnail_of(path, 0))
    assert tuple(found[0, 0]) == (0, 0, 0)
    assert tuple(found[15, 15]) != tuple(found[45, 45])


def test_noise_is_no_label_mask() -> None:
    noise = np.random.default_rng(1).poisson(20, (64, 64)).astype(np.uint16)
    assert not looks_like_labels(noise)


def test_numbers_that_are_no_numbers_do_not_matter() -> None:
    array = np.full((1, 1, 1, 8, 8), np.nan, np.float32)
    array[..., :4] = 1.0
    assert composite(array, None).dtype == np.uint8


def test_colours_of_ome_and_zeiss() -> None:
    assert colour_of_text("-16776961") == "#FF0000"
    assert colour_of_text("#FF00FF33") == "#00FF33"
    assert colour_of_text("green") is None
