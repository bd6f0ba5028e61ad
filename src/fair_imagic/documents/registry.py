"""The kinds of document that can be checked, and the choice of one by its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.documents import (
    codemeta,
    file_list,
    madmp,
    rdf_document,
    ro_crate,
)
from fair_imagic.documents.datacite import json_record, xml_reader
from fair_imagic.documents.pagetab import submission

if TYPE_CHECKING:
    from fair_imagic.documents.content import Content
    from fair_imagic.documents.kind import Kind

__all__ = ["KINDS", "kind_of"]

#: RDF comes last: RO-Crate and CodeMeta are JSON-LD too.
KINDS: tuple[Kind, ...] = (
    ro_crate.KIND,
    codemeta.KIND,
    madmp.KIND,
    submission.KIND,
    file_list.KIND,
    json_record.KIND,
    xml_reader.KIND,
    rdf_document.KIND,
)


def kind_of(content: Content) -> Kind | None:
    """Return the kind of a document, or None; its content decides."""
    return next((kind for kind in KINDS if kind.recognise(content)), None)
