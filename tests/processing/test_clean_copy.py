"""A cleaned copy is compared with its file, and left out where it is not the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from fair_imagic.errors import ExternalToolError, InputError
from fair_imagic.processing import InputImage
from fair_imagic.processing import clean_copy as module
from fair_imagic.processing.clean_copy import CleanImage, write_clean_copy
from fair_imagic.readers import pixels, read

if TYPE_CHECKING:
    from pathlib import Path

CHECKSUM = "ab" * 32


def source(path: Path, index: int = 0, size_um: float | None = None) -> InputImage:
    return InputImage(
        path=path,
        sha256=CHECKSUM,
        name=path.name,
        series_index=index,
        pixel_size_x_um=size_um,
    )


def raw(path: Path, dtype: str) -> Path:
    rng = np.random.default_rng(1)
    data = (rng.random((2, 3, 5, 8, 6)) * 200).astype(dtype)
    axes = {"axes": "TCZYX"}
    tifffile.imwrite(path, data, photometric="minisblack", ome=True, metadata=axes)
    return path


@pytest.mark.parametrize(
    "dtype",
    ["uint8", "int8", "uint16", "int16", "uint32", "float32", "float64", "bool"],
)
def test_pixels_of_every_type_are_the_same(tmp_path: Path, dtype: str) -> None:
    path = raw(tmp_path / "raw.ome.tif", dtype)
    target = tmp_path / "copy.ome.tif"
    names = ("DAPI", "GFP", "RFP")
    image = CleanImage(source=source(path, size_um=0.25), title="cells", channels=names)
    write_clean_copy(target, [image])
    before, after = pixels(path, 0), pixels(target, 0)
    assert before.dtype == after.dtype
    assert np.array_equal(before, after)
    found = read(target).images[0]
    assert found.name == "cells"
    size = found.first("Image/Pixels/PhysicalSizeX")
    assert size is not None
    assert (float(size.value), size.unit) == (0.25, "µm")
    channel = found.first("Image/Pixels/Channel[2]/Name")
    assert channel is not None
    assert channel.value == "RFP"


def test_the_same_file_gives_the_same_copy(tmp_path: Path) -> None:
    path = raw(tmp_path / "raw.ome.tif", "uint8")
    copies = [tmp_path / "a.ome.tif", tmp_path / "b.ome.tif"]
    for copy in copies:
        write_clean_copy(copy, [CleanImage(source=source(path), title="cells")])
    assert copies[0].read_bytes() == copies[1].read_bytes()


def test_a_copy_that_still_tells_something_is_not_kept(tmp_path: Path) -> None:
    path = raw(tmp_path / "raw.ome.tif", "uint8")
    target = tmp_path / "copy.ome.tif"
    image = CleanImage(source=source(path), title="Operator: Ana Roux")
    with pytest.raises(ExternalToolError, match="not what it should be") as caught:
        write_clean_copy(target, [image])
    assert caught.value.found == "Ana Roux"
    assert list(tmp_path.iterdir()) == [path]


def test_an_image_too_large_for_memory_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_BYTES", 2 * 3 * 5 * 8 * 6 * 2 - 1)
    path = raw(tmp_path / "raw.ome.tif", "uint16")
    with pytest.raises(InputError, match="too large"):
        write_clean_copy(
            tmp_path / "c.ome.tif", [CleanImage(source=source(path), title="cells")]
        )
    assert list(tmp_path.iterdir()) == [path]
