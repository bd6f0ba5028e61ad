"""Colours of channels and labels for display."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fair_imagic.readers.base import RawImage

__all__ = ["channel_colours", "colour_of_text", "label_colours"]

Colour = tuple[float, float, float]

# Green and magenta first: the pair that people with colour blindness tell apart.
_CYCLE: tuple[Colour, ...] = (
    (0.0, 1.0, 0.0),
    (1.0, 0.0, 1.0),
    (0.0, 0.7, 1.0),
    (1.0, 0.8, 0.0),
    (1.0, 0.2, 0.2),
    (0.6, 0.6, 1.0),
)
_GREY: Colour = (1.0, 1.0, 1.0)
_HEX = re.compile(r"#(?P<alpha>[0-9A-Fa-f]{2})?(?P<rgb>[0-9A-Fa-f]{6})\Z")


def colour_of_text(text: str) -> str | None:
    """Return ``#RRGGBB`` for Zeiss's ``#AARRGGBB`` or OME's signed RGBA number."""
    match = _HEX.match(text)
    if match is not None:
        return f"#{match['rgb'].upper()}"
    if re.fullmatch(r"-?\d{1,11}", text):
        return f"#{(int(text) & 0xFFFFFFFF) >> 8:06X}"
    return None


def channel_colours(image: RawImage | None, count: int) -> list[Colour]:
    """Return a colour per channel: the file's, else one from a fixed series.

    A single channel is grey; colours that are black or all the same are ignored.
    """
    if count == 1:
        return [_GREY]
    cycle = [_CYCLE[number % len(_CYCLE)] for number in range(count)]
    told = [_told(image, number) for number in range(count)]
    known = [colour for colour in told if colour is not None]
    if len(known) < count or len(set(known)) < count or (0.0, 0.0, 0.0) in known:
        return cycle
    return known


def _told(image: RawImage | None, number: int) -> Colour | None:
    found = image.first(f"Image/Pixels/Channel[{number}]/Color") if image else None
    text = colour_of_text(found.value) if found else None
    if text is None:
        return None
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (red, green, blue)


def label_colours(labels: NDArray[Any]) -> NDArray[Any]:
    """Return labels as RGB: 0 black, each other number its own bright colour."""
    import numpy as np

    numbers, inverse = np.unique(labels, return_inverse=True)
    # The golden angle keeps neighbouring numbers apart in hue.
    hues = (np.abs(numbers.astype(np.int64)) * 0.61803398875) % 1.0
    sector = hues[:, None] * 6 + np.array([5.0, 3.0, 1.0])
    ramp = np.abs(sector % 6 - 3) - 1
    colours = (np.clip(ramp, 0.15, 1) * 255).astype(np.uint8)
    colours[numbers == 0] = 0
    return np.asarray(colours[inverse.reshape(labels.shape)])
