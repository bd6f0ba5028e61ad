"""What an OME-XML document says of its TIFF file, and what the file is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.readers.flaw import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.readers.base import RawImage

__all__ = ["TYPES", "page_flaws"]

#: Names that OME has for kinds of numbers, by those of numpy.
TYPES = {
    "float32": "float",
    "float64": "double",
    "bool": "bit",
    "complex64": "complex",
    "complex128": "double-complex",
}
_PIXELS = "Image/Pixels"


def page_flaws(tiff: Any, images: tuple[RawImage, ...]) -> Iterator[Flaw]:
    """Yield where sizes, kind of number or count of planes are not those of the TIFF.

    All planes are in this one file. A file may hold more pages than are described
    (levels of a pyramid, a picture of the slide): fewer cannot be.
    """
    planes = [_planes(image) for image in images]
    if None in planes or not images:
        return
    pages, described = len(tiff.pages), sum(one or 0 for one in planes)
    if described > pages:
        told = " + ".join(map(_shape, images))
        value = f"{told} = {described} / TIFF {pages}"
        yield Flaw("contradiction", value, "/OME/Image/Pixels")
    page = tiff.pages.first
    shown = (("SizeX", page.imagewidth), ("SizeY", page.imagelength))
    for name, length in shown:
        told = _text(images[0], name)
        if told.isdecimal() and int(told) != length:
            place = f"/OME/Image[1]/Pixels/@{name}"
            yield Flaw("contradiction", f"{name} {told} / TIFF {length}", place)
    kind = TYPES.get(str(page.dtype), str(page.dtype))
    told = _text(images[0], "Type")
    # Bits are kept as bytes by many programs.
    if page.dtype is not None and told not in ("", kind, "bit"):
        place = "/OME/Image[1]/Pixels/@Type"
        yield Flaw("contradiction", f"Type {told} / TIFF {kind}", place)


def _planes(image: RawImage) -> int | None:
    """Return how many planes the document says an image has, None if unsure."""
    sizes = [_text(image, f"Size{axis}") for axis in "ZCT"]
    samples = _text(image, "Channel[0]/SamplesPerPixel") or "1"
    if not all(map(str.isdecimal, (*sizes, samples))) or int(samples) < 1:
        return None
    depth, channels, times = map(int, sizes)
    return depth * times * max(1, channels // int(samples))


def _shape(image: RawImage) -> str:
    return " x ".join(f"Size{axis} {_text(image, f'Size{axis}')}" for axis in "ZCT")


def _text(image: RawImage, name: str) -> str:
    item = image.first(f"{_PIXELS}/{name}")
    return item.value.strip() if item is not None else ""
