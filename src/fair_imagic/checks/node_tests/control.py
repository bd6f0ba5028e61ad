"""What an image's links say of the controls in force when it was acquired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from fair_imagic.model import QualityMeasurement, QualityRun, RecordGraph, view
from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Measured",
    "acquired_on",
    "calibration_of",
    "day_in",
    "in_force",
    "is_acquired",
    "runs_of",
]

_RESULT_TIME = expand("sosa:resultTime")
_DERIVED_FROM = expand("prov:wasDerivedFrom")
_RUN = expand("fi:qualityRun")
_CALIBRATION = expand("nboq:opticalCalibration")
_OBJECTIVE = expand("fi:measuredObjective")
_DATE = expand("nboq:date")


@dataclass(frozen=True)
class Measured:
    """One measurement in force, and the control that made it."""

    iri: str
    said: QualityMeasurement
    run: QualityRun
    day: date


def day_in(text: str | None) -> date | None:
    """Return the day of an ISO date or time; None for another text."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def is_acquired(graph: RecordGraph, image: str) -> bool:
    """Return whether something is said of an image, and no processing made it."""
    return image in graph and not graph.values(image, _DERIVED_FROM)


def acquired_on(graph: RecordGraph, image: str) -> date | None:
    """Return the day on which an image was acquired."""
    return next(iter(_days(graph, image, _RESULT_TIME)), None)


def runs_of(graph: RecordGraph, image: str) -> list[tuple[date, QualityRun]]:
    """Return the quality controls that an image names, the oldest first."""
    found = []
    for term in graph.values(image, _RUN):
        run, _measured = _read(graph, text_of(term))
        day = day_in(run.measured_on)
        if day is not None:
            found.append((day, run))
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
    for term in graph.values(image, _CALIBRATION):
        for day in _days(graph, text_of(term), _DATE):
            return text_of(term), day
    return None


def in_force(graph: RecordGraph, image: str) -> dict[str, list[Measured]]:
    """Return the latest measurements of each point.

    What was measured with another objective than that of the image says nothing of it.
    """
    found: dict[str, list[Measured]] = {}
    for day, run in runs_of(graph, image):
        fresh: dict[str, list[Measured]] = {}
        for said in _read(graph, run.iri)[1]:
            if said.point and _is_about(graph, image, said):
                one = Measured(said.iri, said, run, day)
                fresh.setdefault(said.point, []).append(one)
        found |= fresh
    return found


def _is_about(graph: RecordGraph, image: str, said: QualityMeasurement) -> bool:
    calibration = calibration_of(graph, image)
    if said.objective is None or calibration is None:
        return True
    own = {text_of(term) for term in graph.values(calibration[0], _OBJECTIVE)}
    return not own or said.objective in own


def _days(graph: RecordGraph, subject: str, predicate: str) -> Iterator[date]:
    for term in graph.values(subject, predicate):
        day = day_in(text_of(term))
        if day is not None:
            yield day
