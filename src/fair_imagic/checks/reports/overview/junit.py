"""The overview as JUnit XML: one suite for each subject, its requirements as classes.

What could not be checked is a suite with one error.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.junit import attribute, junit_suite, suite_head
from fair_imagic.checks.reports.overview.words import kind_word, name_of, title
from fair_imagic.clock import isoformat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.checks.overview import Line, Overview
    from fair_imagic.checks.report import Report

__all__ = ["junit_of", "part_junit"]


def part_junit(line: Line, report: Report) -> str:
    """Return a report as one suite."""
    return "\n".join(junit_suite(report, _name(line)))


def junit_of(overview: Overview, parts: Mapping[str, str]) -> str:
    """Return all suites as one document."""
    moment = isoformat(overview.checked_at)
    suites = [
        parts[line.subject.iri] if line.summary else _not_checked(line, moment)
        for line in overview.lines
    ]
    # In texts and attributes these signs are escaped: only cases begin so.
    tests, failures, errors = (
        sum(suite.count(sign) for suite in suites)
        for sign in ("<testcase ", "<failure ", "<error ")
    )
    head = (
        f'<testsuites name={attribute(title())} tests="{tests}" '
        f'failures="{failures}" errors="{errors}">'
    )
    xml = '<?xml version="1.0" encoding="UTF-8"?>'
    return "\n".join([xml, head, *suites, "</testsuites>"]) + "\n"


def _not_checked(line: Line, moment: str) -> str:
    name = attribute(_name(line))
    return "\n".join(
        [
            suite_head(_name(line), moment, tests=1, errors=1),
            f'    <testcase name="check" classname={name} time="0">',
            f"      <error message={attribute(line.error)}>"
            f"{escape(line.error, quote=False)}</error>",
            "    </testcase>",
            "  </testsuite>",
        ]
    )


def _name(line: Line) -> str:
    return f"{kind_word(line.subject.kind)} {name_of(line.subject)}"
