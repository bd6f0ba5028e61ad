"""Reader of OME-TIFF, alone, in several files or with a companion document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.i18n import _
from fair_imagic.readers.base import Claim, RawFileset, reading
from fair_imagic.readers.companions import Members, members_of
from fair_imagic.readers.flaw import Flaw
from fair_imagic.readers.ome_document import (
    OME_GAPS,
    OmeDocument,
    document_of,
    root_of,
)
from fair_imagic.readers.ome_layout import layouts_of
from fair_imagic.readers.ome_pages import page_flaws
from fair_imagic.readers.ome_pixels import spread_pixels
from fair_imagic.readers.ome_text import ome_text, stray_bytes
from fair_imagic.readers.ome_xml import READER as OME_XML
from fair_imagic.readers.tiff_file import TIFF_MAGIC, refuse_cut_file, tiff_of
from fair_imagic.readers.tiff_pixels import series_pixels

if TYPE_CHECKING:
    from collections.abc import Iterator
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
        if ome_text(file) is None:
            return Claim(0, _("its first page holds no OME-XML"))
        return Claim(20, _("TIFF with OME-XML in its first page"))

    def companions(self, file: OpenedFile) -> tuple[Path, ...]:
        """Return the other files that the OME-XML names and that are there."""
        leader = self._leader(file)
        return (*((leader,) if leader else ()), *self._members(file).paths)

    def read(self, file: OpenedFile) -> RawFileset:
        """Return what the OME-XML says (the companion's, where one is named)."""
        document = self._document(file)
        with reading(file.path, self.label):
            refuse_cut_file(file)
            leader = self._leader(file)
            if leader is not None:
                return OME_XML.read(file.member(leader))
            members = self._members(file)
            flaws = (*self._companion(file).flaws, *members.flaws, *_own(file))
            if not document.files and document.metadata_file is None:
                flaws += tuple(page_flaws(tiff_of(file), document.images))
        return RawFileset(
            paths=(file.path, *members.paths),
            reader=self.token,
            images=document.images,
            facts=document.facts,
            problems=(*document.problems, *(flaw.sentence for flaw in flaws)),
            flaws=(*document.flaws, *flaws),
        )

    def pixels(
        self, file: OpenedFile, index: int, *, least_px: int = 0
    ) -> NDArray[Any]:
        """Return an image with axes TCZYX, from all files that hold its planes."""
        document = self._document(file)
        leader = self._leader(file)
        if leader is not None:
            return OME_XML.pixels(file.member(leader), index, least_px=least_px)
        with reading(file.path, self.label):
            layouts = document.layouts
            if not layouts and not _library_reads(file):
                root = root_of(ome_text(file) or b"", where=str(file.path))
                layouts = layouts_of(root)
            if layouts:
                there = self._members(file).by_name
                return spread_pixels(
                    file, layouts, index, there=there, least_px=least_px
                )
            return series_pixels(file, index, least_px=least_px)

    def _document(self, file: OpenedFile) -> OmeDocument:
        with reading(file.path, self.label):
            return document_of(file, lambda: ome_text(file) or b"")

    def _members(self, file: OpenedFile) -> Members:
        """Return the other files with pixels."""
        others = (
            one for one in self._document(file).files if one.name != file.path.name
        )
        return file.once("members", lambda: members_of(file, others))

    def _companion(self, file: OpenedFile) -> Members:
        named = self._document(file).metadata_file
        return members_of(file, (named,) if named is not None else ())

    def _leader(self, file: OpenedFile) -> Path | None:
        return next(iter(self._companion(file).paths), None)


def _own(file: OpenedFile) -> Iterator[Flaw]:
    """Yield what is wrong with the text that holds the OME-XML."""
    stray = stray_bytes(file)
    if stray:
        value = f"{len(stray)} B ({stray[:8].hex(' ')})"
        yield Flaw("damaged_metadata", value, "tag 270 ImageDescription")


def _library_reads(file: OpenedFile) -> bool:
    """Return whether tifffile sees the OME-XML, and so the axes of the pages.

    It does not where bytes follow its end, and gives up on a plane that names another
    file by its identifier alone.
    """
    return bool(tiff_of(file).is_ome) and b"<UUID>" not in (ome_text(file) or b"")


READER = OmeTiffReader()
