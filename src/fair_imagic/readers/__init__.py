"""Readers: what an image file says, each value with its place in the file."""

from fair_imagic.readers.base import Claim, RawFact, RawFileset, RawImage, Reader
from fair_imagic.readers.explanation import explain
from fair_imagic.readers.filesets import (
    FileGroup,
    FileProblem,
    FoundFilesets,
    find_filesets,
)
from fair_imagic.readers.flaw import KINDS as FLAWS
from fair_imagic.readers.flaw import Flaw
from fair_imagic.readers.leak import LEAKS, Leak
from fair_imagic.readers.opened import OpenedFile
from fair_imagic.readers.registry import (
    ImageFile,
    LastFile,
    format_label,
    pixels,
    read,
    readers,
)
from fair_imagic.readers.thumbnails import thumbnail

__all__ = [
    "FLAWS",
    "LEAKS",
    "Claim",
    "FileGroup",
    "FileProblem",
    "Flaw",
    "FoundFilesets",
    "ImageFile",
    "LastFile",
    "Leak",
    "OpenedFile",
    "RawFact",
    "RawFileset",
    "RawImage",
    "Reader",
    "explain",
    "find_filesets",
    "format_label",
    "pixels",
    "read",
    "readers",
    "thumbnail",
]
