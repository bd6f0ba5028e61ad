"""Collections: what was acquired and imported."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import Collection
from fair_imagic.readers import format_label
from fair_imagic.views.history import ChangeRow, history
from fair_imagic.workflow.base.label import label_in, label_of, name_of
from fair_imagic.workflow.base.shown_value import Section, sections
from fair_imagic.workflow.images.listed import listed_in
from fair_imagic.workflow.images.search import Search, images_found

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.listed import ListedImage

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
    records = workspace.catalogue.records(Collection.class_iri)
    known = workspace.catalogue.effective_of(records)
    days = _days_by_collection(listed_in(workspace))
    listed = [
        _row(record, label_in(known[record], record), days.get(record, []))
        for record in records
        if record in known
    ]
    return tuple(sorted(listed, key=lambda row: row.title.lower()))


def _days_by_collection(images: Iterable[ListedImage]) -> dict[str, list[str]]:
    """Return the days of the images of each collection, empty where not known."""
    found: dict[str, list[str]] = {}
    for one in images:
        for collection in one.collections:
            found.setdefault(collection, []).append(one.day)
    return found


def _row(record: str, title: str, days: list[str]) -> CollectionRow:
    known = sorted(filter(None, days))
    return CollectionRow(
        iri=record,
        name=name_of(record),
        title=title,
        images=len(days),
        first_date=known[0] if known else "",
        last_date=known[-1] if known else "",
    )


def collection_page(workspace: Workspace, name: str) -> CollectionPage:
    """Return one collection. Raises NotFoundError where there is none."""
    record = workspace.record("collection", name)
    images = images_found(workspace, Search(place=f"collection={name}"))
    microscopes = Counter(one.instrument for one in images if one.instrument)
    files = {file for one in images for file in one.files}
    formats = Counter(kind for _path, kind in files if kind)
    return CollectionPage(
        row=_row(record, label_of(workspace, record), [one.day for one in images]),
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
