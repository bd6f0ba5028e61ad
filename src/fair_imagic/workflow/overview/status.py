"""Status: what is in the catalogue, and where it is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import Image
from fair_imagic.publish.registry import available
from fair_imagic.publish.states import all_deliveries
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.plans import plan as plans
from fair_imagic.workflow.sets import publication_set as sets
from fair_imagic.workflow.sets.deliveries import changed_since, deliveries_about

if TYPE_CHECKING:
    from fair_imagic.publish.states import Delivery
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.sets.publication_set import SetRow

__all__ = ["Status", "run"]


@dataclass(frozen=True)
class Status:
    """Counts and publications; ``targets`` are the archives that are known.

    ``changed`` are the numbers of those publications whose set has changed since.
    """

    images: int
    collections: tuple[str, ...]
    instruments: tuple[str, ...]
    plans: tuple[str, ...]
    sets: tuple[SetRow, ...]
    deliveries: tuple[Delivery, ...]
    changed: frozenset[int]
    targets: tuple[str, ...]


def run(workspace: Workspace, set_name: str | None = None) -> Status:
    """Return what is there; with a set's name, that set and its publications only."""
    rows = sets.list_sets(workspace)
    deliveries = all_deliveries(workspace.catalogue.database)
    if set_name is not None:
        record = workspace.record("set", set_name)
        rows = [row for row in rows if row.iri == record]
        deliveries = deliveries_about(workspace, record)
    return Status(
        images=len(workspace.catalogue.records(Image.class_iri)),
        collections=tuple(workspace.names("collection")),
        instruments=tuple(row.name for row in instruments.list_instruments(workspace)),
        plans=tuple(row.name for row in plans.list_plans(workspace)),
        sets=tuple(rows),
        deliveries=tuple(deliveries),
        changed=changed_since(workspace, deliveries),
        targets=tuple(sorted(available())),
    )
