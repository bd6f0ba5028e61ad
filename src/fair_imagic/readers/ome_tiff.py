"""Reader of OME-TIFF, alone, in several files or with a companion document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.i18n import _
from fair_imagic.readers.base import DAMAGE, Claim, RawFileset, reading
from fair_imagic.readers.companions import found_files, metadata_file
from fair_imagic.readers.ome_document import OME_GAPS, OmeDocument, document_of
from fair_imagic.readers.ome_pixels import spread_pixels
from fair_imagic.readers.ome_xml import READER as OME_XML
from fair_imagic.readers.tiff_file import TIFF_MAGIC, refuse_cut_file, tiff_of
from fair_imagic.readers.tiff_pixels import series_pixels

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from fair_imagic.readers.opened import OpenedFile

__all__ = ["READER", "OmeTiffReader"]


class OmeTiffReader:
    """TIFF whose first page holds an OME-XML document."""

    token = "ome_tiff"  # noqa: S105 - a name, no secret
    label = "OME-TIFF"
    extensions = (".ome.tif", ".ome.tiff", ".ome.tf2", ".ome.tf8", ".ome.btf")
    gaps = OME_GAPS

    def claim(self, file: OpenedFile) -> Claim:
        """Claim a TIFF file with OME-XML in the description of its first page."""
        if file.head[:4] not in TIFF_MAGIC:
            return Claim(0, _("it does not start as a TIFF file"))
        if _ome_xml(file) is None:
            return Claim(0, _("its first page holds no OME-XML"))
        return Claim(20, _("TIFF with OME-XML in its first page"))

    def companions(self, file: OpenedFile) -> tuple[Path, ...]:
        """Return the other files that the OME-XML names and that are there."""
        document = self._document(file)
        leader, _problems = metadata_file(file.path, document.metadata_file)
        others, _problems = found_files(file.path, document.files)
        return (*((leader,) if leader else ()), *others)

    def read(self, file: OpenedFile) -> RawFileset:
        """Return what the OME-XML says (the companion's, where one is named)."""
        document = self._document(file)
        with reading(file.path, self.label):
            refuse_cut_file(file)
        leader, missing = metadata_file(file.path, document.metadata_file)
        if leader is not None:
            return OME_XML.read(file.member(leader))
        others, absent = found_files(file.path, document.files)
        return RawFileset(
            paths=(file.path, *others),
            reader=self.token,
            images=document.images,
            facts=document.facts,
            problems=(*document.problems, *missing, *absent),
            flaws=document.flaws,
        )

    def pixels(
        self, file: OpenedFile, index: int, *, least_px: int = 0
    ) -> NDArray[Any]:
        """Return an image with axes TCZYX, from all files that hold its planes."""
        document = self._document(file)
        leader, _missing = metadata_file(file.path, document.metadata_file)
        if leader is not None:
            return OME_XML.pixels(file.member(leader), index, least_px=least_px)
        with reading(file.path, self.label):
            if set(document.files) - {file.path.name}:
                return spread_pixels(file, document.layouts, index, least_px=least_px)
            return series_pixels(file, index, least_px=least_px)

    def _document(self, file: OpenedFile) -> OmeDocument:
        with reading(file.path, self.label):
            return document_of(file, lambda: _ome_xml(file) or b"")


def _ome_xml(file: OpenedFile) -> bytes | None:
    """Return the OME-XML of a TIFF file, or None where it has none or is damaged."""
    try:
        tiff = tiff_of(file)
        if not tiff.is_ome:
            return None
        tag = tiff.pages.first.tags.get(270)
        text = tag.value if tag is not None else None
    except DAMAGE:
        return None
    if isinstance(text, bytes):
        return text
    return text.encode() if isinstance(text, str) else None


READER = OmeTiffReader()
