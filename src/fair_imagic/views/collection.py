"""Collections: what was acquired and imported."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.readers import format_label
from fair_imagic.views.history import ChangeRow, history
from fair_imagic.workflow.base.label import label_of, name_of
from fair_imagic.workflow.base.listing import rows
from fair_imagic.workflow.base.shown_value import Section, sections
from fair_imagic.workflow.images.search import Search, images_found

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
    sections: tuple[Section, ...]
    instruments: tuple[tuple[str, str, int], ...]
    formats: tuple[tuple[str, int], ...]
    changes: tuple[ChangeRow, ...]


def collections_page(workspace: Workspace) -> tuple[CollectionRow, ...]:
    """Return all collections with the number of their images, by title."""
    found = rows(
        workspace,
        # One image without a day would take the days of all others away.
        "SELECT ?collection (COUNT(?image) AS ?n) "
        "(MIN(COALESCE(STR(?t), '~')) AS ?first) "
        "(MAX(COALESCE(STR(?t), '')) AS ?last) WHERE { "
        "?collection a fi:Collection . OPTIONAL { "
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
        first_date=first[:10] if last else "",
        last_date=last[:10],
    )


def collection_page(workspace: Workspace, name: str) -> CollectionPage:
    """Return one collection. Raises NotFoundError where there is none."""
    record = workspace.record("collection", name)
    images = images_found(workspace, Search(place=f"collection={name}"))
    days = sorted(one.day for one in images if one.day)
    microscopes = Counter(one.instrument for one in images if one.instrument)
    files = {file for one in images for file in one.files}
    formats = Counter(kind for _path, kind in files if kind)
    return CollectionPage(
        row=CollectionRow(
            iri=record,
            name=name_of(record),
            title=label_of(workspace, record),
            images=len(images),
            first_date=days[0] if days else "",
            last_date=days[-1] if days else "",
        ),
        sections=sections(workspace, record),
        instruments=tuple(
            (one, label_of(workspace, one), count)
            for one, count in sorted(microscopes.items())
        ),
        formats=tuple(
            (format_label(kind), count) for kind, count in sorted(formats.items())
        ),
        changes=history(workspace, record),
    )
