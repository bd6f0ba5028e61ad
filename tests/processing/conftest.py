"""Small images with a known number of round objects."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from fair_imagic.processing import InputImage, ProcessingJob, checked, processor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

CENTRES = ((20, 20), (20, 60), (60, 20), (60, 58), (60, 74))
"""The last two discs of radius 9 touch."""


def discs(*, channels: int = 1, slices: int = 1) -> NDArray[np.uint16]:
    """Return pixels CZYX; the objects are in the last channel, middle slices."""
    y, x = np.mgrid[0:90, 0:96]
    plane = np.full(y.shape, 100.0)
    for row, column in CENTRES:
        plane[(y - row) ** 2 + (x - column) ** 2 <= 81] = 900.0
    noise = np.random.default_rng(1).normal(0, 20, (channels, slices, *y.shape))
    pixels = np.full((channels, slices, *y.shape), 100.0) + noise
    pixels[-1, slices // 4 : slices - slices // 4] += plane - 100
    return pixels.clip(0, 65535).astype(np.uint16)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., InputImage]:
    def _write(
        pixels: NDArray[np.uint16], *, name: str = "cells.ome.tif", **sizes: float
    ) -> InputImage:
        path = tmp_path / name
        tifffile.imwrite(
            path,
            pixels,
            ome=True,
            photometric="minisblack",
            metadata={"axes": "CZYX"},
        )
        return InputImage(
            path=path,
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            name=name,
            **sizes,  # type: ignore[arg-type]
        )

    return _write


@pytest.fixture
def make_job(tmp_path: Path) -> Callable[..., ProcessingJob]:
    def _job(*images: InputImage, folder: str = "out", **given: str) -> ProcessingJob:
        place = tmp_path / folder
        place.mkdir()
        return ProcessingJob(
            inputs=images,
            parameters=checked(processor("segmentation").parameters, given),
            folder=place,
            report=lambda fraction, message: None,
        )

    return _job
