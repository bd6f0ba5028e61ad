"""Status: what is in the catalogue, and where it is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import Image
from fair_imagic.publish.states import all_deliveries
from fair_imagic.workflow.sets.deliveries import changed_since, deliveries_about
from fair_imagic.workflow.sets.listing import list_sets

if TYPE_CHECKING:
    from fair_imagic.publish.states import Delivery
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.sets.listing import SetRow

__all__ = ["Status", "run"]


@dataclass(frozen=True)
class Status:
    """Counts and publications.

    ``changed`` are the numbers of those publications whose set has changed since.
    """

    images: int
    collections: tuple[str, ...]
    instruments: tuple[str, ...]
    plans: tuple[str, ...]
    sets: tuple[SetRow, ...]
    deliveries: tuple[Delivery, ...]
    changed: frozenset[int]


def run(workspace: Workspace, set_name: str | None = None) -> Status:
    """Return what is there; with a set's name, that set and its publications only."""
    rows = list_sets(workspace)
    deliveries = all_deliveries(workspace.catalogue.database)
    if set_name is not None:
        record = workspace.record("set", set_name)
        rows = [row for row in rows if row.iri == record]
        deliveries = deliveries_about(workspace, record)
    return Status(
        images=len(workspace.catalogue.records(Image.class_iri)),
        collections=tuple(workspace.names("collection")),
        instruments=tuple(workspace.names("instrument")),
        plans=tuple(workspace.names("plan")),
        sets=tuple(rows),
        deliveries=tuple(deliveries),
        changed=changed_since(workspace, deliveries),
    )
