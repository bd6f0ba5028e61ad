"""The forms with whole reports: how each draws one, and puts all together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.overview.html import html_of, part_html
from fair_imagic.checks.reports.overview.json import json_of, part_json
from fair_imagic.checks.reports.overview.junit import junit_of, part_junit
from fair_imagic.checks.reports.overview.turtle import part_turtle, turtle_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fair_imagic.checks.overview import Line, Overview
    from fair_imagic.checks.report import Report

    Whole = Callable[[Overview, Mapping[str, str]], Iterator[str]]
    Part = Callable[[Line, Report], str]

__all__ = ["FORMS", "Form"]


@dataclass(frozen=True)
class Form:
    """One form: ``part`` draws a report as soon as it is there, so that none is kept.

    ``whole`` gets the overview and the parts by the IRI of their subject, and yields
    the document in pieces.
    """

    part: Part
    whole: Whole


FORMS: Mapping[str, Form] = {
    "html": Form(part_html, html_of),
    "json": Form(part_json, json_of),
    "junit": Form(part_junit, junit_of),
    "turtle": Form(part_turtle, turtle_of),
}
