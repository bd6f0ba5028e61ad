"""One image: fields with origin and history, files, and what was made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import File, Image, RecordGraph, view, views
from fair_imagic.rdf import iri
from fair_imagic.views.contradiction import ContradictionRow, contradictions_on
from fair_imagic.views.history import ChangeRow, history
from fair_imagic.views.link import RecordLink, image_links, links
from fair_imagic.views.output import MeasureRow, measures_in
from fair_imagic.views.run import run_sections
from fair_imagic.workflow.base.label import label_in, name_of
from fair_imagic.workflow.base.listing import rows
from fair_imagic.workflow.base.shown_value import Section, sections
from fair_imagic.workflow.images.image_names import matcher_for
from fair_imagic.workflow.images.matches import MatchRow, matches_of
from fair_imagic.workflow.images.named_tags import TagRow, tags_in

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["FileRow", "ImagePage", "image_page"]

_ELSEWHERE = frozenset(
    ("fileset", "channels", "derived_from", "generated_by", "record_contradiction")
)


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """One file of the image, with its size in bytes and its checksum."""

    path: str
    byte_size: int
    sha256: str
    format: str


@dataclass(frozen=True, kw_only=True)
class ImagePage:
    """Everything that the page of one image shows."""

    iri: str
    name: str
    title: str
    collections: tuple[RecordLink, ...]
    sections: tuple[Section, ...]
    contradictions: tuple[ContradictionRow, ...]
    files: tuple[FileRow, ...]
    derived_from: tuple[RecordLink, ...]
    derived: tuple[RecordLink, ...]
    results: tuple[RecordLink, ...]
    sets: tuple[RecordLink, ...]
    measures: tuple[MeasureRow, ...]
    tags: tuple[TagRow, ...]
    address: str
    run_record: str
    run: tuple[Section, ...]
    matches: tuple[MatchRow, ...]
    changes: tuple[ChangeRow, ...]


def image_page(workspace: Workspace, name: str) -> ImagePage:
    """Return one image. Raises NotFoundError where there is none."""
    record = workspace.record("image", name)
    triples = workspace.catalogue.effective(record)
    image = view(Image, RecordGraph(triples), record)
    run = image.generated_by or ""
    return ImagePage(
        iri=record,
        name=name_of(record),
        title=label_in(triples, record),
        collections=links(workspace, image.collection),
        sections=_sections(workspace, record),
        contradictions=contradictions_on(workspace, record, image.fileset),
        measures=measures_in(RecordGraph(triples)),
        tags=tags_in(RecordGraph(triples)),
        address=matcher_for(workspace, [record]).addresses.get(record, ""),
        files=_files(workspace, image.fileset),
        derived_from=image_links(workspace, image.derived_from),
        derived=_pointing(workspace, record, "prov:wasDerivedFrom", "fi:Image"),
        results=_pointing(workspace, record, "prov:wasDerivedFrom", "fi:Result"),
        sets=_pointing(workspace, record, "dcterms:hasPart", "fi:PublicationSet"),
        run_record=run,
        run=run_sections(workspace, run) if run else (),
        matches=matches_of(workspace, record),
        changes=history(workspace, record),
    )


def _sections(workspace: Workspace, record: str) -> tuple[Section, ...]:
    """Return the fields of an image and its parts; measures and tags have lists."""
    every = sections(workspace, record, hidden=_ELSEWHERE)
    apart = ("#measure-", "#tag-")
    return tuple(one for one in every if not any(a in one.subject for a in apart))


def _pointing(
    workspace: Workspace, record: str, predicate: str, kind: str
) -> tuple[RecordLink, ...]:
    query = (
        f"SELECT DISTINCT ?other WHERE {{ ?other {predicate} {iri(record)} ; "
        f"a {kind} }}"
    )
    found = [row[0] for row in rows(workspace, query)]
    to_these = image_links if kind == "fi:Image" else links
    return tuple(sorted(to_these(workspace, found), key=lambda one: one.label))


def _files(workspace: Workspace, fileset: str | None) -> tuple[FileRow, ...]:
    if not fileset:
        return ()
    graph = RecordGraph(workspace.catalogue.effective(fileset))
    return tuple(
        FileRow(
            path=file.path or "",
            byte_size=int(file.byte_size or 0),
            sha256=file.sha256 or "",
            format=file.format or file.media_type or "",
        )
        for file in views(File, graph)
    )
