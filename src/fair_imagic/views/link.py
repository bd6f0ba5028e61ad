"""A record to go to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.images.image_names import labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["RecordLink", "image_links", "link", "links"]


@dataclass(frozen=True, kw_only=True)
class RecordLink:
    """A record to go to: its identifier, its kind's page and its label."""

    iri: str
    label: str


def link(workspace: Workspace, record: str) -> RecordLink:
    """Return the link to a record."""
    return RecordLink(iri=record, label=label_of(workspace, record))


def links(workspace: Workspace, records: Iterable[str]) -> tuple[RecordLink, ...]:
    """Return the links to those of these records that who looks may see."""
    return tuple(link(workspace, one) for one in records if workspace.sees(one))


def image_links(workspace: Workspace, images: Sequence[str]) -> tuple[RecordLink, ...]:
    """Return the links to images, told apart by their files where titles are equal."""
    found = labels_of(workspace, [one for one in images if workspace.sees(one)])
    return tuple(RecordLink(iri=image, label=label) for image, label in found.items())
