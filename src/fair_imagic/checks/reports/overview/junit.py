"""The overview as JUnit XML: one suite for each subject, its requirements as classes.

What could not be checked is a suite with one error.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.junit import attribute, junit_suite, suite_head
from fair_imagic.checks.reports.overview.words import kind_word, name_of, title
from fair_imagic.clock import isoformat

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.checks.overview import Line, Overview
    from fair_imagic.checks.report import Report

__all__ = ["junit_of", "part_junit"]


def part_junit(line: Line, report: Report) -> str:
    """Return a report as one suite."""
    return "\n".join(junit_suite(report, _name(line)))


def junit_of(overview: Overview, parts: Mapping[str, str]) -> Iterator[str]:
    """Yield all suites as one document."""
    counts: Counter[str] = Counter()
    for suite in _suites(overview, parts):
        # In texts and attributes these signs are escaped: only elements begin so.
        for sign in ("testcase", "failure", "error"):
            counts[sign] += suite.count(f"<{sign} ")
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<testsuites name={attribute(title())} tests="{counts["testcase"]}" '
        f'failures="{counts["failure"]}" errors="{counts["error"]}">\n'
    )
    yield from _suites(overview, parts)
    yield "</testsuites>\n"


def _suites(overview: Overview, parts: Mapping[str, str]) -> Iterator[str]:
    moment = isoformat(overview.checked_at)
    for line in overview.lines:
        known = parts.get(line.subject.iri)
        yield f"{_not_checked(line, moment) if known is None else known}\n"


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
