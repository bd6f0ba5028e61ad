"""The overview as text: one table, its total, and what to look at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity
from fair_imagic.checks.reports.overview.words import (
    images_text,
    kind_word,
    name_of,
    priority_lines,
    remarks,
    state_text,
    summary,
    title,
)
from fair_imagic.checks.reports.text_page import STATE_COLOURS, TextPage
from fair_imagic.checks.reports.words import first_names, moment_words, severity_word
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fair_imagic.checks.overview import Line, Overview

__all__ = ["overview_as_text"]

SHOWN_NAMES = 6
MOST_LINES = 40
MOST_FIRST = 3
MOST_REMARKS = 3
LEAST_ROWS = 8
_STATES = ("error", "blocked", "gaps", "ready")
_BOLD = "1"
_RIGHT = range(2, 6)


def overview_as_text(
    overview: Overview,
    *,
    everything: bool = True,
    command: str = "fair-imagic check --all",
    colour: bool = False,
    width: int = 80,
) -> str:
    """Return the overview as lines; the columns are as wide as the names need.

    Not ``everything`` are at most 40 lines: the subjects that are worst off, and how
    many more there are. ``command`` is the one that shows them.
    """
    page = TextPage(colour=colour, width=width)
    checked = _("checked on {date}")
    head = [
        *page.wrap(title(), indent=""),
        checked.format(date=moment_words(overview.checked_at)),
        "",
    ]
    after = [*page.wrap(summary(overview), indent=""), ""]
    told = [page.wrap(one, indent="  ", first="") for one in remarks(overview)]
    first = list(_first(page, overview, MOST_FIRST))
    if everything:
        first = list(_first(page, overview))
        rows = len(overview.lines)
    else:
        told = _cut(page, told, command)
        # The heads of the table, its total, an empty line, and the line of the rest.
        fixed = sum(map(len, (head, after, first, *told))) + 4
        rows = max(MOST_LINES - fixed, LEAST_ROWS)
    lines = [*head, *_table(page, overview, rows, command), "", *after, *first]
    lines += [line for one in told for line in one]
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _cut(page: TextPage, told: list[list[str]], command: str) -> list[list[str]]:
    """Return the first remarks, and how many more there are."""
    if len(told) <= MOST_REMARKS:
        return told
    text = _("… and {count} more: {command}").format(
        count=len(told) - MOST_REMARKS, command=f"{command} --all-points"
    )
    return [*told[:MOST_REMARKS], page.wrap(text, indent="  ", first="")]


def _table(
    page: TextPage, overview: Overview, most: int, command: str
) -> Iterator[str]:
    heads = [_("Kind"), _("Name"), _("Images")]
    heads += [severity_word(severity) for severity in Severity]
    shown: Sequence[Line] = overview.lines
    if len(shown) > most:
        shown = sorted(shown, key=_how_well)[:most]
    rows = [_cells(line) for line in shown]
    total = [_("Total"), "", "", *(str(overview.points[one]) for one in Severity)]
    widths = [max(map(len, column)) for column in zip(heads, *rows, total, strict=True)]
    yield page.paint(f"{_row(heads, widths)}  {_('Result')}", _BOLD)
    for line, cells in zip(shown, rows, strict=True):
        colour = STATE_COLOURS.get(line.state, STATE_COLOURS["blocked"])
        yield f"{_row(cells, widths)}  {page.paint(state_text(line.state), colour)}"
    if len(overview.lines) > len(shown):
        text = _("… and {count} more: {command}").format(
            count=len(overview.lines) - len(shown), command=f"{command} --all-points"
        )
        yield from page.wrap(text, indent="  ")
    yield page.paint(_row(total, widths), _BOLD)


def _how_well(line: Line) -> tuple[int, int]:
    """Return what lines are sorted by: those that are worst off come first."""
    found = line.summary
    return (_STATES.index(line.state), -(found.must if found else 0))


def _cells(line: Line) -> list[str]:
    found = line.summary
    counts = (found.must, found.should, found.could) if found else ("–", "–", "–")
    subject = line.subject
    named = [kind_word(subject.kind), name_of(subject), images_text(subject)]
    return [*named, *map(str, counts)]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        cell.rjust(width) if number in _RIGHT else cell.ljust(width)
        for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )


def _first(
    page: TextPage, overview: Overview, most: int | None = None
) -> Iterator[str]:
    if not overview.priorities:
        return
    yield page.paint(_("What to look at first"), _BOLD)
    for number, priority in enumerate(overview.priorities[:most], start=1):
        what, gain = priority_lines(overview, priority)
        yield from page.wrap(what, indent="    ", first=f" {number}. ")
        yield from page.wrap(gain, indent="      ", first="    → ")
        names = [name_of(line.subject) for line in priority.lines]
        yield from page.wrap(first_names(names, SHOWN_NAMES), indent="      ")
    yield ""
