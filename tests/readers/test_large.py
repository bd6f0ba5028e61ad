"""Small pictures of large images: only some planes are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from fair_imagic.readers import pixels, planes, tiff_pixels

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_a_small_picture_needs_few_planes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compression: str | None
) -> None:
    monkeypatch.setattr(tiff_pixels, "LARGE_BYTES", 0)
    data = np.zeros((5, 40, 2, 16, 16), ">u2")
    data += np.arange(40, dtype=np.uint16)[None, :, None, None, None]
    path = tmp_path / "long.ome.tif"
    tifffile.imwrite(
        path,
        data,
        metadata={"axes": "TZCYX"},
        compression=compression,
        photometric="minisblack",
    )
    array = pixels(path, 0, least_px=16)
    assert array.shape[:2] == (1, 2)
    assert array.shape[2] <= 9
    assert (array[0, 0, 0, 0, 0], array[0, 0, -1, 0, 0] > 30) == (0, True)
    assert pixels(path, 0).shape == (5, 2, 40, 16, 16)


def test_the_middle_time_and_spread_sections_are_kept() -> None:
    assert planes.few(range(9), axis="T") == [4]
    assert planes.few(range(5), axis="Z") == [0, 1, 2, 3, 4]
    kept = planes.few(range(100), axis="Z")
    assert (kept[0], kept[-1], len(kept)) == (0, 99, 8)
    assert planes.few(range(3), axis="C") == [0, 1, 2]
