"""Reader of OME-XML documents, alone or as the companion of TIFF files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import UnreadableFileError
from fair_imagic.i18n import _
from fair_imagic.readers.base import Claim, RawFileset, reading, stem_of
from fair_imagic.readers.companions import found_files
from fair_imagic.readers.ome_document import OmeDocument, parse_ome

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["READER", "OmeXmlReader"]

MAX_BYTES = 512 * 1024 * 1024
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?OME[\s>]")


class OmeXmlReader:
    """A file that is an OME-XML document."""

    token = "ome_xml"  # noqa: S105 - a name, no secret
    label = "OME-XML"
    extensions = (".ome.xml", ".companion.ome", ".ome")

    def claim(self, path: Path, head: bytes) -> Claim | None:
        """Claim a text whose root element is OME, in UTF-8 or UTF-16."""
        encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        text = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
        if not text.startswith("<") or not _ROOT.search(text):
            return None
        return Claim(10, _("XML whose root element is OME"))

    def companions(self, path: Path) -> tuple[Path, ...]:
        """Return the TIFF files that the document names and that are there."""
        found, _problems = found_files(path, self._document(path).files)
        return found

    def read(self, path: Path) -> RawFileset:
        """Return what the document says, and the files with its pixels."""
        document = self._document(path)
        found, missing = found_files(path, document.files)
        return RawFileset(
            paths=(path, *found),
            reader=self.token,
            images=document.images,
            facts=document.facts,
            problems=(*document.problems, *missing),
            flaws=document.flaws,
        )

    def pixels(self, path: Path, index: int, *, least_px: int = 0) -> NDArray[Any]:
        """Return an image from the TIFF files that the document names."""
        from fair_imagic.readers.tiff_pixels import series_pixels

        found, _missing = found_files(path, self._document(path).files)
        if not found:
            raise UnreadableFileError(
                path, _("it holds no pixels, and the files that it names are not there")
            )
        with reading(path, self.label):
            return series_pixels(found[0], index, least_px=least_px)

    def _document(self, path: Path) -> OmeDocument:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFileError(
                path,
                _("the document is larger than {limit} MB").format(
                    limit=MAX_BYTES // 1024 // 1024
                ),
            )
        name = stem_of(path)
        with reading(path, self.label):
            return parse_ome(path.read_bytes(), where=str(path), name=name)


READER = OmeXmlReader()
