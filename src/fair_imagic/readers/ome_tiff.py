"""Reader of OME-TIFF, alone, in several files or with a companion document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.i18n import _
from fair_imagic.readers.base import Claim, RawFileset, reading, stem_of
from fair_imagic.readers.companions import found_files, metadata_file
from fair_imagic.readers.ome_document import parse_ome
from fair_imagic.readers.tiff_file import (
    TIFF_MAGIC,
    open_tiff,
    refuse_cut_file,
)
from fair_imagic.readers.tiff_pixels import series_pixels

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["READER", "OmeTiffReader"]


class OmeTiffReader:
    """TIFF whose first page holds an OME-XML document."""

    token = "ome_tiff"  # noqa: S105 - a name, no secret
    label = "OME-TIFF"
    extensions = (".ome.tif", ".ome.tiff", ".ome.tf2", ".ome.tf8", ".ome.btf")

    def claim(self, path: Path, head: bytes) -> Claim | None:
        """Claim a TIFF file with OME-XML in the description of its first page."""
        if head[:4] not in TIFF_MAGIC or _ome_xml(path) is None:
            return None
        return Claim(20, _("TIFF with OME-XML in its first page"))

    def companions(self, path: Path) -> tuple[Path, ...]:
        """Return the other files that the OME-XML names and that are there."""
        with reading(path, self.label):
            document = parse_ome(_ome_xml(path) or b"", where=str(path), name="")
        leader, _problems = metadata_file(path, document.metadata_file)
        others, _problems = found_files(path, document.files)
        return (*((leader,) if leader else ()), *others)

    def read(self, path: Path) -> RawFileset:
        """Return what the OME-XML says (the companion's, where one is named)."""
        with reading(path, self.label):
            document = parse_ome(
                _ome_xml(path) or b"", where=str(path), name=stem_of(path)
            )
            with open_tiff(path) as tiff:
                refuse_cut_file(tiff, path)
        leader, missing = metadata_file(path, document.metadata_file)
        if leader is not None:
            from fair_imagic.readers.ome_xml import READER as OME_XML

            return OME_XML.read(leader)
        others, absent = found_files(path, document.files)
        return RawFileset(
            paths=(path, *others),
            reader=self.token,
            images=document.images,
            facts=document.facts,
            problems=(*document.problems, *missing, *absent),
            flaws=document.flaws,
        )

    def pixels(self, path: Path, index: int, *, least_px: int = 0) -> NDArray[Any]:
        """Return an image with axes TCZYX."""
        with reading(path, self.label):
            return series_pixels(path, index, least_px=least_px)


def _ome_xml(path: Path) -> bytes | None:
    """Return the OME-XML of a TIFF file, or None where it has none or is damaged."""
    import tifffile

    try:
        with open_tiff(path) as tiff:
            if not tiff.is_ome:
                return None
            tag = tiff.pages.first.tags.get(270)
            text = tag.value if tag is not None else None
    except (OSError, ValueError, LookupError, TypeError, tifffile.TiffFileError):
        return None
    if isinstance(text, bytes):
        return text
    return text.encode() if isinstance(text, str) else None


READER = OmeTiffReader()
