"""The quality control in force for an image: found when either of them is entered.

An image names, for each point, the latest control that measured it before the image
was acquired, and the latest optical calibration of its objective. An image without a
date names none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change, Source, SourceKind
from fair_imagic.mapping import match_objective
from fair_imagic.model import Image, QualityMeasurement, QualityRun, RecordGraph, view
from fair_imagic.rdf import expand, iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["Control", "QualityLinks", "control_in", "controls_of"]

_RUN = expand("fi:qualityRun")
_CALIBRATION = expand("nboq:opticalCalibration")
_RESOLUTION = "resolution"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Control:
    """One quality control: its day, what it measured, and with which objectives.

    ``objectives`` gives for the name of a component the measurement that is its optical
    calibration.
    """

    iri: str
    instrument: str
    day: str
    points: frozenset[str]
    objectives: Mapping[str, str]


def control_in(graph: RecordGraph, run: str) -> Control:
    """Return what a graph says about one quality control."""
    seen = view(QualityRun, graph, run)
    measured = [view(QualityMeasurement, graph, one) for one in seen.measurements]
    return Control(
        iri=run,
        instrument=seen.controlled_instrument or "",
        day=seen.measured_on or "",
        points=frozenset(one.point for one in measured if one.point),
        objectives={
            _fragment(one.objective): one.iri
            for one in measured
            if one.objective and one.point == _RESOLUTION
        },
    )


def controls_of(workspace: Workspace, instrument: str) -> list[Control]:
    """Return the quality controls of a microscope, the oldest first."""
    slug = instrument.rpartition("/")[2]
    likely = [
        one
        for one in workspace.catalogue.records(QualityRun.class_iri)
        if one.rpartition("/")[2].startswith(f"{slug}-")
    ]
    found = [
        control_in(RecordGraph(triples), one)
        for one, triples in workspace.catalogue.effective_of(likely).items()
    ]
    own = (one for one in found if one.instrument == instrument)
    return sorted(own, key=lambda one: one.day)


class QualityLinks:
    """What is needed to link many images of one microscope to its controls."""

    def __init__(
        self, workspace: Workspace, controls: Sequence[Control], *, instrument: str
    ) -> None:
        self._workspace = workspace
        self._controls = sorted(controls, key=lambda one: one.day)
        self._instrument = instrument
        self._graphs: dict[str, RecordGraph] = {}
        self._objectives: dict[object, str] = {}
        self._source = Source(
            iri=workspace.mint("source", "quality-control"),
            kind=SourceKind.RULE,
            label="quality control",
        )

    def change(self, image: str, graph: RecordGraph) -> Change:
        """Return what the controls change in the record of an image.

        ``graph`` is what the record says.
        """
        catalogue = self._workspace.catalogue
        before = set(catalogue.source_statements(image, self._source.iri))
        after = set(self._links(image, graph))
        return Change(
            record=image,
            source=self._source,
            added=frozenset(after - before),
            removed=frozenset(before - after),
        )

    def _links(self, image: str, graph: RecordGraph) -> Iterator[Triple]:
        seen = view(Image, graph, image)
        day = _DAY.match(seen.acquired_at or "")
        if day is None or seen.instrument != self._instrument:
            return
        past = [one for one in self._controls if one.day <= day[0]]
        runs = {point: one.iri for one in past for point in one.points}
        calibrated = {
            name: (one.iri, measurement)
            for one in past
            for name, measurement in one.objectives.items()
        }
        if calibrated:
            objective = self._objective(seen, graph)
            if objective in calibrated:
                run, measurement = calibrated[objective]
                runs["calibration"] = run
                yield (iri(image), iri(_CALIBRATION), iri(measurement))
        for run in set(runs.values()):
            yield (iri(image), iri(_RUN), iri(run))

    def _objective(self, image: Image, graph: RecordGraph) -> str:
        """Return the name of the component that is the objective of an image."""
        record = image.instrument_version or self._instrument
        said = graph.describe(image.objective) if image.objective else []
        key = (record, frozenset((p, o) for _s, p, o in said))
        if key not in self._objectives:
            found = match_objective(image.iri, graph, record, self._graph(record))
            self._objectives[key] = _fragment(found.component) if found else ""
        return self._objectives[key]

    def _graph(self, record: str) -> RecordGraph:
        if record not in self._graphs:
            effective: Iterable[Triple] = self._workspace.catalogue.effective(record)
            self._graphs[record] = RecordGraph(effective)
        return self._graphs[record]


def _fragment(component: str) -> str:
    """Return the name of a component, the same in all versions of its microscope."""
    return component.partition("#")[2]
