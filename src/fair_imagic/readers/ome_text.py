"""The OME-XML that a TIFF file holds, as bytes; what follows its end is cut off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.readers.base import DAMAGE
from fair_imagic.readers.tiff_file import tiff_of

if TYPE_CHECKING:
    from fair_imagic.readers.opened import OpenedFile

__all__ = ["identifier_in", "ome_text", "stray_bytes"]

_DESCRIPTION = 270
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>|<!--.*?-->|\s)*<(?:[A-Za-z_][\w.-]*:)?OME[\s>]",
    re.DOTALL,
)
_END = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?OME\s*>")
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?OME\s([^>]*)>")
_UUID = re.compile(rb"\bUUID\s*=\s*[\"']([^\"']+)[\"']")
_PADDING = b" \t\r\n\0"


def ome_text(file: OpenedFile) -> bytes | None:
    """Return the OME-XML of a TIFF file, or None where its first page has none.

    One that is cut short or damaged is returned as it is: whoever parses it tells.
    """
    return _parts(file)[0]


def stray_bytes(file: OpenedFile) -> bytes:
    """Return what stands after the end of the OME-XML and is no padding."""
    return _parts(file)[1]


def identifier_in(text: bytes) -> str:
    """Return the UUID of a document's root, read without parsing all of it."""
    root = _ROOT.search(text)
    found = _UUID.search(root[1]) if root else None
    return found[1].decode("utf-8", "replace") if found else ""


def _parts(file: OpenedFile) -> tuple[bytes | None, bytes]:
    return file.once("OME-XML in TIFF", lambda: _read(file))


def _read(file: OpenedFile) -> tuple[bytes | None, bytes]:
    try:
        tag = tiff_of(file).pages.first.tags.get(_DESCRIPTION)
        value = tag.value if tag is not None else None
    except DAMAGE:
        return None, b""
    text = value.encode() if isinstance(value, str) else value
    if not isinstance(text, bytes) or not _START.match(text):
        return None, b""
    ends = [match.end() for match in _END.finditer(text)]
    if not ends:
        return text, b""
    return text[: ends[-1]], text[ends[-1] :].strip(_PADDING)
