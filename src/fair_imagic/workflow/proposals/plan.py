"""Proposals from the data management plan that a set fulfils."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks import Proposal
from fair_imagic.i18n import both
from fair_imagic.model import PublicationSet, RecordGraph, ResearchOutput, view

if TYPE_CHECKING:
    from fair_imagic.workflow.proposals.evidence import Evidence, Point

__all__ = ["from_plan"]


def from_plan(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose what the plan promises of this set: licence, keywords, description."""
    if point.class_name != PublicationSet.__name__ or point.seen is not None:
        return None
    output = view(PublicationSet, evidence.graph, point.subject).fulfils
    if not output:
        return None
    catalogue = evidence.workspace.catalogue
    said = view(ResearchOutput, RecordGraph(catalogue.effective(output)), output)
    promised = {
        "license": said.license,
        "keywords": "; ".join(said.keywords),
        "description": said.description,
    }
    text = promised.get(point.slot.name)
    if not text:
        return None
    title = said.title or output.rpartition("/")[2]
    return Proposal(value=text, source=both("the plan, for “{title}”", title=title))
