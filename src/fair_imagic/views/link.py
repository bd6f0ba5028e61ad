"""A record to go to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.workflow.base.label import label_of

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["RecordLink", "link"]


@dataclass(frozen=True, kw_only=True)
class RecordLink:
    """A record to go to: its identifier, its kind's page and its label."""

    iri: str
    label: str


def link(workspace: Workspace, record: str) -> RecordLink:
    """Return the link to a record."""
    return RecordLink(iri=record, label=label_of(workspace, record))
