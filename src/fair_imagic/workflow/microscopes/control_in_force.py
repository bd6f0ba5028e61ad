"""Images follow the quality control in force after a correction of either of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change, ChangeSet
from fair_imagic.model import Image, RecordGraph, view
from fair_imagic.rdf import expand
from fair_imagic.workflow.microscopes.images import published_images
from fair_imagic.workflow.microscopes.quality_links import QualityLinks, controls_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.microscopes.quality_links import Control

__all__ = ["concerned", "control_links", "follow"]

# What decides which control was in force for an image.
_DECIDING = frozenset(
    expand(name)
    for name in (
        "sosa:resultTime",
        "fi:acquiredWith",
        "fi:objective",
        "nboq:model",
        "nboq:magnification",
        "nboq:lensNA",
    )
)


def follow(workspace: Workspace, images: Iterable[str], *, author: str) -> None:
    """Link images anew after a correction of their date, microscope or objective.

    Images of published sets stay as they are.
    """
    by_instrument: dict[str, list[str]] = {}
    for image, triples in workspace.catalogue.effective_of(images).items():
        seen = view(Image, RecordGraph(triples), image)
        if seen.instrument:
            by_instrument.setdefault(seen.instrument, []).append(image)
    found: list[Change] = []
    for instrument, members in by_instrument.items():
        controls = controls_of(workspace, instrument)
        found += control_links(workspace, instrument, controls, members)[0]
    if found:
        reason = "quality control in force"
        workspace.catalogue.append(ChangeSet(author, reason, tuple(found)))


def concerned(changes: Iterable[Change]) -> list[str]:
    """Return the records where a change may decide which control was in force."""
    found = {
        change.record
        for change in changes
        for _s, predicate, _o in (*change.added, *change.removed)
        if predicate[1:-1] in _DECIDING
    }
    return sorted(found)


def control_links(
    workspace: Workspace,
    instrument: str,
    controls: Sequence[Control],
    images: Iterable[str],
) -> tuple[list[Change], tuple[str, ...]]:
    """Return the changes of unpublished images, and the published ones left alone."""
    links = QualityLinks(workspace, controls, instrument=instrument)
    frozen = published_images(workspace)
    changes, left = [], []
    for image, triples in workspace.catalogue.effective_of(images).items():
        change = links.change(image, RecordGraph(triples))
        if change.added or change.removed:
            if image in frozen:
                left.append(image)
            else:
                changes.append(change)
    return changes, tuple(left)
