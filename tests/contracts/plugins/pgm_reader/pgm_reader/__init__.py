"""A reader of somebody else: grey maps (PGM) with a text file beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fair_imagic.gaps import Gap
from fair_imagic.readers import Claim, RawFact, RawFileset, RawImage

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from fair_imagic.readers import OpenedFile


class PgmReader:
    """Grey maps of one byte a pixel; ``NAME.pgm.txt`` says the pixel size in µm."""

    token = "pgm"
    label = "PGM"
    extensions = (".pgm",)
    gaps = (
        Gap(
            "two-bytes",
            {
                "en": "Grey maps of two bytes a pixel are not read.",
                "fr": "Les images à deux octets par pixel ne sont pas lues.",
            },
        ),
    )

    def claim(self, file: OpenedFile) -> Claim:
        if file.head[:3] != b"P5\n":
            return Claim(0, "it does not start with P5")
        return Claim(10, "it starts with P5")

    def companions(self, file: OpenedFile) -> tuple[Path, ...]:
        beside = file.path.with_name(f"{file.path.name}.txt")
        return (beside,) if beside.is_file() else ()

    def read(self, file: OpenedFile) -> RawFileset:
        width, height, _start = _header(file)
        facts = [
            RawFact("Image/Pixels/SizeX", str(width), None, "header"),
            RawFact("Image/Pixels/SizeY", str(height), None, "header"),
        ]
        beside = self.companions(file)
        for path in beside:
            size = file.member(path).rewound().read().decode().strip()
            key = "Image/Pixels/PhysicalSizeX"
            facts.append(RawFact(key, size, "µm", f"{path.name}, line 1"))
        image = RawImage(0, file.path.stem, tuple(facts))
        return RawFileset((file.path, *beside), self.token, (image,))

    def pixels(
        self, file: OpenedFile, index: int, *, least_px: int = 0
    ) -> NDArray[Any]:
        width, height, start = _header(file)
        file.handle.seek(start)
        data = file.handle.read(width * height)
        return np.frombuffer(data, np.uint8).reshape(1, 1, 1, height, width)


def _header(file: OpenedFile) -> tuple[int, int, int]:
    _mark, sizes, most, _rest = file.head.split(b"\n", 3)
    width, height = map(int, sizes.split())
    if int(most) > 255:
        from fair_imagic.errors import UnreadableFileError

        raise UnreadableFileError(file.path, "it has two bytes a pixel")
    return width, height, len(sizes) + len(most) + 5


READER = PgmReader()
