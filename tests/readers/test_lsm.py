"""Zeiss LSM: the settings are read, and the preview is no image."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.readers import pixels, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(shared: Path) -> Path:
    return shared / "samples/formats/zeiss_lsm/spectral_28_channels.lsm"


def test_the_preview_is_no_image(path: Path) -> None:
    assert len(read(path).images) == 1
    assert pixels(path, 0).shape == (1, 28, 1, 256, 256)


def test_sizes_objective_and_date_are_read(path: Path) -> None:
    (image,) = read(path).images
    for key, value, unit in (
        ("Image/Pixels/PhysicalSizeX", "1.3178822554981574e-07", "m"),
        ("Instrument/Objective/Model", "Plan-Apochromat 63x/1.4 Oil DIC M27", None),
        ("Image/AcquisitionDate", "2022-03-28T13:20:45", None),
        ("Image/Pixels/Channel[0]/EmissionWavelength", "422.8", "nm"),
        ("zeiss:Tracks[0]/IlluminationChannel/405-30/Power", None, "%"),
    ):
        found = image.first(key)
        if found is None:
            assert value is None, key
        else:
            assert value in (None, found.value), key
            assert found.unit == unit, key
    assert image.first("Image/Pixels/PhysicalSizeZ") is None


def test_who_was_at_the_microscope_is_a_leak(path: Path) -> None:
    assert [leak.value for leak in read(path).leaks] == ["ubaguest"]
