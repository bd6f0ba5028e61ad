"""Data management plans and what they promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import Plan, RecordGraph, ResearchOutput, views
from fair_imagic.rdf import iri
from fair_imagic.workflow.base.label import label_of, name_of
from fair_imagic.workflow.base.listing import rows
from fair_imagic.workflow.base.shown_value import Section, sections
from fair_imagic.workflow.plans import export as export_dmp

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["OutputRow", "PlanPage", "PlanRow", "plan_page", "plans_page"]


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """One plan of a list."""

    iri: str
    name: str
    title: str
    outputs: int


@dataclass(frozen=True, kw_only=True)
class OutputRow:
    """One promised research output, the sets that fulfil it, where they are public."""

    title: str
    sections: tuple[Section, ...]
    sets: tuple[tuple[str, str], ...]
    identifiers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """One plan with its outputs."""

    row: PlanRow
    sections: tuple[Section, ...]
    outputs: tuple[OutputRow, ...]


def plans_page(workspace: Workspace) -> tuple[PlanRow, ...]:
    """Return all plans by title."""
    records = workspace.catalogue.records(Plan.class_iri)
    listed = [_row(workspace, record) for record in records]
    return tuple(sorted(listed, key=lambda row: row.title.lower()))


def plan_page(workspace: Workspace, name: str) -> PlanPage:
    """Return one plan. Raises NotFoundError where there is none."""
    record = workspace.record("plan", name)
    outputs = (_output(workspace, one) for one in _outputs(workspace, record))
    return PlanPage(
        row=_row(workspace, record),
        sections=sections(workspace, record),
        outputs=tuple(outputs),
    )


def _row(workspace: Workspace, record: str) -> PlanRow:
    return PlanRow(
        iri=record,
        name=name_of(record),
        title=label_of(workspace, record),
        outputs=len(_outputs(workspace, record)),
    )


def _outputs(workspace: Workspace, plan: str) -> list[ResearchOutput]:
    query = (
        "SELECT ?output WHERE { "
        f"?output dcterms:isPartOf {iri(plan)} ; a fi:ResearchOutput }}"
    )
    catalogue = workspace.catalogue
    found = [row[0] for row in rows(workspace, query)]
    triples = [triple for one in found for triple in catalogue.effective(one)]
    return views(ResearchOutput, RecordGraph(triples))


def _output(workspace: Workspace, output: ResearchOutput) -> OutputRow:
    query = (
        "SELECT ?set ?identifier WHERE { "
        f"?set fi:fulfils {iri(output.iri)} . OPTIONAL {{ ?publication fi:publishes "
        "?set ; dcterms:identifier ?identifier } } ORDER BY ?set ?identifier"
    )
    found = rows(workspace, query)
    fulfilling = dict.fromkeys(row[0] for row in found)
    return OutputRow(
        title=output.title or name_of(output.iri),
        sections=sections(workspace, output.iri),
        sets=tuple((one, label_of(workspace, one)) for one in fulfilling),
        identifiers=tuple(dict.fromkeys(row[1] for row in found if row[1])),
    )


def madmp_text(workspace: Workspace, name: str) -> str:
    """Return a plan as RDA DMP Common Standard JSON.

    Raises :class:`~fair_imagic.errors.NotFoundError` where there is no such plan.
    """
    return export_dmp.run(workspace, name)
