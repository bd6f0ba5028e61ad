"""Readers: what an image file says, each value with its place in the file."""

from fair_imagic.readers.base import Claim, RawFact, RawFileset, RawImage, Reader
from fair_imagic.readers.filesets import FileProblem, FoundFilesets, find_filesets
from fair_imagic.readers.flaw import KINDS as FLAWS
from fair_imagic.readers.flaw import Flaw
from fair_imagic.readers.leak import LEAKS, Leak
from fair_imagic.readers.registry import choose, explain, pixels, read, readers
from fair_imagic.readers.thumbnails import thumbnail

__all__ = [
    "FLAWS",
    "LEAKS",
    "Claim",
    "FileProblem",
    "Flaw",
    "FoundFilesets",
    "Leak",
    "RawFact",
    "RawFileset",
    "RawImage",
    "Reader",
    "choose",
    "explain",
    "find_filesets",
    "pixels",
    "read",
    "readers",
    "thumbnail",
]
