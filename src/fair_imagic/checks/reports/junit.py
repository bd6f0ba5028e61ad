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
    expected_text,
    in_language,
    proposal_text,
    quoted,
    severity_word,
    who_word,
)
from fair_imagic.clock import isoformat
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks.finding import Finding
    from fair_imagic.checks.report import Group, Report

__all__ = ["as_junit"]

MODEL = "model"
MOST_PLACES = 100


def as_junit(report: Report) -> str:
    """Return the report as JUnit XML in the language in use."""
    suites = [
        _Suite(report, profile.token, in_language(profile.title), profile.tokens)
        for profile in report.profiles
    ]
    suites.append(_Suite(report, MODEL, _("Data model"), (MODEL, "check")))
    name = _attribute(report.subject_label)
    tests = sum(len(suite.codes) for suite in suites)
    failures = sum(suite.failures for suite in suites)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name={name} tests="{tests}" failures="{failures}" errors="0">',
        *(line for suite in suites for line in suite.lines()),
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


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
        title = _attribute(self.title)
        moment = isoformat(self.report.checked_at).removesuffix("Z")
        yield (
            f'  <testsuite name={title} tests="{len(self.codes)}" '
            f'failures="{self.failures}" errors="0" skipped="0" time="0" '
            f'timestamp="{moment}" hostname="localhost">'
        )
        for code in self.codes:
            yield from self._case(code)
        yield "  </testsuite>"

    def _case(self, code: str) -> Iterator[str]:
        name, suite = _attribute(code), _attribute(self.token)
        head = f'    <testcase name={name} classname={suite} time="0"'
        groups = self.found.get(code, [])
        if not groups:
            yield f"{head}/>"
            return
        yield f"{head}>"
        first = groups[0].first
        text = escape(_clean("\n".join(_told(groups))), quote=False)
        if first.severity is Severity.MUST:
            message = _attribute(in_language(first.message))
            kind = _attribute(severity_word(first.severity))
            yield f"      <failure message={message} type={kind}>{text}</failure>"
        else:
            yield f"      <system-out>{text}</system-out>"
        yield "    </testcase>"


def _told(groups: list[Group]) -> Iterator[str]:
    """Yield what is wrong, what was expected, where, and the correction."""
    first = groups[0].first
    yield f"{severity_word(first.severity)}: {in_language(first.message)}"
    if expected_text(first):
        yield f"{_('expected')}: {expected_text(first)}"
    findings = [finding for group in groups for finding in group.findings]
    yield from (_place(finding) for finding in findings[:MOST_PLACES])
    if len(findings) > MOST_PLACES:
        yield _("… and {count} more").format(count=len(findings) - MOST_PLACES)
    who = _("correction ({who})").format(who=who_word(first.who))
    yield f"{who}: {in_language(first.repair)}"
    if groups[0].proposal is not None:
        yield f"{_('proposed')}: {proposal_text(groups[0].proposal)}"
    if in_language(first.clause):
        yield f"{_('source')}: {in_language(first.clause)}"


def _place(finding: Finding) -> str:
    shown = finding.value_label or finding.value
    line = f"- {finding.focus_label}"
    if shown is not None:
        line += f": {quoted(shown)}"
    return f"{line} ({finding.origin})" if finding.origin else line


def _attribute(text: str) -> str:
    return f'"{escape(" ".join(_clean(text).split()))}"'


def _clean(text: str) -> str:
    """Return text without the characters that XML cannot carry."""
    return "".join(c if c.isprintable() or c in "\n\t" else "␣" for c in text)
