"""Pixels of TIFF files, plain or OME, with the axes in one order."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.readers.planes import (
    LARGE_BYTES,
    OTHER_AXIS,
    fewer_planes,
    kept_planes,
)
from fair_imagic.readers.tiff_file import tiff_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fair_imagic.readers.opened import OpenedFile

__all__ = ["AXES", "ordered", "series_pixels", "standard_axes"]

AXES = "TCZYX"
# TIFF has axes whose meaning nobody wrote down; pages are then time points, as
# Bio-Formats takes them. Colour samples, lifetimes and wavelengths are channels.
_STANDARD = {"S": "C", "I": "T", "Q": "T", "H": "C", "E": "C"}


def standard_axes(axes: str) -> str:
    """Return tifffile's axes in the letters T, C, Z, Y, X, and ? for any other."""
    return "".join(
        axis if axis in AXES else _STANDARD.get(axis, OTHER_AXIS)
        for axis in axes.upper()
    )


def ordered(array: NDArray[Any], axes: Sequence[str]) -> NDArray[Any]:
    """Return the array with axes TCZYX; axes with one letter are folded together.

    Of other axes the first part is taken.
    """
    others = [number for number, axis in enumerate(axes) if axis == OTHER_AXIS]
    for number in reversed(others):
        array = array.take(0, axis=number)
    axes = [axis for axis in axes if axis != OTHER_AXIS]
    order = sorted(range(array.ndim), key=lambda number: AXES.index(axes[number]))
    moved = array.transpose(order)
    shape = [1] * len(AXES)
    for number in order:
        shape[AXES.index(axes[number])] *= array.shape[number]
    return moved.reshape(shape)


def series_pixels(file: OpenedFile, index: int, *, least_px: int = 0) -> NDArray[Any]:
    """Return one series of a TIFF file, from a smaller pyramid level if allowed."""
    tiff = tiff_of(file)
    if not 0 <= index < len(tiff.series):
        raise InputError(
            _("There is no image {index} in this file").format(index=index),
            where=str(file.path),
            expected=f"0-{len(tiff.series) - 1}",
        )
    series = tiff.series[index]
    level = _level(series, least_px)
    axes = standard_axes(level.axes)
    if least_px and level.nbytes > LARGE_BYTES:
        return ordered(_fewer(file, level, axes), axes)
    return ordered(level.asarray(), axes)


def _fewer(file: OpenedFile, series: Any, axes: str) -> NDArray[Any]:
    """Return a large series with some planes only, read one by one."""
    import numpy as np
    import tifffile

    if series.dataoffset is not None:
        mapped = np.memmap(
            file.handle,
            dtype=np.dtype(series.dtype).newbyteorder(series.parent.byteorder),
            mode="r",
            offset=series.dataoffset,
            shape=tuple(series.shape),
        )
        return fewer_planes(mapped, axes)
    lead = series.shape[: len(series.shape) - len(series.keyframe.shape)]
    if len(series.pages) != np.prod(lead, dtype=int) or not lead:
        return np.asarray(series.asarray())
    kept = kept_planes(lead, axes[: len(lead)])
    frames = []
    for numbers in itertools.product(*kept):
        page = series.pages[int(np.ravel_multi_index(numbers, lead))]
        # A file of a multi-file image may be missing: its planes are empty.
        missing = not isinstance(page, tifffile.TiffPage | tifffile.TiffFrame)
        empty = np.zeros(series.keyframe.shape, series.dtype)
        frames.append(empty if missing else page.asarray())
    shape = [len(numbers) for numbers in kept]
    return np.asarray(np.stack(frames).reshape(*shape, *series.keyframe.shape))


def _level(series: Any, least_px: int) -> Any:
    if not least_px:
        return series
    fitting = [level for level in series.levels if max(level.shape[-3:]) >= least_px]
    return fitting[-1] if fitting else series
