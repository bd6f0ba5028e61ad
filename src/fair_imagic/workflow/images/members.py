"""Which images belong to a publication set or a collection."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import Collection, Image, PublicationSet
from fair_imagic.rdf import expand, iri, text_of
from fair_imagic.workflow.base.label import label_of

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["images_matching", "images_of", "type_of"]

_TYPE = iri("rdf:type")


def type_of(workspace: Workspace, record: str) -> str:
    """Return the class IRI of a record, or an empty text where it is unknown."""
    for subject, predicate, term in workspace.catalogue.effective(record):
        if subject == iri(record) and predicate == _TYPE:
            return text_of(term)
    return ""


def images_of(
    workspace: Workspace, root: str, *, pattern: str | None = None
) -> list[str]:
    """Return the images of a set or collection, those with a matching title only.

    An image stands for itself. ``pattern`` is a title or a shell pattern
    (``*control*``).
    """
    found = _members(workspace, root)
    if pattern is None:
        return found
    return [
        image
        for image in found
        if fnmatch.fnmatchcase(label_of(workspace, image), pattern)
    ]


def images_matching(workspace: Workspace, query: str) -> list[str]:
    """Return the images that a query selects, over the whole catalogue.

    ``query`` is ``all``, ``collection=NAME``, ``title=PATTERN`` or a SPARQL SELECT
    whose first variable is the image. Raises
    :class:`~fair_imagic.errors.InputError` for anything else.
    """
    word, _equals, rest = query.strip().partition("=")
    if query.strip().lower() == "all":
        return _selected(workspace, _ALL)
    if word.strip() == "collection":
        return images_of(workspace, workspace.record("collection", rest.strip()))
    if word.strip() == "title":
        names = ((i, label_of(workspace, i)) for i in _selected(workspace, _ALL))
        wanted = rest.strip()
        return [image for image, name in names if fnmatch.fnmatchcase(name, wanted)]
    if "select" in query.lower():
        return _selected(workspace, workspace.bases.inward(query))
    raise InputError(
        _("This does not select images"),
        expected="all | collection=NAME | title=PATTERN | SELECT ?image WHERE {...}",
        found=query,
    )


_PREFIX = f"PREFIX fi: <{expand('fi:')}> PREFIX dcterms: <{expand('dcterms:')}> "
_ALL = (
    f"{_PREFIX} SELECT ?image WHERE {{ ?image a fi:Image "
    "OPTIONAL { ?image dcterms:title ?title } } ORDER BY ?title ?image"
)


def _members(workspace: Workspace, root: str) -> list[str]:
    kind = type_of(workspace, root)
    if kind == Image.class_iri:
        return [root]
    if kind == PublicationSet.class_iri:
        part = iri("dcterms:hasPart")
        effective = workspace.catalogue.effective(root)
        found = [text_of(o) for _s, p, o in effective if p == part]
        return sorted(found, key=lambda image: (label_of(workspace, image), image))
    if kind == Collection.class_iri:
        return _selected(workspace, _of_collection(root))
    return []


def _of_collection(root: str) -> str:
    return (
        f"{_PREFIX} SELECT ?image WHERE {{ ?image dcterms:isPartOf {iri(root)} ; "
        "a fi:Image OPTIONAL { ?image dcterms:title ?title } } ORDER BY ?title ?image"
    )


def _selected(workspace: Workspace, query: str) -> list[str]:
    rows = workspace.catalogue.rows(query)
    firsts = (row[0] for row in rows if row and row[0] is not None)
    return [text_of(term) for term in firsts]
