"""The report as text for a terminal or a file."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity
from fair_imagic.checks.report_words import (
    answer_line,
    in_language,
    moment_words,
    points,
    severity_word,
    state_word,
    summary,
    values_seen,
    where,
    who_word,
)
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks.report import Cause, Group, Readiness, Report

__all__ = ["as_text"]

_COLOURS = {Severity.MUST: "31", Severity.SHOULD: "33", Severity.COULD: "36"}
_MIN_WIDTH = 40


def as_text(report: Report, *, colour: bool = False, width: int = 80) -> str:
    """Return the report as lines of at most ``width`` characters (40 at least).

    Causes come first, each with its points counted and its correction; the last table
    says how ready each target is. Long identifiers are never cut.
    """
    page = _Page(colour=colour, width=max(width, _MIN_WIDTH))
    lines = [
        *page.heading(report),
        *(line for cause in report.causes for line in page.cause(cause)),
        *page.answers(report),
        *page.readiness(report),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


class _Page:
    """How lines are drawn: width and colour."""

    def __init__(self, *, colour: bool, width: int) -> None:
        self.colour = colour
        self.width = width

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def wrapped(self, text: str, *, indent: str, first: str | None = None) -> list[str]:
        return textwrap.wrap(
            text,
            self.width,
            initial_indent=indent if first is None else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def heading(self, report: Report) -> Iterator[str]:
        yield from self.wrapped(
            _("Check of {name}").format(name=report.subject_label), indent=""
        )
        checked = _("version checked on {date}").format(
            date=moment_words(report.checked_at)
        )
        yield from self.wrapped(f"{checked} ({report.snapshot_hash[:12]})", indent="")
        yield ""
        yield from self.wrapped(summary(report), indent="")
        yield ""

    def cause(self, cause: Cause) -> Iterator[str]:
        finding, group = cause.first, cause.groups[0]
        word = severity_word(finding.severity)
        name = in_language(finding.path_label) or group.code
        title = f"{word}  {name}  ({points(cause.count)})"
        yield self.paint(title, f"1;{_COLOURS[finding.severity]}")
        for rule in cause.groups:
            yield from self.labelled(rule.code, in_language(rule.first.message))
        yield from self.labelled(_("in"), where(group))
        yield from self.labelled(_("found"), values_seen(group))
        yield from self.labelled(_("origin"), _origins(group))
        repair = in_language(finding.repair)
        label = _("correction ({who})").format(who=who_word(finding.who))
        yield from self.labelled(label, repair)
        yield ""

    def labelled(self, label: str, text: str) -> list[str]:
        if not text:
            return []
        line = _("{label}: {text}").format(label=label, text=text)
        return self.wrapped(line, indent="    ", first="  ")

    def answers(self, report: Report) -> Iterator[str]:
        if not report.answers:
            return
        yield _("Answered without a value (counted apart):")
        for answer in report.answers:
            yield from self.wrapped(answer_line(answer), indent="    ", first="  ")
        yield ""

    def readiness(self, report: Report) -> Iterator[str]:
        lines = report.readiness
        names = [in_language(line.profile.title) for line in lines]
        heads = [severity_word(severity) for severity in Severity]
        # What is left of the line after three columns and the state.
        room = self.width - sum(len(head) + 2 for head in heads) - 12
        wide = max(min(max(map(len, names)), room), 10)
        first = _("requirements of")
        yield self.paint(self.row(first, heads, "", wide=max(wide, len(first))), "1")
        for line, name in zip(lines, names, strict=True):
            yield from self.ready_row(line, name, heads, max(wide, len(first)))

    def ready_row(
        self, line: Readiness, name: str, heads: list[str], wide: int
    ) -> list[str]:
        *before, last = textwrap.wrap(name, wide) or [name]
        counts = (line.must, line.should, line.could)
        cells = [str(n).rjust(len(head)) for n, head in zip(counts, heads, strict=True)]
        code = "31" if line.blocked else "33" if line.must else "32"
        state = self.paint(state_word(line), code)
        return [*before, self.row(last, cells, state, wide=wide)]

    @staticmethod
    def row(name: str, cells: list[str], state: str, *, wide: int) -> str:
        return "  ".join([name.ljust(wide), *cells, *([state] if state else [])])


def _origins(group: Group) -> str:
    seen = dict.fromkeys(f.origin for f in group.findings if f.origin)
    shown = list(seen)[:2]
    return "; ".join([*shown, "…"] if len(seen) > len(shown) else shown)
