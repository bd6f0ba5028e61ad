"""The report as text for a terminal or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.first_steps import first_steps
from fair_imagic.checks.reports.claim import claim_lines
from fair_imagic.checks.reports.readiness_text import ReadinessPage
from fair_imagic.checks.reports.text_page import COLOURS
from fair_imagic.checks.reports.words import (
    STATE_SIGNS,
    answer_line,
    expectation_text,
    gaps_title,
    in_language,
    legend,
    messages_of,
    moment_words,
    origins_of,
    override_line,
    points,
    proposal_text,
    severity_word,
    step_lines,
    summary,
    values_of,
    where,
    who_word,
    why_lines,
)
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks.cause import Cause
    from fair_imagic.checks.report import Report

__all__ = ["as_text"]


def as_text(report: Report, *, colour: bool = False, width: int = 80) -> str:
    """Return the report as lines of at most ``width`` characters (40 at least).

    First how ready each target is and what to do first, then every cause with its
    points counted and its correction. Long identifiers are never cut.
    """
    page = _Page(colour=colour, width=width)
    lines = [
        *page.heading(report),
        *page.readiness(report),
        *claim_lines(report, width=page.width),
        *page.first(report),
        *page.decisions(report),
        *(line for cause in report.causes for line in page.cause(report, cause)),
        *page.answers(report),
        *page.gaps(report),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


class _Page(ReadinessPage):
    """The parts of a report as lines."""

    def heading(self, report: Report) -> Iterator[str]:
        yield from self.wrap(
            _("Check of {name}").format(name=report.subject_label), indent=""
        )
        checked = _("version checked on {date}").format(
            date=moment_words(report.checked_at)
        )
        yield from self.wrap(f"{checked} ({report.snapshot_hash[:12]})", indent="")
        yield ""
        yield from self.wrap(summary(report), indent="")
        yield ""

    def first(self, report: Report) -> Iterator[str]:
        steps = first_steps(report)
        if not steps:
            return
        yield self.paint(_("What to do first"), "1")
        for number, step in enumerate(steps, start=1):
            what, gain = step_lines(step)
            yield from self.wrap(what, indent="    ", first=f" {number}. ")
            yield from self.wrap(gain, indent="       ", first="    → ")
        yield ""

    def decisions(self, report: Report) -> Iterator[str]:
        if not report.overrides:
            return
        yield self.paint(_("Decisions of the facility"), "1")
        for one in report.overrides:
            sign = STATE_SIGNS["decided"]
            yield from self.wrap(override_line(one), indent="    ", first=f" {sign} ")
        yield ""

    def cause(self, report: Report, cause: Cause) -> Iterator[str]:
        finding, group = cause.first, cause.joint
        word = severity_word(finding.severity)
        name = in_language(finding.path_label) or group.code
        title = f"{word}  {name}  ({points(cause.count)})"
        yield self.paint(title, f"1;{COLOURS[finding.severity]}")
        for rule in cause.groups:
            for message in messages_of(rule):
                yield from self.labelled(rule.code, message)
        yield from self.labelled(_("in"), where(group))
        yield from self.labelled(_("expected"), expectation_text(finding))
        yield from self.labelled(_("found"), values_of(group))
        yield from self.labelled(_("origin"), origins_of(group))
        for line in why_lines(report, cause):
            yield from self.labelled(_("why"), line)
        repair = in_language(finding.repair)
        label = _("correction ({who})").format(who=who_word(finding.who))
        yield from self.labelled(label, repair)
        yield from self.labelled(_("proposed"), proposal_text(group.proposal))
        yield ""

    def labelled(self, label: str, text: str) -> list[str]:
        if not text:
            return []
        line = _("{label}: {text}").format(label=label, text=text)
        return self.wrap(line, indent="    ", first="  ")

    def answers(self, report: Report) -> Iterator[str]:
        if not report.answers:
            return
        yield _("Answered without a value (counted apart):")
        for answer in report.answers:
            yield from self.wrap(answer_line(answer), indent="    ", first="  ")
        yield ""

    def gaps(self, report: Report) -> Iterator[str]:
        if any(profile.all_gaps for profile in report.profiles):
            command = "fair-imagic check --list"
            yield from self.wrap(
                _("{label}: {text}").format(label=gaps_title(), text=command), indent=""
            )

    def readiness(self, report: Report) -> Iterator[str]:
        yield from self.table(report.readiness)
        yield from self.wrap(legend(report), indent="  ")
        yield ""
