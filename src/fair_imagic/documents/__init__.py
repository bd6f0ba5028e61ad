"""Documents that are checked without a catalogue: their kinds, and reading them."""

from fair_imagic.documents.content import Content, refuse_utf_16
from fair_imagic.documents.kind import Document, Kind
from fair_imagic.documents.rdf_document import fitting
from fair_imagic.documents.registry import KINDS, kind_of
from fair_imagic.documents.ro_crate import METADATA_FILE

__all__ = [
    "KINDS",
    "METADATA_FILE",
    "Content",
    "Document",
    "Kind",
    "fitting",
    "kind_of",
    "refuse_utf_16",
]
