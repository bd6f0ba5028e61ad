"""A small job, and the processors that behave badly on purpose."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from fair_imagic.jobs import JobFile
from fair_imagic.processing import InputImage

if TYPE_CHECKING:
    from collections.abc import Callable

_PLUGIN = Path(__file__).parent / "plugin"


@pytest.fixture
def image(tmp_path: Path) -> InputImage:
    y, x = np.mgrid[0:64, 0:64]
    pixels = np.where((y - 30) ** 2 + (x - 30) ** 2 < 100, 900, 100).astype("uint16")
    path = tmp_path / "cell.ome.tif"
    tifffile.imwrite(path, pixels, ome=True, photometric="minisblack")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return InputImage(path=path, sha256=digest, name="cell", pixel_size_x_um=0.1)


@pytest.fixture
def job(image: InputImage) -> JobFile:
    return JobFile(processor="segmentation", inputs=(image,), parameters={})


@pytest.fixture
def bad(image: InputImage, monkeypatch: pytest.MonkeyPatch) -> Callable[..., JobFile]:
    """Return jobs for the processor ``bad`` of the plug-in package of the tests."""
    before = os.environ["PYTHONPATH"]
    monkeypatch.setenv("PYTHONPATH", f"{_PLUGIN}{os.pathsep}{before}")

    def _bad(deed: str) -> JobFile:
        return JobFile(processor="bad", inputs=(image,), parameters={"deed": deed})

    return _bad
