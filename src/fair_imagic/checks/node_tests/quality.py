"""Quality control of the microscope at the time of an image."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from fair_imagic.checks.node_tests.control import (
    acquisition_day,
    in_force,
    is_acquired,
    runs_of,
)
from fair_imagic.checks.node_tests.facts import number
from fair_imagic.model import slots_of
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks.node_tests.control import ControlMeasurement
    from fair_imagic.model import QualityRun, RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS"]

# Three times a year, where a control does not say how long it holds.
_USUAL_DAYS = 130
_FAILED = ("false", "0")


def _not_passed(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Return the measurements in force that did not pass."""
    for one in _measured(graph, focus):
        if one.measurement.passed in _FAILED:
            yield iri(one.iri)


def _beyond_limits(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Return the measurements in force whose value is beyond its own limits.

    One that says itself that it did not pass is said by another rule.
    """
    for one in _measured(graph, focus):
        if one.measurement.passed in _FAILED:
            continue
        value = number(graph, one.iri, "dqv:value")
        low = number(graph, one.iri, "fi:atLeast")
        high = number(graph, one.iri, "fi:atMost")
        if value is None:
            continue
        if (low is not None and value < low) or (high is not None and value > high):
            yield iri(one.iri)


def _without_result(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Return the measurements in force that do not say whether they passed."""
    for one in _measured(graph, focus):
        if one.measurement.passed is None:
            yield iri(one.iri)


def _too_old(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Return the latest control, where the next one was due before the image."""
    acquired = acquisition_day(graph, focus)
    runs = runs_of(graph, focus)
    if acquired is None or not runs:
        return
    day, run = runs[-1]
    if acquired > day + timedelta(days=_days(run)):
        yield iri(run.iri)


def _points_left_out(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Return the points that no control measured in time.

    Nothing where all controls are too old: that is said once, by another rule.
    """
    acquired = acquisition_day(graph, focus)
    if acquired is None or not runs_of(graph, focus) or list(_too_old(graph, focus)):
        return
    held = in_force(graph, focus)
    for point in _points():
        dates = [
            one.day + timedelta(days=_days(one.run)) for one in held.get(point, ())
        ]
        if not dates or acquired > max(dates):
            yield literal(point)


def _measured(graph: RecordGraph, focus: str) -> Iterator[ControlMeasurement]:
    if is_acquired(graph, focus):
        for point in sorted(found := in_force(graph, focus)):
            yield from found[point]


def _points() -> tuple[str, ...]:
    return next(s.values for s in slots_of("QualityMeasurement") if s.name == "point")


def _days(run: QualityRun) -> int:
    text = run.valid_for_days or ""
    return int(text) if text.isdecimal() else _USUAL_DAYS


TESTS = {
    "quality-control-passed": _not_passed,
    "quality-control-within-limits": _beyond_limits,
    "quality-control-has-results": _without_result,
    "quality-control-recent": _too_old,
    "quality-control-complete": _points_left_out,
}
