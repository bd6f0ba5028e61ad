"""Reader of OME-XML documents, alone or as the companion of TIFF files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import UnreadableFileError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both
from fair_imagic.readers.base import Claim, RawFileset, reading
from fair_imagic.readers.companions import Members, members_of
from fair_imagic.readers.ome_document import OME_GAPS, OmeDocument, document_of
from fair_imagic.readers.ome_pixels import spread_pixels

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from fair_imagic.readers.opened import OpenedFile

__all__ = ["READER", "OmeXmlReader"]

MAX_BYTES = 512 * 1024 * 1024
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?OME[\s>]")


class OmeXmlReader:
    """A file that is an OME-XML document."""

    token = "ome_xml"  # noqa: S105 - a name, no secret
    label = "OME-XML"
    extensions = (".ome.xml", ".companion.ome", ".ome")
    gaps = (
        *OME_GAPS,
        Gap(
            "pixels-inside",
            both("Pixels that the XML itself holds (BinData) are not read."),
        ),
    )

    def claim(self, file: OpenedFile) -> Claim:
        """Claim a text whose root element is OME, in UTF-8 or UTF-16."""
        utf_16 = file.head[:2] in (b"\xff\xfe", b"\xfe\xff")
        text = file.head.decode("utf-16" if utf_16 else "utf-8", "replace")
        text = text.lstrip("\ufeff \t\r\n")
        if not text.startswith("<") or not _ROOT.search(text):
            return Claim(0, _("it is no XML whose root element is OME"))
        return Claim(10, _("XML whose root element is OME"))

    def companions(self, file: OpenedFile) -> tuple[Path, ...]:
        """Return the TIFF files that the document names and that are there."""
        return self._members(file).paths

    def read(self, file: OpenedFile) -> RawFileset:
        """Return what the document says, and the files with its pixels."""
        document = self._document(file)
        members = self._members(file)
        absent = (flaw.sentence for flaw in members.flaws)
        return RawFileset(
            paths=(file.path, *members.paths),
            reader=self.token,
            images=document.images,
            facts=document.facts,
            problems=(*document.problems, *absent),
            flaws=(*document.flaws, *members.flaws),
        )

    def pixels(
        self, file: OpenedFile, index: int, *, least_px: int = 0
    ) -> NDArray[Any]:
        """Return an image from the TIFF files that the document names."""
        document = self._document(file)
        there = self._members(file).by_name
        if not there:
            raise UnreadableFileError(
                file.path,
                _("it holds no pixels, and the files that it names are not there"),
            )
        with reading(file.path, self.label):
            return spread_pixels(
                file, document.layouts, index, there=there, least_px=least_px
            )

    def _members(self, file: OpenedFile) -> Members:
        return file.once(
            "members", lambda: members_of(file, self._document(file).files)
        )

    def _document(self, file: OpenedFile) -> OmeDocument:
        if file.size > MAX_BYTES:
            raise UnreadableFileError(
                file.path,
                _("the document is larger than {limit} MB").format(
                    limit=MAX_BYTES // 1024 // 1024
                ),
            )
        with reading(file.path, self.label):
            return document_of(file, lambda: file.rewound().read())


READER = OmeXmlReader()
