"""A quality control as a record: one part for each measurement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import (
    Instrument,
    Objective,
    ObjectiveCalibration,
    QualityMeasurement,
    QualityRun,
    RecordGraph,
    slots_of,
    slug,
    view,
)
from fair_imagic.rdf import expand
from fair_imagic.workflow.microscopes.versions import versions_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.workflow.base.edits import Edits
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.quality.table import Measured

__all__ = ["Objectives", "describe_run"]


class Objectives:
    """The objectives of a microscope, in all its versions, by what people call them."""

    def __init__(self, workspace: Workspace, instrument: str) -> None:
        self.instrument = instrument
        self.title = ""
        self._known: dict[str, tuple[str, str]] = {}
        versions = [one.iri for one in versions_of(workspace, instrument)]
        for record in (*versions, instrument):
            graph = RecordGraph(workspace.catalogue.effective(record))
            self.title = view(Instrument, graph, record).title or ""
            for part in graph.subjects_of(expand("nboq:Objective")):
                self._learn(graph, part)

    def _learn(self, graph: RecordGraph, part: str) -> None:
        seen = view(Objective, graph, part)
        names = [name for name in (seen.name, seen.model) if name]
        place = f"{self.instrument}#{part.partition('#')[2]}"
        for name in names:
            self._known[name.casefold()] = (place, names[0])

    def named(self, one: Measured) -> tuple[str, str]:
        """Return the IRI and the label of the objective of a measurement."""
        found = self._known.get(one.objective.casefold())
        if found is None:
            labels = dict.fromkeys(label for _iri, label in self._known.values())
            raise InputError(
                _("The microscope has no objective of this name"),
                where=f"{one.place}:objective" if one.place else "",
                expected=", ".join(labels),
                found=one.objective,
            )
        return found


def describe_run(
    workspace: Workspace,
    edits: Edits,
    objectives: Objectives,
    *,
    measured: Sequence[Measured],
) -> str:
    """Put the measurements of one day into edits, and return the IRI of the control."""
    instrument, day = objectives.instrument, measured[0].day
    short = instrument.rpartition("/")[2]
    run = workspace.mint("quality-run", f"{short}-{day}")
    effective = workspace.catalogue.effective(run)
    before = view(QualityRun, RecordGraph(effective), run).measurements
    parts = [_measurement(edits, run, one, objectives) for one in measured]
    edits.create(
        QualityRun(
            iri=run,
            title=f"{objectives.title} {day}",
            controlled_instrument=instrument,
            measured_on=day,
            valid_for_days=str(workspace.settings.quality_interval_days),
            measurements=tuple(dict.fromkeys((*before, *parts))),
        ),
        place=measured[0].place,
    )
    return run


def _measurement(edits: Edits, run: str, one: Measured, objectives: Objectives) -> str:
    component, label = objectives.named(one) if one.objective else ("", "")
    words = [one.point, *filter(None, (label, one.metric))]
    part = f"{run}#{'-'.join(slug(word) for word in words)}"
    edits.clear(part, (s.iri for s in slots_of("QualityMeasurement")))
    said = QualityMeasurement(
        iri=part,
        title=f"{', '.join(words)} ({one.day})",
        point=one.point,
        metric=one.metric or None,
        value=one.value or None,
        unit=one.unit or None,
        at_least=one.at_least or None,
        at_most=one.at_most or None,
        limit_source=one.limit_source or None,
        passed=one.passed or None,
        objective=component or None,
    )
    edits.create(said, place=one.place)
    if component and one.point == "resolution":
        # NBO-Q's optical calibration is the same measurement, with its own date.
        edits.create(ObjectiveCalibration(iri=part, date=one.day), place=one.place)
    return part
