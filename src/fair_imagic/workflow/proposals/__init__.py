"""Proposed values: what a rule can say about a point, from where, and how surely."""

from fair_imagic.workflow.proposals.evidence import Evidence, Point
from fair_imagic.workflow.proposals.registry import (
    PROPOSERS,
    proposal_for,
    with_proposals,
)

__all__ = [
    "PROPOSERS",
    "Evidence",
    "Point",
    "proposal_for",
    "terms",
    "with_proposals",
    "written_value",
]
