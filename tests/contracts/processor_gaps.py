"""One proof for each known gap of a processor: it shows what cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from fair_imagic.errors import InputError
from fair_imagic.processing import (
    InputImage,
    ProcessingJob,
    ProcessingResult,
    checked,
    clean_copy,
)
from fair_imagic.readers import pixels, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.processing import Processor

    Proof = Callable[[Processor, Path], None]

__all__ = ["PROOFS"]


def _written(folder: Path, data: np.ndarray, **metadata: object) -> InputImage:
    path = folder / "in.ome.tif"
    options = {"axes": "TCZYX"} | metadata
    tifffile.imwrite(path, data, ome=True, photometric="minisblack", metadata=options)
    return InputImage(
        path=path, sha256="ab" * 32, name="in", leaks=("user_name_in_file",)
    )


def _run(
    chosen: Processor, image: InputImage, folder: Path, **parameters: str
) -> tuple[ProcessingResult, Path]:
    place = folder / f"out{len(list(folder.iterdir()))}"
    place.mkdir()
    job = ProcessingJob(
        inputs=(image,),
        parameters=checked(chosen.parameters, parameters),
        folder=place,
        report=lambda _share, _what: None,
    )
    return chosen.run(job), place


def _labels(chosen: Processor, image: InputImage, folder: Path, **more: str):  # type: ignore[no-untyped-def]
    result, place = _run(chosen, image, folder, **more)
    return pixels(place / result.outputs[0].name, 0)


def _plane(*discs: tuple[int, int, int]) -> np.ndarray:
    """Return a noisy plane with discs (row, column, brightness)."""
    y, x = np.mgrid[0:64, 0:64]
    plane = np.random.default_rng(0).normal(100, 5, y.shape)
    for row, column, bright in discs:
        plane[(y - row) ** 2 + (x - column) ** 2 <= 64] = bright
    return plane.clip(0).astype(np.uint16)


def _one_channel(chosen: Processor, folder: Path) -> None:
    data = np.stack([_plane((20, 20, 900)), _plane((44, 44, 900))])[None, :, None]
    labels = _labels(chosen, _written(folder, data), folder, channel="0")
    assert labels.shape[1] == 1
    assert labels[0, 0, 0, 20, 20]
    assert not labels[0, 0, 0, 44, 44]


def _no_tracking(chosen: Processor, folder: Path) -> None:
    # One object leaves; the one that stays gets the number of the one that left.
    first, second = (20, 20, 900), (44, 44, 900)
    data = np.stack([_plane(first, second), _plane(second)])[:, None, None]
    labels = _labels(chosen, _written(folder, data), folder)
    assert labels[0, 0, 0, 44, 44] == 2
    assert labels[1, 0, 0, 44, 44] == 1


def _one_threshold(chosen: Processor, folder: Path) -> None:
    data = _plane((20, 20, 5000), (44, 44, 300))[None, None, None]
    labels = _labels(chosen, _written(folder, data), folder)
    assert labels[0, 0, 0, 20, 20]
    assert not labels[0, 0, 0, 44, 44]


def _complex_pixels(chosen: Processor, folder: Path) -> None:
    data = _plane((20, 20, 900)).astype(np.complex64)[None, None, None]
    with pytest.raises(InputError, match="complex"):
        _run(chosen, _written(folder, data), folder)


def _text_in_pixels(chosen: Processor, folder: Path) -> None:
    image = _written(folder, _plane((20, 20, 900))[None, None, None])
    result, place = _run(chosen, image, folder)
    copy = pixels(place / result.outputs[0].name, 0)
    assert np.array_equal(copy, pixels(image.path, 0))


def _settings_in_file(chosen: Processor, folder: Path) -> None:
    data = _plane()[None, None, None]
    image = _written(
        folder, data, Channel={"Name": ["DAPI"], "EmissionWavelength": 461}
    )
    key = "Image/Pixels/Channel[0]/EmissionWavelength"
    assert read(image.path).images[0].first(key) is not None
    result, place = _run(chosen, image, folder)
    assert read(place / result.outputs[0].name).images[0].first(key) is None


def _no_pyramid(chosen: Processor, folder: Path) -> None:
    path = folder / "pyramid.ome.tif"
    plane = _plane()
    with tifffile.TiffWriter(path, ome=True) as writer:
        writer.write(plane, subifds=1, photometric="minisblack", tile=(32, 32))
        writer.write(plane[::2, ::2], subfiletype=1, tile=(32, 32))
    image = InputImage(
        path=path, sha256="ab" * 32, name="in", leaks=("user_name_in_file",)
    )
    result, place = _run(chosen, image, folder)
    with (
        tifffile.TiffFile(path) as raw,
        tifffile.TiffFile(place / result.outputs[0].name) as copy,
    ):
        assert len(raw.series[0].levels) == 2
        assert len(copy.series[0].levels) == 1


def _large_image(chosen: Processor, folder: Path) -> None:
    image = _written(folder, _plane()[None, None, None])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clean_copy, "_MOST_BYTES", 2 * 64 * 64 - 1)
        with pytest.raises(InputError, match="too large"):
            _run(chosen, image, folder)


def _plane_by_plane(chosen: Processor, folder: Path) -> None:
    data = np.full((1, 1, 3, 16, 16), 10, np.uint16)
    data[0, 0, 1] = 500  # one bright section among dark ones: noise along z
    result, place = _run(chosen, _written(folder, data), folder)
    filtered = pixels(place / result.outputs[0].name, 0)
    assert filtered[0, 0, 1].min() == 500


PROOFS: dict[tuple[str, str], Proof] = {
    ("segmentation", "one-channel"): _one_channel,
    ("segmentation", "no-tracking"): _no_tracking,
    ("segmentation", "one-threshold"): _one_threshold,
    ("segmentation", "complex-pixels"): _complex_pixels,
    ("clean", "text-in-pixels"): _text_in_pixels,
    ("clean", "settings-in-file"): _settings_in_file,
    ("clean", "no-pyramid"): _no_pyramid,
    ("clean", "large-image"): _large_image,
    ("median", "plane-by-plane"): _plane_by_plane,
}
