"""Which NBO-Q tier a microscope record meets, and what each of its parts lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks import TierReport, tier_report
from fair_imagic.model import RecordGraph
from fair_imagic.workflow.microscopes.versions import version_named

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["tiers_of"]


def tiers_of(
    workspace: Workspace, name: str, *, declared: int | None = None, version: str = ""
) -> TierReport:
    """Return the completeness of a microscope, by tier and component.

    ``declared`` is the tier that the facility claims; ``version`` a date or ``start``,
    the latest description otherwise. Raises
    :class:`~fair_imagic.errors.NotFoundError` for a microscope that is not there.
    """
    record = workspace.record("instrument", name)
    if version:
        record = version_named(workspace, record, version).iri
    graph = RecordGraph(workspace.catalogue.effective(record))
    return tier_report(graph, record, declared=declared)
