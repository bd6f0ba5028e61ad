"""Sizes along the axes of an image, told so that no axis passes for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.number import decimal_of
from fair_imagic.entry.thing import answer_words
from fair_imagic.i18n import _
from fair_imagic.publish.study import said, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.model import Image

__all__ = ["dimension_words", "pixel_size_words"]


def pixel_size_words(image: Image, size_of: Callable[[str], str], *, by: str) -> str:
    """Return ``0.1 × 0.1 µm, z step 0.3 µm``, or nothing where nothing is recorded.

    An axis without a size says so. ``size_of`` returns a field of the image with its
    unit, ``by`` is the sign between two sides. In the language in use.
    """
    sizes = (image.physical_size_x, image.physical_size_y, image.physical_size_z)
    x, y, z = map(_possible, sizes)
    if not (x or y or z):
        return ""
    text = _sides((x, y), (size_of("physical_size_x"), size_of("physical_size_y")), by)
    if whole(image.size_z) > 1 or said(z):
        step = size_of("physical_size_z") if said(z) else _why(z)
        text += ", " + _("z step {size}").format(size=step)
    return text


def _possible(size: str | None) -> str | None:
    """Return a size, or nothing for zero and less: programs write it for "unknown"."""
    number = decimal_of(said(size))
    return None if number is not None and number <= 0 else size


def dimension_words(image: Image, *, by: str) -> str:
    """Return ``512 × 512 px``, or nothing where nothing is recorded."""
    sides = (image.size_x, image.size_y)
    possible = tuple(map(_possible, sides))
    texts = tuple(f"{said(one)}\N{NO-BREAK SPACE}px" for one in possible)
    return _sides(possible, texts, by) if any(possible) else ""


def _sides(values: tuple[str | None, ...], texts: tuple[str, ...], by: str) -> str:
    """Return two sides as one size; where one is not known, each with its axis."""
    units = {text.rsplit(maxsplit=1)[-1] for text in texts if text}
    if all(map(said, values)) and len(units) == 1:
        numbers = (text.rsplit(maxsplit=1)[0] for text in texts[:-1])
        return by.join((*numbers, texts[-1]))
    named = zip("XY", values, texts, strict=True)
    return ", ".join(
        f"{axis} {text if said(v) else _why(v)}" for axis, v, text in named
    )


def _why(value: str | None) -> str:
    return (answer_words(value) if value else None) or _("not recorded")
