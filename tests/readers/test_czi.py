"""Zeiss CZI written by the format's own library: scenes, colours, damage."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from fair_imagic.errors import UnreadableFileError
from fair_imagic.readers import pixels, read

if TYPE_CHECKING:
    from pathlib import Path


def written(path: Path, *, colour: bool = False, scenes: int = 1) -> Path:
    from pylibCZIrw import czi

    with czi.create_czi(str(path)) as document:
        for scene in range(scenes):
            for channel in range(1 if colour else 2):
                shape = (20, 30, 3) if colour else (20, 30, 1)
                plane = np.full(shape, 10 * scene + channel, np.uint8)
                if colour:
                    plane[..., 2] = 200  # blue, green, red
                document.write(
                    plane,
                    plane={"C": channel, "Z": 0, "T": 0},
                    scene=scene,
                    location=(100 * scene - 7, -3),
                )
        document.write_metadata(
            "test",
            channel_names={0: "DAPI", 1: "GFP"},
            scale_x=1e-7,
            scale_y=1e-7,
            scale_z=3e-7,
        )
    return path


def told(path: Path, key: str, index: int = 0) -> str:
    found = read(path).images[index].first(key)
    assert found is not None, key
    return found.value


def test_each_scene_is_an_image(tmp_path: Path) -> None:
    path = written(tmp_path / "scenes.czi", scenes=2)
    assert [image.name for image in read(path).images] == ["scenes 1", "scenes 2"]
    assert told(path, "zeiss:StartX") == "-7"
    assert told(path, "zeiss:StartX", 1) == "93"
    assert pixels(path, 1).shape == (1, 2, 1, 20, 30)
    assert pixels(path, 1)[0, 1, 0, 0, 0] == 11


def test_the_pixel_size_is_in_metres_and_a_missing_z_has_none(tmp_path: Path) -> None:
    path = written(tmp_path / "plain.czi")
    size = read(path).images[0].first("Image/Pixels/PhysicalSizeX")
    assert size is not None
    assert (float(size.value), size.unit) == (1e-7, "m")
    assert read(path).images[0].first("Image/Pixels/PhysicalSizeZ") is None


def test_colour_samples_are_red_green_blue(tmp_path: Path) -> None:
    path = written(tmp_path / "colour.czi", colour=True)
    assert told(path, "Image/Pixels/SizeC") == "3"
    array = pixels(path, 0)
    assert array.shape == (1, 3, 1, 20, 30)
    assert array[0, 0, 0, 0, 0] == 200


def test_a_smaller_version_is_zoomed_out(tmp_path: Path) -> None:
    path = written(tmp_path / "plain.czi")
    assert max(pixels(path, 0, least_px=15).shape) == 15


@pytest.mark.parametrize("part", [0.1, 0.5, 0.95])
def test_a_truncated_file_is_told(tmp_path: Path, part: float) -> None:
    path = written(tmp_path / "cut.czi")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(UnreadableFileError, match="cut short"):
        read(path)


def test_pixels_without_the_library_name_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "one.czi")
    monkeypatch.setitem(sys.modules, "pylibCZIrw", None)
    assert len(read(path).images) == 1
    with pytest.raises(UnreadableFileError, match="pylibCZIrw") as caught:
        pixels(path, 0)
    assert "fair-imagic[formats]" in caught.value.hint
