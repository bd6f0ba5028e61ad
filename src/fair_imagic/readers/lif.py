"""Reader of Leica LIF: the XML header is read here, pixels come by liffile."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import InputError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both
from fair_imagic.rdf import parse_xml
from fair_imagic.readers.base import (
    Claim,
    RawFileset,
    RawImage,
    fact,
    limited,
    reading,
)
from fair_imagic.readers.flaw import Flaw, few
from fair_imagic.readers.leak import leaks_of_xml
from fair_imagic.readers.lif_facts import axis_of, image_facts
from fair_imagic.readers.planes import LARGE_BYTES, OTHER_AXIS, fewer_planes
from fair_imagic.readers.quantities import told_apart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from fair_imagic.readers.opened import OpenedFile

__all__ = ["READER", "LifReader"]

_MAX_HEADER_BYTES = 1024 * 1024 * 1024
_START = struct.Struct("<IIBI")


class LifReader:
    """Leica image file, with one or many images."""

    token = "lif"  # noqa: S105 - a name, no secret
    label = "Leica LIF"
    extensions = (".lif",)
    gaps = (
        Gap(
            "sequential-scans",
            both(
                "Of images whose channels were scanned one after the other, only the "
                "settings of the first scan are read."
            ),
        ),
        Gap(
            "other-axes",
            both(
                "Of axes beside width, height, depth, channel and time (tiles, phases, "
                "angles) only the first part is shown and processed; it is told."
            ),
        ),
        Gap(
            "frame-times",
            both("Of the times of all frames, only the first one is read."),
        ),
        Gap(
            "project-folders",
            both("Projects kept as a folder (XLEF with LOF files) are not read."),
        ),
    )

    def claim(self, file: OpenedFile) -> Claim:
        """Claim a file that starts with Leica's two marks."""
        start = file.head[: _START.size].ljust(_START.size, b"\0")
        mark, _size, test, _length = _START.unpack(start)
        # A LOF file has the same marks, and a name where the XML should start.
        if (mark, test) != (0x70, 0x2A) or b"<\0L\0M\0S\0" not in file.head[:256]:
            return Claim(0, _("it does not start with the marks of Leica LIF"))
        return Claim(10, _("it starts with the marks of Leica LIF"))

    def companions(self, file: OpenedFile) -> tuple[Path, ...]:
        """Return nothing: a LIF file stands alone."""
        return ()

    def read(self, file: OpenedFile) -> RawFileset:
        """Return what the XML header says."""
        problems: list[str] = []
        with reading(file.path, self.label):
            root = _header(file)
            images = tuple(
                RawImage(
                    index,
                    name,
                    limited(image_facts(element.find(_IMAGE), name, place), problems),
                )
                for index, (element, name, place) in enumerate(_images(root))
            )
        if not images:
            problems.append(_("The file holds no image"))
        images, aside = told_apart(images, zeros=True)
        flaws = (*aside, *few(_other_axes(root)))
        problems += [flaw.sentence for flaw in flaws]
        version = fact(
            "leica:Version", root.get("Version", ""), "/LMSDataContainerHeader/@Version"
        )
        return RawFileset(
            paths=(file.path,),
            reader=self.token,
            images=images,
            facts=(version,),
            problems=tuple(problems),
            flaws=flaws,
            leaks=tuple(leaks_of_xml(root)),
        )

    def pixels(
        self, file: OpenedFile, index: int, *, least_px: int = 0
    ) -> NDArray[Any]:
        """Return an image with axes TCZYX; wavelength steps count as channels."""
        from fair_imagic.readers.tiff_pixels import ordered

        with reading(file.path, self.label):
            import liffile

            lif = file.entered("liffile", lambda: liffile.LifFile(file.rewound()))
            elements = [one for one, _name, _place in _images(lif.xml_element)]
            if not 0 <= index < len(elements):
                raise InputError(
                    _("There is no image {index} in this file").format(index=index),
                    where=str(file.path),
                )
            # The library's own list has one image a name.
            image = liffile.LifImage(lif, elements[index], str(index))
            axes = [_AXES.get(axis, OTHER_AXIS) for axis in image.dims]
            if least_px and image.nbytes > LARGE_BYTES:
                mapped = image.asarray(out="memmap")
                return ordered(fewer_planes(mapped, axes), axes)
            return ordered(image.asarray(), axes)


# The two wavelength axes (emission, excitation) and colour samples are channels.
_TILES = "10"
_IMAGE = "Data/Image"
_AXES = {axis: axis for axis in "TCZYX"} | {"λ": "C", "Λ": "C", "S": "C"}


def _header(file: OpenedFile) -> Any:
    stream = file.rewound()
    _mark, length, _test, characters = _START.unpack(stream.read(_START.size))
    if characters * 2 > min(file.size, _MAX_HEADER_BYTES) or length < characters * 2:
        raise EOFError(_("its header is cut short"))
    data = stream.read(characters * 2)
    _refuse_missing_blocks(file, _START.size + characters * 2)
    return parse_xml(data.decode("utf-16-le").encode(), where=str(file.path))


def _refuse_missing_blocks(file: OpenedFile, position: int) -> None:
    """Raise where a block of pixels says that it ends after the end of the file."""
    while position < file.size:
        file.handle.seek(position)
        head = file.handle.read(62)
        mark, _length, test = struct.unpack_from("<IIB", head)
        if (mark, test) != (0x70, 0x2A):
            raise ValueError(
                _("no block starts at byte {position}").format(position=position)
            )
        (count,) = struct.unpack_from("<Q", head, 9)
        (characters,) = struct.unpack_from("<I", head, 18)
        position += 22 + characters * 2 + count
    if position != file.size:
        raise EOFError(
            _("pixels should end at byte {end}, the file has {size}").format(
                end=position, size=file.size
            )
        )


def _other_axes(root: Any) -> Iterator[Flaw]:
    """Yield the axes beside the five, such as the tiles of a mosaic."""
    for element, name, place in _images(root):
        image = element.find(_IMAGE)
        for axis in image.iterfind("ImageDescription/Dimensions/DimensionDescription"):
            count = int(axis.get("NumberOfElements"))
            if axis_of(axis) is None and count > 1:
                kind = "tiles" if axis.get("DimID") == _TILES else "axis"
                where = f"{place}/ImageDescription/Dimensions"
                yield Flaw("other_axis", f"{name}: {kind} {count}", where)


def _images(root: Any) -> Iterator[tuple[Any, str, str]]:
    """Yield the elements with an image in file order, with name and place."""
    for element in root.iter("Element"):
        if element.find(_IMAGE) is not None:
            name = element.get("Name", "")
            yield element, name, f"//Element[@Name='{name}']/{_IMAGE}"


READER = LifReader()
