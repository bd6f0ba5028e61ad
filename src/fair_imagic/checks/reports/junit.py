"""The report as JUnit XML, for the test pages of CI services.

One suite for each target and one for the data model, one case for each rule that
looked at something. An obligatory point is a failure; what is only recommended or
optional passes, and is told in the output of its case.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity
from fair_imagic.checks.reports.words import (
    expectation_text,
    in_language,
    messages_of,
    proposal_text,
    quote,
    severity_word,
    who_word,
)
from fair_imagic.clock import isoformat
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks.cause import Group
    from fair_imagic.checks.finding import Finding
    from fair_imagic.checks.report import Report

__all__ = ["as_junit", "attribute", "junit_suite", "suite_head"]

MODEL = "model"
_KEPT = "\n\t\N{NO-BREAK SPACE}"
MOST_PLACES = 100


def as_junit(report: Report) -> str:
    """Return the report as JUnit XML in the language in use."""
    suites = _suites(report)
    name = attribute(report.subject_label)
    tests = sum(len(suite.codes) for suite in suites)
    failures = sum(suite.failures for suite in suites)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name={name} tests="{tests}" failures="{failures}" errors="0">',
        *(line for suite in suites for line in suite.lines()),
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def junit_suite(report: Report, name: str) -> list[str]:
    """Return a report as one suite of that name, its targets as classes of cases."""
    suites = _suites(report)
    tests = sum(len(suite.codes) for suite in suites)
    failures = sum(suite.failures for suite in suites)
    moment = isoformat(report.checked_at)
    return [
        suite_head(name, moment, tests=tests, failures=failures),
        *(line for suite in suites for line in suite.cases()),
        "  </testsuite>",
    ]


def suite_head(
    name: str, moment: str, *, tests: int, failures: int = 0, errors: int = 0
) -> str:
    """Return the line that opens a suite."""
    return (
        f'  <testsuite name={attribute(name)} tests="{tests}" '
        f'failures="{failures}" errors="{errors}" skipped="0" time="0" '
        f'timestamp="{moment.removesuffix("Z")}" hostname="localhost">'
    )


def _suites(report: Report) -> list[_Suite]:
    suites = [
        _Suite(report, profile.token, in_language(profile.title), profile.tokens)
        for profile in report.profiles
    ]
    return [*suites, _Suite(report, MODEL, _("Data model"), (MODEL, "check"))]


class _Suite:
    """One target: the rules that count for it, and what each of them found."""

    def __init__(
        self, report: Report, token: str, title: str, profiles: tuple[str, ...]
    ) -> None:
        self.report = report
        self.token = token
        self.title = title
        self.found: dict[str, list[Group]] = {}
        for group in report.groups:
            if group.first.profile in profiles:
                self.found.setdefault(group.code, []).append(group)
        looked_at = (code for code, count in report.focus_counts.items() if count)
        prefixes = tuple(f"{name}/" for name in profiles)
        passed = (code for code in looked_at if code.startswith(prefixes))
        self.codes = sorted({*self.found, *passed})

    @property
    def failures(self) -> int:
        """Return how many rules have an obligatory point."""
        must = Severity.MUST
        return sum(g[0].first.severity is must for g in self.found.values())

    def lines(self) -> Iterator[str]:
        """Yield the suite with its cases."""
        moment = isoformat(self.report.checked_at)
        tests, failures = len(self.codes), self.failures
        yield suite_head(self.title, moment, tests=tests, failures=failures)
        yield from self.cases()
        yield "  </testsuite>"

    def cases(self) -> Iterator[str]:
        """Yield the cases, one for each rule."""
        for code in self.codes:
            yield from self._case(code)

    def _case(self, code: str) -> Iterator[str]:
        name, suite = attribute(code), attribute(self.token)
        head = f'    <testcase name={name} classname={suite} time="0"'
        groups = self.found.get(code, [])
        if not groups:
            yield f"{head}/>"
            return
        yield f"{head}>"
        first = groups[0].first
        text = escape(
            _clean("\n".join(line for one in groups for line in _told(one))),
            quote=False,
        )
        if first.severity is Severity.MUST:
            message = attribute(in_language(first.message))
            kind = attribute(severity_word(first.severity))
            yield f"      <failure message={message} type={kind}>{text}</failure>"
        else:
            yield f"      <system-out>{text}</system-out>"
        yield "    </testcase>"


def _told(group: Group) -> Iterator[str]:
    """Yield what is wrong, what was expected, where, and the correction."""
    first, findings = group.first, group.findings
    for message in messages_of(group):
        yield _pair(severity_word(first.severity), message)
    if expectation_text(first):
        yield _pair(_("expected"), expectation_text(first))
    yield from (_place(finding) for finding in findings[:MOST_PLACES])
    if len(findings) > MOST_PLACES:
        yield _("… and {count} more").format(count=len(findings) - MOST_PLACES)
    who = _("correction ({who})").format(who=who_word(first.who))
    yield _pair(who, in_language(first.repair))
    if group.proposal is not None:
        yield _pair(_("proposed"), proposal_text(group.proposal))
    if in_language(first.clause):
        yield _pair(_("source"), in_language(first.clause))


def _pair(label: str, text: str) -> str:
    return _("{label}: {text}").format(label=label, text=text)


def _place(finding: Finding) -> str:
    shown = finding.value_label or finding.value
    line = f"- {finding.focus_label}"
    if shown is not None:
        line += f": {quote(shown)}"
    return f"{line} ({finding.origin})" if finding.origin else line


def attribute(text: str) -> str:
    """Return text as the value of an attribute, in its quotes."""
    return f'"{escape(" ".join(_clean(text).split()))}"'


def _clean(text: str) -> str:
    """Return text without the characters that XML cannot carry."""
    return "".join(c if c.isprintable() or c in _KEPT else "␣" for c in text)
