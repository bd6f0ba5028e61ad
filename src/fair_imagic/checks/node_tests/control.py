"""What an image's links say of the controls in force when it was acquired."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from fair_imagic.checks.node_tests.facts import day, first, links, values
from fair_imagic.model import QualityMeasurement, QualityRun, RecordGraph, view

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "ControlMeasurement",
    "acquisition_day",
    "calibration_of",
    "in_force",
    "is_acquired",
    "runs_of",
]


@dataclass(frozen=True)
class ControlMeasurement:
    """One measurement in force, and the control that made it."""

    iri: str
    measurement: QualityMeasurement
    run: QualityRun
    day: date


def is_acquired(graph: RecordGraph, image: str) -> bool:
    """Return whether something is said of an image, and no processing made it."""
    return image in graph and not values(graph, image, "prov:wasDerivedFrom")


def acquisition_day(graph: RecordGraph, image: str) -> date | None:
    """Return the day on which an image was acquired."""
    return day(first(graph, image, "sosa:resultTime"))


def runs_of(graph: RecordGraph, image: str) -> list[tuple[date, QualityRun]]:
    """Return the quality controls that an image names, the oldest first."""
    found = []
    for one in links(graph, image, "fi:qualityRun"):
        run, _measured = _read(graph, one)
        measured_on = day(first(graph, one, "dcterms:date"))
        if measured_on is not None:
            found.append((measured_on, run))
    return sorted(found, key=lambda one: (one[0], one[1].iri))


# Thousands of images name the same few controls: each is read once for each graph.
_READ: WeakKeyDictionary[
    RecordGraph, dict[str, tuple[QualityRun, tuple[QualityMeasurement, ...]]]
] = WeakKeyDictionary()


def _read(
    graph: RecordGraph, run: str
) -> tuple[QualityRun, tuple[QualityMeasurement, ...]]:
    known = _READ.setdefault(graph, {})
    if run not in known:
        seen = view(QualityRun, graph, run)
        parts = (view(QualityMeasurement, graph, one) for one in seen.measurements)
        known[run] = (seen, tuple(parts))
    return known[run]


def calibration_of(graph: RecordGraph, image: str) -> tuple[str, date] | None:
    """Return the optical calibration of the objective of an image, and its day."""
    for one in links(graph, image, "nboq:opticalCalibration"):
        measured_on = day(first(graph, one, "nboq:date"))
        if measured_on is not None:
            return one, measured_on
    return None


def in_force(graph: RecordGraph, image: str) -> dict[str, list[ControlMeasurement]]:
    """Return the latest measurements of each point.

    What was measured with another objective than that of the image says nothing of it.
    """
    found: dict[str, list[ControlMeasurement]] = {}
    for measured_on, run in runs_of(graph, image):
        fresh: dict[str, list[ControlMeasurement]] = {}
        for part in _read(graph, run.iri)[1]:
            if part.point and _is_about(graph, image, part):
                one = ControlMeasurement(part.iri, part, run, measured_on)
                fresh.setdefault(part.point, []).append(one)
        found |= fresh
    return found


def _is_about(graph: RecordGraph, image: str, measurement: QualityMeasurement) -> bool:
    calibration = calibration_of(graph, image)
    if measurement.objective is None or calibration is None:
        return True
    own = links(graph, calibration[0], "fi:measuredObjective")
    return not own or measurement.objective in own
