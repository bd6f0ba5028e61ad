"""Which planes of a long series are enough for a small picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["LARGE_BYTES", "OTHER_AXIS", "few", "fewer_planes", "kept_planes"]

#: An axis beside the five (tiles, phases, views): of it the first part is taken.
OTHER_AXIS = "?"

# Below this size a whole image is read: selecting planes would cost more.
LARGE_BYTES = 64 * 1024 * 1024
_MOST_SECTIONS = 8


def few(numbers: Sequence[int], *, axis: str) -> list[int]:
    """Return the middle time point, or up to eight sections spread over z.

    Of an axis beside the five the first one is returned.
    """
    if axis == OTHER_AXIS:
        return list(numbers[:1])
    if axis == "T":
        return [numbers[len(numbers) // 2]] if numbers else []
    if axis != "Z" or len(numbers) <= _MOST_SECTIONS:
        return list(numbers)
    last = len(numbers) - 1
    steps = _MOST_SECTIONS - 1
    return [numbers[(last * step) // steps] for step in range(_MOST_SECTIONS)]


def kept_planes(shape: Sequence[int], axes: Sequence[str]) -> list[list[int]]:
    """Return the indices to keep along each axis (T, C, Z, Y, X)."""
    return [
        few(range(length), axis=axis) for length, axis in zip(shape, axes, strict=True)
    ]


def fewer_planes(array: NDArray[Any], axes: Sequence[str]) -> NDArray[Any]:
    """Return a copy with the planes to keep; a memory-mapped rest is never read."""
    import numpy as np

    for number, kept in enumerate(kept_planes(array.shape, axes)):
        if len(kept) < array.shape[number]:
            first, last = kept[0], kept[-1]
            step = max(1, (last - first) // max(len(kept) - 1, 1))
            window = [slice(None)] * array.ndim
            window[number] = slice(first, last + 1, step)
            array = array[tuple(window)]
    return np.array(array)
