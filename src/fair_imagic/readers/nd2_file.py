"""Reader of Nikon ND2, with the nd2 library."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.readers.base import (
    Claim,
    RawFileset,
    RawImage,
    limited,
    reading,
    stem_of,
)
from fair_imagic.readers.nd2_facts import document_facts, image_facts

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["READER", "Nd2Reader"]

_MAGIC = b"\xda\xce\xbe\x0a"
_LEGACY_MAGIC = b"\x00\x00\x00\x0cjP  "


class Nd2Reader:
    """Nikon ND2; each stage position is an image."""

    token = "nd2_file"  # noqa: S105 - a name, no secret
    label = "Nikon ND2"
    extensions = (".nd2",)

    def claim(self, path: Path, head: bytes) -> Claim | None:
        """Claim a file with the mark of ND2 (or of its JPEG 2000 predecessor)."""
        if head[:4] == _MAGIC:
            return Claim(10, _("it starts with the mark of Nikon ND2"))
        if head[:8] == _LEGACY_MAGIC:
            return Claim(5, _("it starts as JPEG 2000, as old ND2 files do"))
        return None

    def companions(self, path: Path) -> tuple[Path, ...]:
        """Return nothing: an ND2 file stands alone."""
        return ()

    def read(self, path: Path) -> RawFileset:
        """Return what the metadata say."""
        import nd2

        problems: list[str] = []
        with reading(path, self.label), nd2.ND2File(path) as document:
            stem = stem_of(path)
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
        return RawFileset((path,), self.token, images, facts, tuple(problems))

    def pixels(self, path: Path, index: int, *, least_px: int = 0) -> NDArray[Any]:
        """Return the image of one stage position with axes TCZYX."""
        import nd2

        from fair_imagic.readers.tiff_pixels import ordered, standard_axes

        with reading(path, self.label), nd2.ND2File(path) as document:
            axes = list(document.sizes)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)
                array = document.asarray()
            if "P" in axes:
                array = array.take(index, axis=axes.index("P"))
                axes.remove("P")
            elif index != 0:
                raise InputError(
                    _("There is no image {index} in this file").format(index=index),
                    where=str(path),
                )
            return ordered(array, standard_axes("".join(axes)))


READER = Nd2Reader()
