"""Image cards: what a grid of thumbnails needs of each image, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.rdf import iri, literal
from fair_imagic.workflow.base.label import name_of
from fair_imagic.workflow.base.listing import rows
from fair_imagic.workflow.images.image_names import matcher_for

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["PAGE_SIZE", "CardPage", "ImageCard", "cards_in_collection", "cards_in_set"]

PAGE_SIZE = 60


@dataclass(frozen=True, kw_only=True)
class ImageCard:
    """One image of a grid; ``file`` is its file, with its series of several."""

    iri: str
    name: str
    title: str
    file: str
    width: str
    height: str
    planes: str
    channels: str
    times: str
    processed: bool


@dataclass(frozen=True, kw_only=True)
class CardPage:
    """One page of a grid; ``start`` counts from 0, ``total`` is all that fit."""

    cards: tuple[ImageCard, ...]
    start: int
    total: int
    search: str

    @property
    def previous_start(self) -> int | None:
        """Where the page before starts, or None."""
        return max(0, self.start - PAGE_SIZE) if self.start else None

    @property
    def next_start(self) -> int | None:
        """Where the next page starts, or None."""
        end = self.start + PAGE_SIZE
        return end if end < self.total else None


def cards_in_collection(
    workspace: Workspace, collection: str, *, search: str = "", start: int = 0
) -> CardPage:
    """Return a page of the images of a collection, by title."""
    pattern = f"?image dcterms:isPartOf {iri(collection)} ; a fi:Image ."
    return _page(workspace, pattern, search=search, start=start)


def cards_in_set(
    workspace: Workspace, publication_set: str, *, search: str = "", start: int = 0
) -> CardPage:
    """Return a page of the images of a publication set, by title."""
    pattern = f"{iri(publication_set)} dcterms:hasPart ?image . ?image a fi:Image ."
    return _page(workspace, pattern, search=search, start=start)


def _page(workspace: Workspace, pattern: str, *, search: str, start: int) -> CardPage:
    where = f"{pattern} OPTIONAL {{ ?image dcterms:title ?title }}"
    if search.strip():
        needle = literal(search.strip().lower())
        where += f" FILTER(CONTAINS(LCASE(STR(?title)), {needle}))"
    counted = rows(workspace, f"SELECT (COUNT(?image) AS ?n) WHERE {{ {where} }}")
    found = rows(
        workspace,
        "SELECT ?image ?title ?x ?y ?z ?c ?t ?kind ?run WHERE { "
        f"{where} "
        "OPTIONAL { ?image nboq:sizeX ?x } OPTIONAL { ?image nboq:sizeY ?y } "
        "OPTIONAL { ?image nboq:sizeZ ?z } OPTIONAL { ?image nboq:sizeC ?c } "
        "OPTIONAL { ?image nboq:sizeT ?t } OPTIONAL { ?image fi:contentKind ?kind } "
        "OPTIONAL { ?image prov:wasGeneratedBy ?run } "
        f"}} ORDER BY ?title ?image LIMIT {PAGE_SIZE} OFFSET {max(0, start)}",
    )
    files = matcher_for(workspace, [row[0] for row in found]).addresses
    return CardPage(
        cards=tuple(_card(row, files.get(row[0], "")) for row in found),
        start=max(0, start),
        total=int(counted[0][0]) if counted else 0,
        search=search,
    )


def _card(row: tuple[str, ...], file: str) -> ImageCard:
    image, title, width, height, planes, channels, times, kind, run = row
    return ImageCard(
        iri=image,
        name=name_of(image),
        title=title or name_of(image),
        file=file,
        width=width,
        height=height,
        planes=planes,
        channels=channels,
        times=times,
        processed=bool(run) or kind not in ("", "raw"),
    )
