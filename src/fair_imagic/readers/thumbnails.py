"""Thumbnails: a small PNG of an image, channels in colour, label masks as labels."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from fair_imagic.readers.colours import channel_colours, label_colours

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fair_imagic.readers.base import RawImage
    from fair_imagic.readers.registry import ImageFile

__all__ = ["composite", "looks_like_labels", "thumbnail"]

_LOW_PERCENT = 1.0
_HIGH_PERCENT = 99.8
_EQUAL_NEIGHBOURS = 0.8
_MOST_COLOURS = 7


def thumbnail(file: ImageFile, index: int, *, size_px: int = 256) -> bytes:
    """Return a PNG whose longer side has at most ``size_px`` pixels.

    Each channel is stretched from its 1st to its 99.8th percentile. Raises
    :class:`~fair_imagic.errors.UnreadableFileError`.
    """
    array = file.pixels(index, least_px=size_px)
    images = file.content.images
    image = next((image for image in images if image.index == index), None)
    return _png(composite(array, image, size_px=size_px), size_px)


def composite(
    array: NDArray[Any], image: RawImage | None, *, size_px: int = 256
) -> NDArray[Any]:
    """Return a TCZYX array as one RGB picture of about twice the wanted size.

    The middle time point is taken, and the maximum over z.
    """
    import numpy as np

    stack = array[array.shape[0] // 2]
    step = max(1, max(stack.shape[-2:]) // (2 * size_px))
    stack = stack[..., ::step, ::step]
    if stack.shape[0] == 1 and stack.shape[1] == 1 and looks_like_labels(stack[0, 0]):
        return label_colours(stack[0, 0])
    planes = stack.max(axis=1)
    if np.iscomplexobj(planes):
        planes = np.abs(planes)
    picture = np.zeros((*planes.shape[-2:], 3), dtype=np.float32)
    if _is_colour(image, planes):
        return np.ascontiguousarray(np.moveaxis(planes[:3], 0, -1))
    if planes.shape[0] > _MOST_COLOURS:
        planes = planes.max(axis=0, keepdims=True)  # a spectrum: as one grey picture
    colours = channel_colours(image, planes.shape[0])
    for plane, colour in zip(planes, colours, strict=True):
        tint = np.asarray(colour, dtype=np.float32)
        picture += _stretched(plane)[..., None] * tint
    return (np.clip(picture, 0, 1) * 255).astype(np.uint8)


def _is_colour(image: RawImage | None, planes: NDArray[Any]) -> bool:
    if image is None or planes.shape[0] not in (3, 4) or planes.dtype != "uint8":
        return False
    names = [image.first(f"Image/Pixels/Channel[{n}]/Name") for n in range(3)]
    samples = image.first("Image/Pixels/Channel[0]/SamplesPerPixel")
    red_green_blue = [name.value for name in names if name] == ["Red", "Green", "Blue"]
    return red_green_blue or (samples is not None and samples.value in ("3", "4"))


def _stretched(plane: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    values = np.nan_to_num(plane.astype(np.float32))
    low, high = np.percentile(values, (_LOW_PERCENT, _HIGH_PERCENT))
    if high <= low:
        low, high = float(values.min()), float(values.max())
    if high <= low:
        return np.zeros_like(values)
    return np.asarray(np.clip((values - low) / (high - low), 0, 1))


def looks_like_labels(plane: NDArray[Any]) -> bool:
    """Return whether a plane is a label mask: whole numbers in flat patches."""
    import numpy as np

    if plane.dtype.kind not in "iub" or min(plane.shape) < 2:
        return False
    inside = plane[:, 1:] != 0
    count = int(inside.sum())
    numbers = np.unique(plane).size
    if not count or numbers < 2 or numbers > plane.size // 16:
        return False
    equal = (plane[:, 1:] == plane[:, :-1]) & inside
    return float(equal.sum()) / count >= _EQUAL_NEIGHBOURS


def _png(picture: NDArray[Any], size_px: int) -> bytes:
    from PIL import Image

    image = Image.fromarray(picture)
    image.thumbnail((size_px, size_px))
    stream = io.BytesIO()
    image.save(stream, format="PNG")
    return stream.getvalue()
