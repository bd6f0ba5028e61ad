"""Image cards: what a grid or table of images needs of each, for one page of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.rdf import iri
from fair_imagic.workflow.base.label import label_in, name_of
from fair_imagic.workflow.base.listing import rows
from fair_imagic.workflow.images.image_names import matcher_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.listed import ListedImage

__all__ = ["ImageCard", "cards_of"]

_DETAILS = (
    "SELECT ?image ?x ?y ?z ?c ?t ?kind ?run WHERE {{ VALUES ?image {{ {few} }} "
    "OPTIONAL {{ ?image nboq:sizeX ?x }} OPTIONAL {{ ?image nboq:sizeY ?y }} "
    "OPTIONAL {{ ?image nboq:sizeZ ?z }} OPTIONAL {{ ?image nboq:sizeC ?c }} "
    "OPTIONAL {{ ?image nboq:sizeT ?t }} OPTIONAL {{ ?image fi:contentKind ?kind }} "
    "OPTIONAL {{ ?image prov:wasGeneratedBy ?run }} }}"
)
_NOTHING = ("",) * 7


@dataclass(frozen=True, kw_only=True)
class ImageCard:
    """One image of a list; ``file`` is its file, with its series of several."""

    iri: str
    name: str
    title: str
    file: str
    day: str
    microscope: str
    samples: tuple[str, ...]
    width: str
    height: str
    planes: str
    channels: str
    times: str
    processed: bool


def cards_of(
    workspace: Workspace, images: Sequence[ListedImage]
) -> tuple[ImageCard, ...]:
    """Return the cards of a few listed images, in their order."""
    if not images:
        return ()
    few = [one.iri for one in images]
    query = _DETAILS.format(few=" ".join(map(iri, few)))
    details = {row[0]: row[1:] for row in rows(workspace, query)}
    files = matcher_for(workspace, few).addresses
    named = _labels(workspace, images)
    return tuple(
        _card(one, details.get(one.iri, _NOTHING), files.get(one.iri, ""), named)
        for one in images
    )


def _labels(workspace: Workspace, images: Iterable[ListedImage]) -> dict[str, str]:
    """Return what people call the microscopes and samples of images."""
    linked = {record for one in images for record in (one.instrument, *one.samples)}
    known = workspace.catalogue.effective_of(sorted(linked - {""}))
    return {record: label_in(known[record], record) for record in known}


def _card(
    one: ListedImage, details: tuple[str, ...], file: str, named: dict[str, str]
) -> ImageCard:
    width, height, planes, channels, times, kind, run = details
    return ImageCard(
        iri=one.iri,
        name=name_of(one.iri),
        title=one.title,
        file=file,
        day=one.day,
        microscope=named.get(one.instrument, ""),
        samples=tuple(sorted(filter(None, map(named.get, one.samples)))),
        width=width,
        height=height,
        planes=planes,
        channels=channels,
        times=times,
        processed=bool(run) or kind not in ("", "raw"),
    )
