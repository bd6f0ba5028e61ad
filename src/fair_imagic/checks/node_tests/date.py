"""Dates: what cannot be, and what cannot come before something else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from fair_imagic import clock
from fair_imagic.checks.node_tests import said
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
    for term in said.values(graph, focus, _TAKEN):
        found = said.moment(term)
        if found is not None and found - clock.now() > _ZONES:
            yield term


def _digital(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield times before there were digital microscope cameras: an unset clock."""
    for term in said.values(graph, focus, _TAKEN):
        found = said.day(term)
        if found is not None and found < _FIRST_DIGITAL:
            yield term


def _since_the_record(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield times before the description of the microscope begins to be true."""
    taken = said.first(graph, focus, _TAKEN)
    found = said.day(taken)
    if found is None:
        return
    for start in _starts(graph, focus):
        if found < start:
            yield taken
            return


def _starts(graph: RecordGraph, image: str) -> Iterator[date]:
    for version in said.links(graph, image, "fi:instrumentVersion"):
        start = said.day(said.first(graph, version, "fi:validFrom"))
        if start is not None:
            yield start
    for microscope in said.links(graph, image, "fi:acquiredWith"):
        start = said.day(said.first(graph, microscope, "fi:recordedSince"))
        if start is not None:
            yield start


def _published_after_acquisition(
    graph: RecordGraph, focus: str
) -> Iterator[Term | None]:
    """Yield the day of publication where an image of the set is younger."""
    issued = said.first(graph, focus, "dcterms:issued")
    day = said.day(issued)
    if day is None:
        return
    images = said.links(graph, focus, "dcterms:hasPart")
    taken = (said.day(said.first(graph, image, _TAKEN)) for image in images)
    if any(one is not None and one > day for one in taken):
        yield issued


def _processed_after_acquisition(
    graph: RecordGraph, focus: str
) -> Iterator[Term | None]:
    """Yield the start of a run that came before an image that it read was there."""
    started = said.first(graph, focus, "prov:startedAtTime")
    begun = said.moment(started)
    if begun is None:
        return
    for source in said.values(graph, focus, "prov:used"):
        if is_iri(source):
            taken = said.moment(said.first(graph, text_of(source), _TAKEN))
            if taken is not None and taken - begun > _ZONES:
                yield started
                return


def _ends_after_it_starts(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield the end of what ended before it began."""
    ended = said.first(graph, focus, "prov:endedAtTime")
    start = said.moment(said.first(graph, focus, "prov:startedAtTime"))
    end = said.moment(ended)
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
