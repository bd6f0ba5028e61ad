"""Opening TIFF files, and telling whether one is whole."""

from __future__ import annotations

import logging
import struct
from typing import TYPE_CHECKING

from fair_imagic.i18n import _

if TYPE_CHECKING:
    import tifffile

    from fair_imagic.readers.opened import OpenedFile

__all__ = ["TIFF_MAGIC", "is_beside_the_image", "refuse_cut_file", "tiff_of"]

# Little and big endian, classic and BigTIFF.
TIFF_MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

# As tifffile names them: Aperio, Hamamatsu, Akoya, Roche, Philips.
_SLIDE_FORMATS = ("svs", "ndpi", "qpi", "bif", "philips")
_BESIDE = frozenset(("Label", "Macro", "Map", "Overview", "Thumbnail"))

_BIG_ENTRY = 20
# Bytes per value of the TIFF data types.
_TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4,
               12: 8, 13: 4, 16: 8, 17: 8, 18: 8}  # fmt: skip


def tiff_of(file: OpenedFile) -> tifffile.TiffFile:
    """Return tifffile's view of an opened file, made once."""
    import tifffile

    # Damage is told by our errors: without this it also lands on the terminal.
    logger = logging.getLogger("tifffile")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    return file.entered("tifffile", lambda: tifffile.TiffFile(file.rewound()))


def is_beside_the_image(tiff: tifffile.TiffFile, index: int) -> bool:
    """Return whether a series of a slide file is a picture of the slide, no image.

    Scanners keep a small preview, the whole slide and its label beside the image.
    """
    if tiff.is_lsm:  # a small colour picture stands beside each image
        return index > 0 and bool(tiff.series[index].keyframe.is_reduced)
    slide = any(getattr(tiff, f"is_{name}", False) for name in _SLIDE_FORMATS)
    return slide and index > 0 and tiff.series[index].name in _BESIDE


def refuse_cut_file(file: OpenedFile) -> None:
    """Raise ValueError where pages or their pixels lie beyond the end of the file."""
    tiff, size = tiff_of(file), file.size
    ends = [_next_page(tiff), _values_end(tiff)]
    for page in (tiff.pages.first, tiff.pages[len(tiff.pages) - 1]):
        pairs = zip(page.dataoffsets, page.databytecounts, strict=False)
        ends += [offset + count for offset, count in pairs]
    if max(ends) > size:
        raise ValueError(
            _("pixels should end at byte {end}, the file has {size}").format(
                end=max(ends), size=size
            )
        )


def _next_page(tiff: tifffile.TiffFile) -> int:
    """Return where the page after the last readable one should be, 0 for none."""
    position = tiff.pages.next_page_offset
    if position is None:
        return 0
    data = _at(tiff, position, tiff.tiff.offsetsize)
    return int(struct.unpack(tiff.tiff.offsetformat, data)[0]) if data else 0


def _values_end(tiff: tifffile.TiffFile) -> int:
    """Return where the values of the first page's tags end.

    tifffile leaves out a tag whose value lies beyond the end: a cut OME-TIFF would
    pass for a plain one.
    """
    form = tiff.tiff
    offset = tiff.pages.first.offset
    data = _at(tiff, offset, form.tagnosize)
    (count,) = struct.unpack(form.tagnoformat, data) if data else (0,)
    entries = _at(tiff, offset + form.tagnosize, count * form.tagsize)
    big = form.tagsize == _BIG_ENTRY
    entry = struct.Struct(form.byteorder + ("HHQQ" if big else "HHII"))
    ends = [0]
    for _code, kind, number, place in entry.iter_unpack(entries):
        size = number * _TYPE_BYTES.get(kind, 0)
        if size > (8 if big else 4):
            ends.append(place + size)
    return max(ends)


def _at(tiff: tifffile.TiffFile, position: int, length: int) -> bytes:
    """Return bytes of the file, or none where it ends before."""
    tiff.filehandle.seek(position)
    data = tiff.filehandle.read(length)
    return data if len(data) == length else b""
