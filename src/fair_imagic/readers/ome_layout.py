"""Which plane of an OME image lies where, for images in several files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Block", "Layout", "layouts_of"]


@dataclass(frozen=True, slots=True)
class Block:
    """Planes that follow each other in one file, as a ``TiffData`` element says.

    ``file`` is the name of the file, None for the one that holds the document;
    ``count`` is None where all planes of the file are meant.
    """

    file: str | None
    page: int
    count: int | None
    first: dict[str, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """The planes of one image: sizes, the order of the axes (fastest first), blocks.

    ``samples`` is the number of colours that one plane holds. ``flaw`` says, instead
    of all that, what in the document is no number.
    """

    sizes: dict[str, int]
    order: str
    samples: int
    blocks: tuple[Block, ...]
    flaw: str = ""


def layouts_of(root: Any) -> tuple[Layout, ...]:
    """Return the layout of each image of a document, in its order."""
    names = {
        (uuid.text or "").strip(): uuid.get("FileName")
        for uuid in root.iter("{*}UUID")
        if uuid.get("FileName")
    }
    own = root.get("UUID")
    return tuple(_layout(image, own, names) for image in root.iterchildren("{*}Image"))


def _layout(image: Any, own: str | None, names: dict[str, str]) -> Layout:
    pixels = next(image.iterchildren("{*}Pixels"), None)
    if pixels is None:
        return Layout({}, "", 1, (), flaw="Pixels")
    channel = next(pixels.iterchildren("{*}Channel"), None)
    samples = channel.get("SamplesPerPixel") if channel is not None else None
    try:
        return Layout(
            sizes={axis: int(pixels.get(f"Size{axis}", "1")) for axis in "ZCT"},
            order=pixels.get("DimensionOrder", "XYZCT")[2:],
            samples=int(samples or 1),
            blocks=tuple(
                _block(element, own, names)
                for element in pixels.iterchildren("{*}TiffData")
            ),
        )
    except ValueError as error:
        return Layout({}, "", 1, (), flaw=str(error))


def _block(element: Any, own: str | None, names: dict[str, str]) -> Block:
    uuid = next(element.iterchildren("{*}UUID"), None)
    text = (uuid.text or "").strip() if uuid is not None else own
    # A renamed file still names its old self: the identifier tells. An identifier
    # alone, without a name anywhere, can only mean this file.
    file = None if text == own else names.get(text or "")
    told = element.get("PlaneCount") or element.get("NumPlanes")
    alone = 1 if element.get("IFD") is not None else None
    return Block(
        file=file,
        page=int(element.get("IFD") or 0),
        count=int(told) if told else alone,
        first={axis: int(element.get(f"First{axis}") or 0) for axis in "ZCT"},
    )
