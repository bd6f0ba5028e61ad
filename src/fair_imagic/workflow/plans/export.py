"""Export a plan: a view of the catalogue in the RDA DMP Common Standard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fair_imagic import dmp
from fair_imagic.model import PublicationSet
from fair_imagic.publish.study import read_study
from fair_imagic.workflow.sets.deliveries import published_names

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["run"]


def run(workspace: Workspace, name: str, *, standard: str = "1.2") -> str:
    """Return the plan as JSON of the RDA DMP Common Standard (1.2 or 1.1).

    It names every identifier that its sets got. Raises
    :class:`~fair_imagic.errors.NotFoundError` where there is no such plan.
    """
    record = workspace.record("plan", name)
    plan = dmp.read_plan(workspace.catalogue.snapshot(record).graph, record)
    sets = workspace.catalogue.records(PublicationSet.class_iri)
    document = dmp.export(
        plan,
        settings=workspace.settings,
        studies=[read_study(workspace.catalogue.snapshot(one)) for one in sets],
        published=published_names(workspace),
        version=standard,
    )
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return workspace.bases.outward(text)
