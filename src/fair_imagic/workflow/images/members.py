"""Which images belong to a publication set or a collection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import Collection, Image, PublicationSet
from fair_imagic.rdf import expand, iri, text_of
from fair_imagic.workflow.base.label import label_in
from fair_imagic.workflow.images.image_names import inner_name, matcher_for, only
from fair_imagic.workflow.images.match import LEVELS
from fair_imagic.workflow.images.search import Search, images_found, parts_of, search_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["images_matching", "images_of", "type_of"]

_TYPE = iri("rdf:type")
# The levels of the matcher that a word in front of a name limits it to.
_WORDS = {
    "name": tuple(LEVELS),
    "file": tuple(level for level in LEVELS if level not in ("iri", "title")),
    "title": ("title",),
}
_SPARQL = re.compile(r"\bselect\b.*\{", re.IGNORECASE | re.DOTALL)


def type_of(workspace: Workspace, record: str) -> str:
    """Return the class IRI of a record, or an empty text where it is unknown."""
    for subject, predicate, term in workspace.catalogue.effective(record):
        if subject == iri(record) and predicate == _TYPE:
            return text_of(term)
    return ""


def images_of(
    workspace: Workspace,
    root: str,
    *,
    pattern: str | Sequence[str] | None = None,
    all_fitting: bool = False,
) -> list[str]:
    """Return the images of a set or collection, those of a name (or several) only.

    An image stands for itself. ``pattern`` names images as
    :mod:`~fair_imagic.workflow.images.match` says. Raises what
    :func:`~fair_imagic.workflow.images.image_names.only` raises for a name that fits
    nothing, or several images without ``all_fitting``.
    """
    members = _members(workspace, root)
    if pattern is None:
        return members
    matcher = matcher_for(workspace, members)
    patterns = (pattern,) if isinstance(pattern, str) else pattern
    matches = [matcher.match(inner_name(workspace, one)) for one in patterns]
    chosen = {
        image
        for one in matches
        for image in only(matcher, one, all_fitting=all_fitting)
    }
    return [image for image in members if image in chosen]


def images_matching(
    workspace: Workspace,
    query: str | Sequence[str],
    *,
    among: Sequence[str] | None = None,
    all_fitting: bool = False,
) -> list[str]:
    """Return the images that a query selects, or several do, over the whole catalogue.

    A name is looked for ``among`` some images only, where they are given.

    ``query`` is ``all``, ``collection=NAME``, a name of an image (``name=``, ``file=``
    and ``title=`` in front of it say as what), ``tag:NAME=TEXT``, a condition of
    :mod:`~fair_imagic.workflow.images.search`, several of these joined by ``&``, or a
    SPARQL SELECT whose first variable is the image. Raises what :func:`images_of`
    raises for names.
    """
    if isinstance(query, str):
        return _matching(workspace, query, among=among, all_fitting=all_fitting)
    known = set(workspace.catalogue.records(Image.class_iri)) if query else set()
    chosen: dict[str, None] = {}
    for one in query:
        if one in known:
            chosen[one] = None
            continue
        found = _matching(workspace, one, among=among, all_fitting=all_fitting)
        chosen |= dict.fromkeys(found)
    return list(chosen)


def _matching(
    workspace: Workspace, query: str, *, among: Sequence[str] | None, all_fitting: bool
) -> list[str]:
    if query.strip().lower() == "all":
        return _selected(workspace, _ALL)
    if _SPARQL.search(query):
        return _selected(workspace, workspace.bases.inward(query))
    search, names = search_in(parts_of(query))
    listed: Sequence[str] | None = among
    if search != Search():
        found = [one.iri for one in images_found(workspace, search)]
        if not names:
            return found
        listed = found if among is None else [one for one in found if one in set(among)]
    for name in names:
        listed = _named(workspace, name, query, among=listed, all_fitting=all_fitting)
    return list(listed or ())


def _named(
    workspace: Workspace,
    text: str,
    query: str,
    *,
    among: Sequence[str] | None,
    all_fitting: bool,
) -> list[str]:
    word, equals, rest = text.partition("=")
    known = bool(equals) and word.strip() in _WORDS
    name = rest.strip() if known else text
    if not name:
        raise InputError(_("This does not select images"), expected=_QUERY, found=query)
    matcher = matcher_for(workspace, among)
    levels = _WORDS[word.strip() if known else "name"]
    found = matcher.match(inner_name(workspace, name), levels=levels)
    return only(matcher, found, all_fitting=all_fitting)


_QUERY = (
    "all | collection=NAME | set=NAME | NAME | file=NAME | title=NAME | text=WORDS | "
    "microscope=NAME | sample=NAME | objective=NAME | from=DAY | until=DAY | "
    "tag:NAME=TEXT | ... & ... | SELECT ?image WHERE {...}"
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
        said = workspace.catalogue.effective_of(found)
        return sorted(found, key=lambda one: (label_in(said.get(one, ()), one), one))
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
