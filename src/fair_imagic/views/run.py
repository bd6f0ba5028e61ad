"""One processing run: how it was made, from what, and all that came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.rounding import rounded
from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _, current_language
from fair_imagic.model import (
    File,
    Parameter,
    ProcessingRun,
    RecordGraph,
    Result,
    view,
    views,
)
from fair_imagic.processing.registry import processors
from fair_imagic.views.link import RecordLink, links
from fair_imagic.views.output import OutputRow, output_rows, output_summary
from fair_imagic.workflow.base.label import label_in, name_of
from fair_imagic.workflow.base.shown_value import Section, natural, sections
from fair_imagic.workflow.processing.outputs import outputs_of

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "ParameterRow",
    "RunPage",
    "result_file",
    "run_name_of_result",
    "run_page",
    "run_sections",
]

_ELSEWHERE = frozenset({"used", "output_sha256"})


@dataclass(frozen=True, kw_only=True)
class ParameterRow:
    """A parameter as it is typed, its value, and what it does."""

    name: str
    value: str
    help: str


@dataclass(frozen=True, kw_only=True)
class RunPage:
    """Everything that the page of one run shows."""

    iri: str
    name: str
    title: str
    summary: str
    sections: tuple[Section, ...]
    parameters: tuple[ParameterRow, ...]
    inputs: tuple[RecordLink, ...]
    outputs: tuple[OutputRow, ...]


def run_page(workspace: Workspace, name: str) -> RunPage:
    """Return one run. Raises NotFoundError where there is none."""
    record = workspace.record("run", name)
    made = outputs_of(workspace, record)
    outputs = output_rows(workspace, made) if made is not None else ()
    triples = workspace.catalogue.effective(record)
    graph = RecordGraph(triples)
    run = view(ProcessingRun, graph, record)
    return RunPage(
        iri=record,
        name=name_of(record),
        title=label_in(triples, record),
        summary=output_summary(outputs),
        sections=run_sections(workspace, record),
        parameters=_parameters(run.processor or "", graph),
        inputs=tuple(
            sorted(
                links(workspace, run.used),
                key=lambda one: natural(one.label),
            )
        ),
        outputs=outputs,
    )


def _parameters(token: str, graph: RecordGraph) -> tuple[ParameterRow, ...]:
    maker = processors().get(token)
    helps = {one.name: one.help for one in maker.parameters} if maker else {}
    return tuple(
        ParameterRow(
            name=one.name or "",
            value=rounded(one.value),
            help=helps.get(one.name or "", {}).get(current_language(), ""),
        )
        for one in views(Parameter, graph)
    )


def run_sections(workspace: Workspace, record: str) -> tuple[Section, ...]:
    """Return what a run says of itself; parameters, inputs and outputs apart."""
    every = sections(workspace, record, hidden=_ELSEWHERE)
    return tuple(one for one in every if one.subject == record)


def run_name_of_result(workspace: Workspace, name: str) -> str:
    """Return the name of the run that made a result, whose page shows it."""
    record = workspace.record("result", name)
    graph = RecordGraph(workspace.catalogue.effective(record))
    run = view(Result, graph, record).generated_by
    if run is None:
        raise NotFoundError(_("Nobody knows what made this result"), found=name[:80])
    return name_of(run)


def result_file(workspace: Workspace, name: str) -> Path:
    """Return where the file of a result lies. Raises NotFoundError where it is gone."""
    record = workspace.record("result", name)
    graph = RecordGraph(workspace.catalogue.effective(record))
    for file in views(File, graph):
        place = workspace.catalogue.locations.find_one(file.sha256 or "")
        if place.path is not None and place.path.is_file():
            return place.path
    raise NotFoundError(_("The file of this result is gone"), found=name[:80])
