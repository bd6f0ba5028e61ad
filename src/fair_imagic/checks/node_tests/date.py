"""Dates: what cannot be, and what cannot come before something else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from fair_imagic import clock
from fair_imagic.checks.node_tests import facts
from fair_imagic.rdf import is_iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS"]

_TAKEN = "sosa:resultTime"
# The clock of a microscope may be in another zone than the one we count in.
_ZONES = timedelta(days=1)
_FIRST_DIGITAL = date(1990, 1, 1)


def _not_in_the_future(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield times of acquisition or measurement that are still to come."""
    for term in facts.values(graph, focus, _TAKEN):
        found = facts.moment(term)
        if found is not None and found - clock.now() > _ZONES:
            yield term


def _digital(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield times before there were digital microscope cameras: an unset clock."""
    for term in facts.values(graph, focus, _TAKEN):
        found = facts.day(term)
        if found is not None and found < _FIRST_DIGITAL:
            yield term


def _since_the_record(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield times before the description of the microscope begins to be true."""
    taken = facts.first(graph, focus, _TAKEN)
    found = facts.day(taken)
    if found is None:
        return
    for start in _starts(graph, focus):
        if found < start:
            yield taken
            return


def _starts(graph: RecordGraph, image: str) -> Iterator[date]:
    for version in facts.links(graph, image, "fi:instrumentVersion"):
        start = facts.day(facts.first(graph, version, "fi:validFrom"))
        if start is not None:
            yield start
    for microscope in facts.links(graph, image, "fi:acquiredWith"):
        start = facts.day(facts.first(graph, microscope, "fi:recordedSince"))
        if start is not None:
            yield start


def _published_after_acquisition(
    graph: RecordGraph, focus: str
) -> Iterator[Term | None]:
    """Yield the day of publication where an image of the set is younger."""
    issued = facts.first(graph, focus, "dcterms:issued")
    day = facts.day(issued)
    if day is None:
        return
    images = facts.links(graph, focus, "dcterms:hasPart")
    taken = (facts.day(facts.first(graph, image, _TAKEN)) for image in images)
    if any(one is not None and one > day for one in taken):
        yield issued


def _processed_after_acquisition(
    graph: RecordGraph, focus: str
) -> Iterator[Term | None]:
    """Yield the start of a run that came before an image that it read was there."""
    started = facts.first(graph, focus, "prov:startedAtTime")
    begun = facts.moment(started)
    if begun is None:
        return
    for source in facts.values(graph, focus, "prov:used"):
        if is_iri(source):
            taken = facts.moment(facts.first(graph, text_of(source), _TAKEN))
            if taken is not None and taken - begun > _ZONES:
                yield started
                return


def _ends_after_it_starts(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield the end of what ended before it began."""
    ended = facts.first(graph, focus, "prov:endedAtTime")
    start = facts.moment(facts.first(graph, focus, "prov:startedAtTime"))
    end = facts.moment(ended)
    if start is not None and end is not None and end < start:
        yield ended


TESTS = {
    "acquired-in-the-past": _not_in_the_future,
    "acquired-digitally": _digital,
    "acquired-since-microscope-record": _since_the_record,
    "published-after-acquisition": _published_after_acquisition,
    "processed-after-acquisition": _processed_after_acquisition,
    "ended-after-start": _ends_after_it_starts,
}
