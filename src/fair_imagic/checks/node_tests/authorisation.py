"""Authorisations: what the material of a sample asks for, and on which day it held."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fair_imagic.entry.day import day_kept
from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS"]

_SAMPLE, _ACQUIRED = expand("fi:sample"), expand("sosa:resultTime")
_ORIGIN, _REASON = expand("fi:materialOrigin"), expand("fi:noApprovalReason")
_ORGANISM, _HUMAN = expand("fi:organism"), expand("obo:NCBITaxon_9606")
_PROJECT_FROM, _PROJECT_UNTIL = (
    expand(f"fi:animalProject{end}") for end in ("From", "Until")
)
_PROJECT_YEARS = 5

_LIVE = {"live vertebrate", "live cephalopod"}
_OF_PEOPLE = {"human donor", "cell line"}
# Origin -> the reason of the list that belongs to it.
_REASONS = {
    "tissue taken after killing": "tissue taken after killing, no procedure before",
    "early embryo or larva": "embryo or larva before the protected stage",
    "fly, worm or other invertebrate": "invertebrate other than a cephalopod",
    "cell line": "established cell line",
    "plant or fungus": "plant, fungus or micro-organism",
    "micro-organism": "plant, fungus or micro-organism",
    "no biological material": "no biological material",
}


def _origins(graph: RecordGraph, sample: str) -> set[str]:
    return {text_of(term) for term in graph.values(sample, _ORIGIN)}


def _day(graph: RecordGraph, subject: str, path: str) -> date | None:
    """Return the day at a path, or None where none is said or it is no date."""
    days = (day_kept(text_of(term)) for term in graph.values(subject, path))
    return next((one for one in days if one is not None), None)


def _valid_at_acquisition(
    start: str, end: str
) -> Callable[[RecordGraph, str], Iterator[Term | None]]:
    """Return the test of an image whose sample has a permit with two days.

    It yields the time of acquisition where that is outside.
    """
    first, last = expand(start), expand(end)

    def test(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
        acquired = _day(graph, focus, _ACQUIRED)
        if acquired is None:
            return
        for sample in map(text_of, graph.values(focus, _SAMPLE)):
            if not _LIVE.intersection(_origins(graph, sample)):
                continue
            begun = _day(graph, sample, first) or date.min
            over = _day(graph, sample, last) or date.max
            if not begun <= acquired <= over:
                yield from graph.values(focus, _ACQUIRED)

    return test


def _at_most_five_years(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    first = _day(graph, focus, _PROJECT_FROM)
    last = _day(graph, focus, _PROJECT_UNTIL)
    if first is None or last is None:
        return
    latest = (first.year + _PROJECT_YEARS, first.month, first.day)
    if last < first or (last.year, last.month, last.day) > latest:
        yield from graph.values(focus, _PROJECT_UNTIL)


def _reason_fits_the_origin(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield reasons that belong to none of the origins, and any beside live animals."""
    origins = _origins(graph, focus)
    fitting = {_REASONS[origin] for origin in origins if origin in _REASONS}
    if _LIVE & origins and not fitting:
        yield from graph.values(focus, _REASON)
    elif fitting:
        for term in graph.values(focus, _REASON):
            if text_of(term) not in fitting:
                yield term


def _human_origin(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    organisms = {text_of(term) for term in graph.values(focus, _ORGANISM)}
    origins = _origins(graph, focus)
    if _HUMAN in organisms and origins and not origins & _OF_PEOPLE:
        yield from graph.values(focus, _ORIGIN)


TESTS = {
    "accreditation-valid-at-acquisition": _valid_at_acquisition(
        "fi:accreditationFrom", "fi:accreditationUntil"
    ),
    "animal-project-at-most-five-years": _at_most_five_years,
    "animal-project-valid-at-acquisition": _valid_at_acquisition(
        "fi:animalProjectFrom", "fi:animalProjectUntil"
    ),
    "human-organism-has-human-origin": _human_origin,
    "no-approval-reason-fits-the-origin": _reason_fits_the_origin,
}
