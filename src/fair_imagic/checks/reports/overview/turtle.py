"""The overview as RDF: the reports of all subjects in one graph."""

from __future__ import annotations

from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.overview.words import name_of
from fair_imagic.checks.reports.turtle import as_turtle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.checks.overview import Line, Overview
    from fair_imagic.checks.report import Report

__all__ = ["part_turtle", "turtle_of"]


def part_turtle(line: Line, report: Report) -> str:
    """Return a report as Turtle."""
    return as_turtle(report)


def turtle_of(overview: Overview, parts: Mapping[str, str]) -> Iterator[str]:
    """Yield one document; what could not be checked has no report, and a comment."""
    for line in overview.lines:
        if line.error:
            reason = " ".join(line.error.split())
            yield f"# {name_of(line.subject)}: {reason}\n"
    # All begin with the same prefixes.
    some = next(iter(parts.values()), "")
    yield from takewhile(_is_prefix, _lines(some))
    for line in overview.lines:
        yield from dropwhile(_is_prefix, _lines(parts.get(line.subject.iri, "")))


def _lines(text: str) -> list[str]:
    # Texts may hold what Python takes for other line ends.
    return [f"{line}\n" for line in text.split("\n") if line]


def _is_prefix(line: str) -> bool:
    return line.startswith("@prefix ")
