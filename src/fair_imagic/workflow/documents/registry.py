"""The kinds of document that can be checked, and the choice of one by its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.workflow.documents import (
    codemeta,
    datacite_json,
    datacite_xml,
    file_list,
    madmp,
    pagetab,
    rdf_document,
    ro_crate,
)

if TYPE_CHECKING:
    from fair_imagic.workflow.documents.content import Content
    from fair_imagic.workflow.documents.kind import Kind

__all__ = ["KINDS", "kind_of"]

#: RDF comes last: RO-Crate and CodeMeta are JSON-LD too.
KINDS: tuple[Kind, ...] = (
    ro_crate.KIND,
    codemeta.KIND,
    madmp.KIND,
    pagetab.KIND,
    file_list.KIND,
    datacite_json.KIND,
    datacite_xml.KIND,
    rdf_document.KIND,
)


def kind_of(content: Content) -> Kind | None:
    """Return the kind of a document, or None; its content decides."""
    return next((kind for kind in KINDS if kind.recognise(content)), None)
