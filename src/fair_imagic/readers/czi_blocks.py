"""The parts of a CZI file that hold no pixels: header, XML, list of blocks."""

from __future__ import annotations

import functools
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from fair_imagic.i18n import _
from fair_imagic.rdf import parse_xml

if TYPE_CHECKING:
    from fair_imagic.readers.opened import OpenedFile

__all__ = ["PIXEL_TYPES", "Box", "CziFile", "czi_of"]

# Numbers of pixel types, from the format's description (DirectoryEntryDV).
PIXEL_TYPES = {
    0: ("uint8", 1),
    1: ("uint16", 1),
    2: ("float", 1),
    3: ("uint8", 3),
    4: ("uint16", 3),
    8: ("float", 3),
    9: ("uint8", 4),
    10: ("complex", 1),
    11: ("complex", 3),
    12: ("uint32", 1),
    13: ("double", 1),
}
_Spans = dict[str, tuple[int, int]]
_MAX_XML_BYTES = 512 * 1024 * 1024
_MAX_BLOCKS = 5_000_000
_MAX_ATTACHMENTS = 100_000
_HEADER = 32
_DIMENSION = struct.Struct("<4siifi")
_ENTRY = struct.Struct("<2siqiiB5xi")
_ATTACHMENT = struct.Struct("<2s10xqi16s8s80s")


@dataclass(frozen=True, slots=True)
class Box:
    """What the full-resolution blocks cover: start and end per dimension letter."""

    spans: dict[str, tuple[int, int]]

    def start(self, dimension: str) -> int:
        """Return where the blocks start; Zeiss origins may be negative."""
        return self.spans.get(dimension, (0, 1))[0]

    def size(self, dimension: str) -> int:
        """Return how many pixels, planes or time points there are."""
        start, end = self.spans.get(dimension, (0, 1))
        return end - start

    def range(self, dimension: str) -> range:
        """Return the numbers from start to end."""
        return range(*self.spans.get(dimension, (0, 1)))


@dataclass(frozen=True)
class CziFile:
    """The XML of a CZI file, where its blocks lie, and the names of attachments."""

    xml: Any
    pixel_type: int
    blocks: tuple[dict[str, tuple[int, int]], ...]
    attachments: tuple[str, ...] = ()

    @functools.cached_property
    def scenes(self) -> tuple[int | None, ...]:
        """The scene numbers, or one None where the file has no scenes."""
        found = {block["S"][0] for block in self.blocks if "S" in block}
        return tuple(sorted(found)) or (None,)

    def box(self, scene: int | None) -> Box:
        """Return what the blocks of one scene (or of all) cover together."""
        return self._boxes[scene]

    @functools.cached_property
    def _boxes(self) -> dict[int | None, Box]:
        """All boxes from one look at the blocks: there may be hundreds of scenes."""
        spans: dict[int | None, _Spans] = {scene: {} for scene in (None, *self.scenes)}
        for block in self.blocks:
            scenes = [block["S"][0]] if "S" in block else self.scenes
            for scene in {None, *scenes}:
                _widen(spans[scene], block)
        return {scene: Box(covered) for scene, covered in spans.items()}


def _widen(spans: _Spans, block: _Spans) -> None:
    for name, (start, end) in block.items():
        low, high = spans.get(name, (start, end))
        spans[name] = (min(low, start), max(high, end))


def czi_of(file: OpenedFile) -> CziFile:
    """Return the parts of a CZI file that hold no pixels, read once."""
    return file.once("czi", lambda: _read(file.rewound(), str(file.path)))


def _read(stream: BinaryIO, where: str) -> CziFile:
    header = stream.read(_HEADER + 80)
    directory, metadata, _pending, attached = struct.unpack_from(
        "<qqiq", header, _HEADER + 52
    )
    xml = _xml(stream, metadata, where)
    blocks, pixel_type = _directory(stream, directory)
    names = _attachments(stream, attached) if attached > 0 else ()
    return CziFile(xml, pixel_type, blocks, names)


def _segment(stream: BinaryIO, position: int, name: bytes, length: int) -> bytes:
    stream.seek(position)
    head = stream.read(_HEADER)
    if position <= 0 or head[:16].rstrip(b"\0") != name:
        raise ValueError(
            _("{name} is not at byte {position}").format(
                name=name.decode(), position=position
            )
        )
    return stream.read(length)


def _xml(stream: BinaryIO, position: int, where: str) -> Any:
    (size,) = struct.unpack_from(
        "<i", _segment(stream, position, b"ZISRAWMETADATA", 256)
    )
    if not 0 < size <= _MAX_XML_BYTES:
        raise ValueError(_("its XML says it has {size} bytes").format(size=size))
    data = stream.read(size)
    if len(data) < size:
        raise EOFError(_("its XML is cut short"))
    return parse_xml(data, where=where)


def _directory(
    stream: BinaryIO, position: int
) -> tuple[tuple[dict[str, tuple[int, int]], ...], int]:
    (count,) = struct.unpack_from(
        "<i", _segment(stream, position, b"ZISRAWDIRECTORY", 128)
    )
    if not 0 < count <= _MAX_BLOCKS:
        raise ValueError(_("it lists {count} blocks").format(count=count))
    blocks = []
    pixel_type = -1
    for _number in range(count):
        schema, kind, _at, _part, _how, pyramid, dimensions = _ENTRY.unpack(
            stream.read(_ENTRY.size)
        )
        if schema != b"DV":
            raise ValueError(_("its list of blocks is damaged"))
        spans = _spans(stream.read(dimensions * _DIMENSION.size))
        if pyramid == 0:
            pixel_type = kind if pixel_type < 0 else pixel_type
            blocks.append(spans)
    return tuple(blocks), pixel_type


def _attachments(stream: BinaryIO, position: int) -> tuple[str, ...]:
    """Return the names of what is attached, such as a picture of the label."""
    head = _segment(stream, position, b"ZISRAWATTDIR", 256)
    (count,) = struct.unpack_from("<i", head)
    if not 0 <= count <= _MAX_ATTACHMENTS:
        raise ValueError(_("it lists {count} attachments").format(count=count))
    entries = stream.read(count * _ATTACHMENT.size)
    names = (entry[-1] for entry in _ATTACHMENT.iter_unpack(entries))
    return tuple(name.partition(b"\0")[0].decode("utf-8", "replace") for name in names)


def _spans(data: bytes) -> dict[str, tuple[int, int]]:
    return {
        name.rstrip(b"\0").decode("ascii", "replace"): (start, start + size)
        for name, start, size, _coordinate, _stored in _DIMENSION.iter_unpack(data)
    }
