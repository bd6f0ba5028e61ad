"""Calibration by NBO-Q: how long before an image it may have been made.

Tier 2: an optical calibration of that objective not older than a month; Tier 3: of the
day. Intensity and mechanics: not older than a quarter, advised and then demanded.
"""

from __future__ import annotations

import calendar
from functools import partial
from typing import TYPE_CHECKING

from fair_imagic.checks.node_tests.control import (
    acquisition_day,
    calibration_of,
    in_force,
    is_acquired,
)
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS"]

_QUARTER = 3
_INTENSITY = ("illumination stability",)
_MECHANICS = ("stage drift", "stage repeatability")


def _months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or the last one that it has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def _optical(graph: RecordGraph, focus: str, *, months: int) -> Iterator[Term | None]:
    """Return the calibration that is too old for an image, None where there is none."""
    if not is_acquired(graph, focus):
        return
    acquired = acquisition_day(graph, focus)
    found = calibration_of(graph, focus)
    if acquired is None or found is None:
        yield None
        return
    calibration, day = found
    if not day <= acquired <= _months_later(day, months):
        yield iri(calibration)


def _of_points(
    graph: RecordGraph, focus: str, *, points: tuple[str, ...]
) -> Iterator[Term | None]:
    """Return the latest measurement of some points where it is too old."""
    if not is_acquired(graph, focus):
        return
    acquired = acquisition_day(graph, focus)
    held = in_force(graph, focus)
    found = [one for point in points for one in held.get(point, ())]
    if acquired is None or not found:
        yield None
        return
    latest = max(found, key=lambda one: (one.day, one.iri))
    if not latest.day <= acquired <= _months_later(latest.day, _QUARTER):
        yield iri(latest.iri)


TESTS = {
    "optical-calibration-within-a-month": partial(_optical, months=1),
    "optical-calibration-of-the-day": partial(_optical, months=0),
    "intensity-calibration-within-a-quarter": partial(_of_points, points=_INTENSITY),
    "mechanical-calibration-within-a-quarter": partial(_of_points, points=_MECHANICS),
}
