"""Collections: what was acquired and imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.rdf import iri
from fair_imagic.views.card import CardPage, cards_in_collection
from fair_imagic.views.history import ChangeRow, history
from fair_imagic.workflow.base.label import label_of, name_of
from fair_imagic.workflow.base.listing import rows
from fair_imagic.workflow.base.shown_value import Section, sections

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["CollectionPage", "CollectionRow", "collection_page", "collections_page"]


@dataclass(frozen=True, kw_only=True)
class CollectionRow:
    """One collection of a list; dates are ISO texts or empty."""

    iri: str
    name: str
    title: str
    images: int
    first_date: str
    last_date: str


@dataclass(frozen=True, kw_only=True)
class CollectionPage:
    """One collection: its images, fields, instruments, formats and history."""

    row: CollectionRow
    grid: CardPage
    sections: tuple[Section, ...]
    instruments: tuple[tuple[str, str, int], ...]
    formats: tuple[tuple[str, int], ...]
    changes: tuple[ChangeRow, ...]


def collections_page(workspace: Workspace) -> tuple[CollectionRow, ...]:
    """Return all collections with the number of their images, by title."""
    found = rows(
        workspace,
        "SELECT ?collection (COUNT(?image) AS ?n) (MIN(STR(?t)) AS ?first) "
        "(MAX(STR(?t)) AS ?last) WHERE { ?collection a fi:Collection . OPTIONAL { "
        "?image dcterms:isPartOf ?collection ; a fi:Image . "
        "OPTIONAL { ?image sosa:resultTime ?t } } } GROUP BY ?collection",
    )
    listed = [_row(workspace, row) for row in found if row[0]]
    return tuple(sorted(listed, key=lambda row: row.title.lower()))


def _row(workspace: Workspace, row: tuple[str, ...]) -> CollectionRow:
    collection, count, first, last = row
    return CollectionRow(
        iri=collection,
        name=name_of(collection),
        title=label_of(workspace, collection),
        images=int(count or 0),
        first_date=first[:10],
        last_date=last[:10],
    )


def collection_page(
    workspace: Workspace, name: str, *, search: str = "", start: int = 0
) -> CollectionPage:
    """Return one collection. Raises NotFoundError where there is none."""
    record = workspace.record("collection", name)
    found = rows(
        workspace,
        "SELECT (COUNT(?image) AS ?n) (MIN(STR(?t)) AS ?first) "
        "(MAX(STR(?t)) AS ?last) WHERE { "
        f"?image dcterms:isPartOf {iri(record)} ; a fi:Image . "
        "OPTIONAL { ?image sosa:resultTime ?t } }",
    )
    counts = found[0] if found else ("0", "", "")
    return CollectionPage(
        row=_row(workspace, (record, *counts)),
        grid=cards_in_collection(workspace, record, search=search, start=start),
        sections=sections(workspace, record),
        instruments=_instruments(workspace, record),
        formats=_formats(workspace, record),
        changes=history(workspace, record),
    )


def _instruments(workspace: Workspace, record: str) -> tuple[tuple[str, str, int], ...]:
    found = rows(
        workspace,
        "SELECT ?instrument (COUNT(?image) AS ?n) WHERE { "
        f"?image dcterms:isPartOf {iri(record)} ; fi:acquiredWith ?instrument "
        "} GROUP BY ?instrument ORDER BY ?instrument",
    )
    return tuple(
        (instrument, label_of(workspace, instrument), int(count))
        for instrument, count in found
        if instrument
    )


def _formats(workspace: Workspace, record: str) -> tuple[tuple[str, int], ...]:
    found = rows(
        workspace,
        "SELECT ?format (COUNT(DISTINCT ?file) AS ?n) WHERE { "
        f"?image dcterms:isPartOf {iri(record)} ; fi:fileset ?fileset . "
        "?fileset fi:file ?file . ?file dcterms:format ?format "
        "} GROUP BY ?format ORDER BY ?format",
    )
    return tuple((name, int(count)) for name, count in found if name)
