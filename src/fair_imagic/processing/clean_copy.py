"""Cleaned copies: the pixels of a file in a new OME-TIFF that says nothing else.

Only what is named here goes along (title, pixel sizes, channel names): what a vendor's
file hides in a corner that no reader knows cannot slip through.
"""

from __future__ import annotations

import math
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import ExternalToolError, InputError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fair_imagic.processing.base import InputImage
    from fair_imagic.readers import ImageFile, RawImage

__all__ = ["CleanImage", "write_clean_copy"]

_MOST_BYTES = 8 * 1024**3
# Bytes per pixel of OME's pixel types; 2 for all others.
_WIDTHS = {"bit": 1, "int8": 1, "uint8": 1, "int32": 4, "uint32": 4, "float": 4,
           "double": 8, "complex": 8, "double-complex": 16}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CleanImage:
    """One image to copy, under which title and with which channel names."""

    source: InputImage
    title: str
    channels: tuple[str, ...] = ()


def write_clean_copy(path: Path, images: Sequence[CleanImage]) -> None:
    """Write images of one file into a new OME-TIFF, and compare it with the file.

    Raises :class:`~fair_imagic.errors.InputError` for images that are too large to
    be copied in memory, and ExternalToolError where the copy is not what it should be;
    then no file is left.
    """
    import tifffile

    from fair_imagic.readers import ImageFile

    part = path.with_name(f"{path.name}.part")
    try:
        with ImageFile(images[0].source.path) as source:
            _refuse_too_large(source, images)
            with tifffile.TiffWriter(part, ome=True, bigtiff=True) as writer:
                for image in images:
                    writer.write(
                        source.pixels(image.source.series_index),
                        photometric="minisblack",
                        compression="zlib",
                        software=False,
                        metadata=_metadata(image),
                    )
            _compare(part, source, images)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def _refuse_too_large(source: ImageFile, images: Sequence[CleanImage]) -> None:
    raws = {one.index: one for one in source.content.images}
    for image in images:
        _refuse_large(raws[image.source.series_index], image)


def _refuse_large(raw: RawImage, image: CleanImage) -> None:
    sizes = [raw.first(f"Image/Pixels/Size{axis}") for axis in "XYZCT"]
    kind = raw.first("Image/Pixels/Type")
    width = _WIDTHS.get(kind.value if kind is not None else "", 2)
    count = math.prod(int(fact.value) for fact in sizes if fact is not None)
    if width * count > _MOST_BYTES:
        raise InputError(
            _("The image is too large to be copied in one go"),
            where=str(image.source.path),
            expected=_("at most {count} GB").format(count=_MOST_BYTES // 1024**3),
            hint=_("Cut it to the part that is published, and import that part."),
        )


def _metadata(image: CleanImage) -> dict[str, object]:
    source = image.source
    found: dict[str, object] = {
        "axes": "TCZYX",
        "Name": image.title,
        # The writer would draw a random one: the same file gives the same copy.
        "UUID": str(uuid.UUID(source.sha256[:32])),
    }
    if image.channels:
        found["Channel"] = {"Name": list(image.channels)}
    sizes = (source.pixel_size_x_um, source.pixel_size_y_um, source.pixel_size_z_um)
    for axis, size in zip("XYZ", sizes, strict=True):
        if size is not None:
            found[f"PhysicalSize{axis}"] = size
            found[f"PhysicalSize{axis}Unit"] = "µm"
    return found


def _compare(path: Path, source: ImageFile, images: Sequence[CleanImage]) -> None:
    """Raise ExternalToolError unless all pixels are there and nothing leaks."""
    import numpy as np

    from fair_imagic.readers import ImageFile

    with ImageFile(path) as copy:
        leaks = copy.content.leaks
        same = all(
            np.array_equal(
                copy.pixels(number), source.pixels(image.source.series_index)
            )
            for number, image in enumerate(images)
        )
    if leaks or not same:
        raise ExternalToolError(
            _("The cleaned copy is not what it should be; it was not kept"),
            where=str(images[0].source.path),
            expected=_("the same pixels, and nothing about people or equipment"),
            found="; ".join(leak.value for leak in leaks) or _("other pixels"),
        )
