"""Reader of Nikon ND2, with the nd2 library."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import InputError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both
from fair_imagic.readers.base import (
    Claim,
    RawFileset,
    RawImage,
    limited,
    reading,
    stem_of,
)
from fair_imagic.readers.nd2_facts import document_facts, image_facts
from fair_imagic.readers.planes import few
from fair_imagic.readers.quantities import told_apart

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from fair_imagic.readers.opened import OpenedFile

__all__ = ["READER", "Nd2Reader"]

_MAGIC = b"\xda\xce\xbe\x0a"
_LEGACY_MAGIC = b"\x00\x00\x00\x0cjP  "


class Nd2Reader:
    """Nikon ND2; each stage position is an image."""

    token = "nd2_file"  # noqa: S105 - a name, no secret
    label = "Nikon ND2"
    extensions = (".nd2",)
    gaps = (
        Gap(
            "stage-positions",
            both(
                "What differs from one stage position to the next (place, time) is not "
                "read: all images of a file get the same values."
            ),
        ),
        Gap(
            "single-planes",
            both("Time and stage position of single planes are not read."),
        ),
    )

    def claim(self, file: OpenedFile) -> Claim:
        """Claim a file with the mark of ND2 (or of its JPEG 2000 predecessor)."""
        if file.head[:4] == _MAGIC:
            return Claim(10, _("it starts with the mark of Nikon ND2"))
        if file.head[:8] == _LEGACY_MAGIC:
            return Claim(5, _("it starts as JPEG 2000, as old ND2 files do"))
        return Claim(0, _("it does not start with the mark of Nikon ND2"))

    def companions(self, file: OpenedFile) -> tuple[Path, ...]:
        """Return nothing: an ND2 file stands alone."""
        return ()

    def read(self, file: OpenedFile) -> RawFileset:
        """Return what the metadata say."""
        problems: list[str] = []
        with reading(file.path, self.label):
            document = _document(file)
            stem = stem_of(file.path)
            positions = document.sizes.get("P", 1)
            images = tuple(
                RawImage(
                    index,
                    stem if positions == 1 else f"{stem} {index + 1}",
                    limited(image_facts(document, index), problems),
                )
                for index in range(positions)
            )
            facts = limited(document_facts(document), problems)
        images, aside = told_apart(images, zeros=True)
        problems += [flaw.sentence for flaw in aside]
        told = tuple(problems)
        return RawFileset((file.path,), self.token, images, facts, told, aside)

    def pixels(
        self, file: OpenedFile, index: int, *, least_px: int = 0
    ) -> NDArray[Any]:
        """Return the image of one stage position with axes TCZYX."""
        with reading(file.path, self.label):
            document = _document(file)
            positions = document.sizes.get("P", 1)
            if not 0 <= index < positions:
                raise InputError(
                    _("There is no image {index} in this file").format(index=index),
                    where=str(file.path),
                )
            return _position(document, index, least_px)


def _document(file: OpenedFile) -> Any:
    import nd2

    handle: Any = file.rewound()  # the library's type of a handle is narrower
    return file.entered("nd2", lambda: nd2.ND2File(handle))


def _position(document: Any, index: int, least_px: int) -> NDArray[Any]:
    """Return one stage position, frame by frame: the file may be larger than memory."""
    import numpy as np

    from fair_imagic.readers.tiff_pixels import ordered, standard_axes

    sizes = dict(document.sizes)
    frame_axes = [axis for axis in sizes if axis in "CYXS"]
    loops = [axis for axis in sizes if axis not in ("P", *frame_axes)]
    frames: dict[tuple[int, ...], int] = {}
    for number, place in enumerate(document.loop_indices or ({},)):
        if place.get("P", 0) == index:
            frames[tuple(place.get(axis, 0) for axis in loops)] = number
    kept = [list(range(sizes[axis])) for axis in loops]
    if least_px:
        kept = [few(k, axis=axis) for k, axis in zip(kept, loops, strict=True)]
    blank = np.zeros([sizes[axis] for axis in frame_axes], document.dtype)
    stack = [
        document.read_frame(frames[place]) if place in frames else blank
        for place in itertools.product(*kept)
    ]
    shape = [len(numbers) for numbers in kept]
    array = np.stack(stack).reshape(*shape, *blank.shape)
    return ordered(array, standard_axes("".join((*loops, *frame_axes))))


READER = Nd2Reader()
