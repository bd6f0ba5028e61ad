"""Data management plans: drafted from the catalogue, exported at any time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic import clock
from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import Plan, PublicationSet, RecordGraph, ResearchOutput, view
from fair_imagic.rdf import expand, iri
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["PlanRow", "draft", "list_plans"]

_NBOQ = "https://w3id.org/fair-imagic/nboq/v02-01/"


@dataclass(frozen=True)
class PlanRow:
    """One plan in a list."""

    iri: str
    name: str
    title: str
    outputs: int


def draft(
    workspace: Workspace,
    name: str,
    *,
    contact: str,
    author: str,
    title: str | None = None,
    sets: Sequence[str] = (),
    language: str = "en",
) -> str:
    """Draft a plan with one research output for each publication set named.

    What the sets say already (title, licence, keywords) is taken over; the sets then
    fulfil the outputs. Drafting again updates the outputs. Returns the plan's IRI.
    """
    chosen = list(sets) or workspace.names("set")
    if not chosen:
        raise NotFoundError(_("There is no publication set to plan for"))
    plan = workspace.mint("plan", name)
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    _describe(workspace, edits, plan, title or name, contact, language)
    for set_name in chosen:
        _promise(workspace, edits, plan, set_name)
    edits.append(author, "draft of the plan")
    return plan


def _describe(
    workspace: Workspace,
    edits: Edits,
    plan: str,
    title: str,
    contact: str,
    language: str,
) -> None:
    known = view(Plan, RecordGraph(workspace.catalogue.effective(plan)), plan)
    edits.create(
        Plan(
            iri=plan,
            title=title,
            language=language,
            created=known.created or clock.today().isoformat(),
            modified=clock.isoformat(clock.now()),
            contact=workspace.record("person", contact),
        )
    )


def _promise(workspace: Workspace, edits: Edits, plan: str, set_name: str) -> None:
    record = workspace.record("set", set_name)
    said = view(
        PublicationSet, RecordGraph(workspace.catalogue.effective(record)), record
    )
    output = workspace.mint("output", f"{plan.rpartition('/')[2]}-{set_name}")
    edits.create(
        ResearchOutput(
            iri=output,
            title=said.title or set_name,
            description=said.description,
            plan=plan,
            output_type="Image",
            personal_data="unknown",
            sensitive_data="unknown",
            license=said.license,
            keywords=said.keywords,
            repositories=("BioImage Archive",),
            metadata_standard=_NBOQ,
        )
    )
    edits.put(record, [(expand("fi:fulfils"), iri(output))])


def list_plans(workspace: Workspace) -> list[PlanRow]:
    """Return the plans, by name."""
    rows = []
    outputs = [_plan_of(workspace, one) for one in _outputs(workspace)]
    for record in sorted(workspace.catalogue.records(Plan.class_iri)):
        seen = view(Plan, RecordGraph(workspace.catalogue.effective(record)), record)
        name = record.rpartition("/")[2]
        rows.append(PlanRow(record, name, seen.title or name, outputs.count(record)))
    return rows


def _outputs(workspace: Workspace) -> list[str]:
    return list(workspace.catalogue.records(ResearchOutput.class_iri))


def _plan_of(workspace: Workspace, output: str) -> str | None:
    graph = RecordGraph(workspace.catalogue.effective(output))
    return view(ResearchOutput, graph, output).plan
