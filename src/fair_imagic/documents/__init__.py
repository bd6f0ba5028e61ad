"""Documents of other programs and archives: each format is read and written here."""

from fair_imagic.documents.content import Content, refuse_utf_16
from fair_imagic.documents.kind import Kind, Reading
from fair_imagic.documents.registry import kind_of, kinds

__all__ = ["Content", "Kind", "Reading", "kind_of", "kinds", "refuse_utf_16"]
