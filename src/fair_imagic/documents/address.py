"""The IRI of what a document describes, where the document gives it none."""

from __future__ import annotations

from fair_imagic.config import load
from fair_imagic.model import slug

__all__ = ["document_iri"]


def document_iri(name: str) -> str:
    """Return the IRI of a document by the last part of its name."""
    return f"{load().base_iri}document/{slug(name.rpartition('/')[2])}"
