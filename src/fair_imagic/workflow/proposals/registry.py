"""The proposers, the surest kinds first, and the proposal for a point."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from fair_imagic.checks import Confidence
from fair_imagic.entry import Refusal
from fair_imagic.workflow.proposals.channels import from_channels
from fair_imagic.workflow.proposals.defaults import from_defaults
from fair_imagic.workflow.proposals.evidence import Evidence
from fair_imagic.workflow.proposals.file_facts import from_file_facts
from fair_imagic.workflow.proposals.licence import from_licences
from fair_imagic.workflow.proposals.microscope import from_microscope
from fair_imagic.workflow.proposals.objective_name import from_objective_name
from fair_imagic.workflow.proposals.other_images import from_other_images
from fair_imagic.workflow.proposals.plan import from_plan
from fair_imagic.workflow.proposals.terms import from_terms
from fair_imagic.workflow.proposals.written_value import from_written_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.checks import Finding, Proposal, Report
    from fair_imagic.model import Snapshot
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.proposals.evidence import Point

    Proposer = Callable[[Evidence, Point], Proposal | None]

__all__ = ["PROPOSERS", "proposal_for", "with_proposals"]

PROPOSERS: tuple[Proposer, ...] = (
    from_written_value,
    from_licences,
    from_terms,
    from_defaults,
    from_microscope,
    from_file_facts,
    from_plan,
    from_objective_name,
    from_channels,
    from_other_images,
)
_RANKS = {confidence: rank for rank, confidence in enumerate(Confidence)}


def with_proposals(workspace: Workspace, snapshot: Snapshot, report: Report) -> Report:
    """Return a report whose points carry the values that a rule can propose."""
    evidence = Evidence(workspace, snapshot)
    known: dict[tuple[str, str, str | None], Proposal | None] = {}
    findings = []
    for finding in report.findings:
        key = (finding.focus, finding.path, finding.value)
        if key not in known:
            known[key] = proposal_for(evidence, finding)
        found = known[key]
        findings.append(
            finding if found is None else dataclasses.replace(finding, proposal=found)
        )
    return dataclasses.replace(report, findings=tuple(findings))


def proposal_for(evidence: Evidence, finding: Finding) -> Proposal | None:
    """Return the surest proposal for a point, the first proposer's where equal.

    What could not be kept, or would change nothing, is not proposed.
    """
    point = evidence.point(finding)
    if point is None:
        return None
    best: Proposal | None = None
    for proposer in PROPOSERS:
        found = proposer(evidence, point)
        if found is None or not _useful(evidence, point, found):
            continue
        if found.confidence is Confidence.CERTAIN:
            return found
        if best is None or _RANKS[found.confidence] < _RANKS[best.confidence]:
            best = found
    return best


def _useful(evidence: Evidence, point: Point, proposal: Proposal) -> bool:
    outcome = evidence.door.outcome(proposal.value, point.slot, subject=point.subject)
    if isinstance(outcome, Refusal) or not outcome.certain:
        return False
    terms = {term for path, term in outcome.terms if path == point.slot.iri}
    return terms != set(evidence.graph.values(point.subject, point.slot.iri))
