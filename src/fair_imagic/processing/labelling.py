"""From one stack of pixels to numbered objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from numpy.typing import NDArray

    from fair_imagic.processing.base import InputImage

__all__ = ["Labelling", "label_volume"]


@dataclass(frozen=True)
class Labelling:
    """The objects of one time point.

    ``labels`` has axes ZYX (one slice after a projection), 0 is background;
    ``intensities`` are the pixels that were segmented, with the same axes.
    """

    labels: NDArray[Any]
    intensities: NDArray[Any]
    threshold: float

    @property
    def count(self) -> int:
        """Return how many objects there are."""
        return int(self.labels.max(initial=0))


def label_volume(
    stack: NDArray[Any], *, image: InputImage, parameters: Mapping[str, str]
) -> Labelling:
    """Return the objects of a stack with axes ZYX."""
    import numpy as np
    from scipy import ndimage

    is_projected = parameters["stack"] == "maximum"
    pixels = stack.max(axis=0, keepdims=True) if is_projected else stack
    pixels = np.nan_to_num(pixels.astype(np.float64))
    sigma = _sigma(pixels.shape, image=image, parameters=parameters)
    smooth = ndimage.gaussian_filter(pixels, sigma, mode="nearest")
    threshold = _threshold(smooth, parameters["threshold"])
    labels = _separated(smooth > threshold, image=image, parameters=parameters)
    return Labelling(labels, pixels, threshold)


def _sigma(
    shape: tuple[int, ...], *, image: InputImage, parameters: Mapping[str, str]
) -> tuple[float, float, float]:
    """Return the smoothing in pixels along Z, Y and X; none along a single slice."""
    z, y, x = _spacing(image)
    in_um = parameters["sigma_um"]
    if in_um and image.pixel_size_x_um:
        sigma = float(in_um)
        across, down, deep = sigma / x, sigma / y, sigma / z
    else:
        across = down = float(parameters["sigma_px"])
        deep = across * x / z
    return (deep if shape[0] > 1 else 0.0, down, across)


def _spacing(image: InputImage) -> tuple[float, float, float]:
    """Return the voxel's size along Z, Y and X, equal where it is not known."""
    x = image.pixel_size_x_um or 1.0
    y = image.pixel_size_y_um or x
    return (image.pixel_size_z_um or x, y, x)


def _threshold(smooth: NDArray[Any], chosen: str) -> float:
    from skimage.filters import threshold_otsu

    if chosen:
        return float(chosen)
    if smooth.min() == smooth.max():  # one value only: there is no object
        return float(smooth.max())
    return float(threshold_otsu(smooth))


def _separated(
    foreground: NDArray[Any], *, image: InputImage, parameters: Mapping[str, str]
) -> NDArray[Any]:
    """Return labels in the order in which the objects' centres are met: repeatable."""
    import numpy as np
    from scipy import ndimage
    from skimage.segmentation import relabel_sequential, watershed

    spacing = _spacing(image)
    relative = tuple(length / spacing[2] for length in spacing)
    distance = ndimage.distance_transform_edt(foreground, sampling=relative)
    markers = _markers(distance, foreground, neck_px=float(parameters["neck_px"]))
    labels = watershed(-distance, markers, mask=foreground)
    sizes = np.bincount(labels.ravel())
    small = sizes < int(parameters["min_area_px"])
    labels[small[labels]] = 0
    numbered = relabel_sequential(labels)[0]
    return np.asarray(numbered, dtype=np.int64)


def _markers(
    distance: NDArray[Any], foreground: NDArray[Any], *, neck_px: float
) -> NDArray[Any]:
    """Return one number for each centre: maxima that stand out by ``neck_px``.

    A flat maximum is one centre, however wide: slices of a stack make many of them.
    """
    import numpy as np
    from scipy import ndimage
    from skimage.morphology import local_maxima, reconstruction

    filled = reconstruction(distance - neck_px, distance)
    centres = local_maxima(filled) & foreground
    parts, _count = ndimage.label(foreground)
    centres |= foreground & ~np.isin(parts, parts[centres])  # thinner than the neck
    everywhere = ndimage.generate_binary_structure(distance.ndim, distance.ndim)
    return np.asarray(ndimage.label(centres, structure=everywhere)[0])
