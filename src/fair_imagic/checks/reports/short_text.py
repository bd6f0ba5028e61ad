"""The report in short: what fits on a screen, however many files were checked."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from fair_imagic.checks.command import (
    PROGRAM,
    command_for,
    import_command,
    set_command,
    subject_name,
    table_command,
)
from fair_imagic.checks.reports.cause_words import (
    act_text,
    announced_line,
    concerned,
    gain_text,
    sign_of,
    state_sentence,
    todo_heading,
)
from fair_imagic.checks.reports.claim import claim_sentence
from fair_imagic.checks.reports.readiness_text import ReadinessPage
from fair_imagic.checks.reports.text_page import COLOURS, STATE_COLOURS
from fair_imagic.checks.reports.words import legend, moment_words, points
from fair_imagic.checks.tiers_text import tier_figures
from fair_imagic.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks.first_steps import Step
    from fair_imagic.checks.report import Report

__all__ = ["MOST_LINES", "as_short_text"]

MOST_LINES = 40
_MOST_TARGETS = 10
# Of the lines that are left for causes, as many go to the first of them in full.
_IN_FULL = 0.5
_COMMAND = "36"


def as_short_text(
    report: Report,
    *,
    command: str = "",
    program: str = PROGRAM,
    colour: bool = False,
    width: int = 80,
) -> str:
    """Return the report as at most 40 lines (80 characters or wider).

    First the state and the targets, then what to do, the most useful first; the rest
    is counted, with the way to see it. ``command`` is the one that was typed, after
    ``program``, which may name the data folder.
    """
    page = _ShortPage(colour=colour, width=width)
    page.program = program
    before = [*page.head(report), *page.targets(report), *page.remarks(report)]
    after = list(
        page.more(report, command or f"check {shlex.quote(subject_name(report))}")
    )
    room = MOST_LINES - len(before) - len(after)
    lines = [*before, *page.causes(report, room), *after]
    return "\n".join(line.rstrip() for line in lines) + "\n"


class _ShortPage(ReadinessPage):
    """The parts of a short report as lines."""

    program = PROGRAM

    def head(self, report: Report) -> Iterator[str]:
        text = _("Check of {name}").format(name=report.subject_label)
        moment = moment_words(report.checked_at)
        checked = _("version checked on {date}").format(date=moment)
        yield from self.wrap(f"{text} · {checked}", indent="")
        yield ""
        blocked = any(line.blocked for line in report.readiness)
        kind = "blocked" if blocked else "gaps" if not report.conforms else "ready"
        colour = f"1;{STATE_COLOURS[kind]}"
        for line in self.wrap(state_sentence(report), indent=""):
            yield self.paint(line, colour)
        yield ""

    def targets(self, report: Report) -> Iterator[str]:
        """Yield the table of targets, of many those that are worst off."""
        rows = sorted(report.readiness, key=lambda one: (not one.blocked, not one.must))
        shown = rows[:_MOST_TARGETS]
        yield from self.table(shown if len(rows) > len(shown) else report.readiness)
        if len(rows) > len(shown):
            rest = len(rows) - len(shown)
            yield "  " + _("… and {count} more").format(count=rest)
        yield from self.wrap(legend(report), indent="  ")
        yield ""

    def remarks(self, report: Report) -> Iterator[str]:
        """Yield in a line each what stands beside the points."""
        told = []
        if report.tier_claim is not None:
            told.append(claim_sentence(report.tier_claim))
        if report.tier_report is not None:
            told += tier_figures(report.tier_report)
        if report.overrides:
            count = len(report.overrides)
            text = ngettext(
                "{count} decision of the facility",
                "{count} decisions of the facility",
                count,
            )
            told.append(text.format(count=count))
        for text in told:
            yield from self.wrap(text, indent="  ", first="")
        yield from [""] if told else []

    def causes(self, report: Report, room: int) -> Iterator[str]:
        """Yield the first causes in full, then more: what to do, and its command."""
        steps = report.steps
        if not steps:
            return
        heading = self.wrap(todo_heading(report), indent="")
        yield from (self.paint(line, "1") for line in heading)
        left = room - len(heading) - 1
        whole = self._in_full(report, left)
        yield from (line for lines in whole for line in lines)
        left -= sum(map(len, whole))
        yield from self._in_short(report, len(whole), left)
        yield ""

    def _in_full(self, report: Report, room: int) -> list[list[str]]:
        steps = report.steps
        drawn: list[list[str]] = []
        used = 0
        for number, step in enumerate(steps, start=1):
            lines = list(self._step(report, step, number))
            rest = len(steps) - number
            most = room if not rest else max(room * _IN_FULL, room - rest)
            if used + len(lines) > most:
                break
            drawn.append(lines)
            used += len(lines)
        return drawn

    def _step(self, report: Report, step: Step, number: int) -> Iterator[str]:
        cause = step.cause
        colour = "31" if step.stops else COLOURS[cause.severity]
        for line in self._title(step, number):
            yield self.paint(line, f"1;{colour}")
        told = f"→ {gain_text(report, step)}"
        if report.subject not in cause.things:
            told = f"{concerned(cause)} {told}"
        yield from self.wrap(told, indent="         ", first="       ")
        then = announced_line(report.announced_by(cause))
        if then:
            yield from self.wrap(then, indent="         ", first="       ")
        yield from self._command(command_for(report, cause, program=self.program))

    def _command(self, command: str) -> Iterator[str]:
        if command:
            lines = self.wrap(command, indent="         ", first="       ")
            yield from (self.paint(line, _COMMAND) for line in lines)

    def _title(self, step: Step, number: int) -> Iterator[str]:
        head = f"{number:>3}. {sign_of(step)} "
        yield from self.wrap(act_text(step.cause), indent="       ", first=head)

    def _in_short(self, report: Report, first: int, room: int) -> Iterator[str]:
        steps = report.steps
        shown = 0
        rest = steps[first:]
        drawn: list[str] = []
        for number, step in enumerate(rest, start=first + 1):
            lines = list(self._title(step, number))
            command = command_for(report, step.cause, program=self.program)
            if len(lines) == 1 and len(lines[0]) + len(command) + 2 <= self.width:
                lines[0] += f"  {self.paint(command, _COMMAND)}" if command else ""
            else:
                lines += self._command(command)
            last = number == len(steps)
            if len(drawn) + len(lines) > (room if last else room - 1):
                break
            drawn += lines
            shown += 1
        yield from drawn
        hidden = rest[shown:]
        if hidden:
            text = ngettext(
                "… and {count} more ({points})",
                "… and {count} more ({points})",
                len(hidden),
            )
            told = points(sum(one.points for one in hidden))
            yield "       " + text.format(count=len(hidden), points=told)

    def more(self, report: Report, command: str) -> Iterator[str]:
        """Yield how to see the rest, and what comes next."""
        program, typed = self.program, f"{self.program} {command}"
        page = f"{typed} --format html --output points.html"
        ways = {
            _("All points in full"): f"{typed} --all-points" if report.steps else "",
            _("As a page"): page,
            _("As a table to fill in"): table_command(report, program=program)
            if report.steps
            else "",
            _("To publish them, make a set"): set_command(report, program=program),
            _("To keep and correct them"): import_command(report, program=program),
        }
        for label, way in ways.items():
            if way:
                line = _("{label}: {text}").format(label=label, text=way)
                yield from self.wrap(line, indent="  ", first="")
        if any(_asks_name(report, step) for step in report.steps):
            text = _("NAME is somebody or something that is there, or “new: NAME”.")
            yield from self.wrap(text, indent="  ", first="")


def _asks_name(report: Report, step: Step) -> bool:
    command = command_for(report, step.cause)
    return command.endswith("=NAME") or "=NAME " in command
