"""The overview as RDF: the reports of all subjects in one graph."""

from __future__ import annotations

from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.overview.words import name_of
from fair_imagic.checks.reports.turtle import as_turtle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.checks.overview import Line, Overview
    from fair_imagic.checks.report import Report

__all__ = ["part_turtle", "turtle_of"]


def part_turtle(line: Line, report: Report) -> str:
    """Return a report as Turtle."""
    return as_turtle(report)


def turtle_of(overview: Overview, parts: Mapping[str, str]) -> str:
    """Return one document; what could not be checked has no report, and a comment."""
    reports = [parts[line.subject.iri] for line in overview.lines if line.summary]
    lost = [
        f"# {name_of(line.subject)}: {' '.join(line.error.split())}\n"
        for line in overview.lines
        if line.error
    ]
    # All begin with the same prefixes.
    prefixes = takewhile(_is_prefix, _lines(reports[0])) if reports else ()
    bodies = ("".join(dropwhile(_is_prefix, _lines(one))) for one in reports)
    return "".join((*prefixes, *lost, *bodies))


def _lines(text: str) -> list[str]:
    # Texts may hold what Python takes for other line ends.
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")]


def _is_prefix(line: str) -> bool:
    return line.startswith("@prefix ")
