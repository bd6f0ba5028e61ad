"""A data management plan with the people and research outputs that it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import Organisation, Plan, ResearchOutput, view, views
from fair_imagic.publish.study import read_agent, said

if TYPE_CHECKING:
    from fair_imagic.model import RecordGraph
    from fair_imagic.publish.study import Agent

__all__ = ["PlanRecord", "read_plan"]


@dataclass(frozen=True)
class PlanRecord:
    """What a plan says itself; what was done comes from the catalogue."""

    plan: Plan
    contact: Agent | None
    contributors: tuple[Agent, ...]
    publisher: Organisation | None
    outputs: tuple[ResearchOutput, ...]


def read_plan(graph: RecordGraph, iri: str) -> PlanRecord:
    """Return a plan from a graph that holds it, its outputs and its people."""
    plan = view(Plan, graph, iri)
    outputs = [one for one in views(ResearchOutput, graph) if one.plan == iri]
    publisher = said(plan.publisher)
    return PlanRecord(
        plan=plan,
        contact=read_agent(graph, plan.contact) if plan.contact else None,
        contributors=tuple(read_agent(graph, one) for one in plan.contributors),
        publisher=view(Organisation, graph, publisher) if publisher else None,
        outputs=tuple(outputs),
    )
