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
_BOLD = "1"
_RIGHT = range(2, 6)


def overview_as_text(
    overview: Overview, *, colour: bool = False, width: int = 80
) -> str:
    """Return the overview as lines; the columns are as wide as the names need."""
    page = TextPage(colour=colour, width=width)
    checked = _("checked on {date}")
    lines = [
        *page.wrap(title(), indent=""),
        checked.format(date=moment_words(overview.checked_at)),
        "",
        *_table(page, overview),
        "",
        *page.wrap(summary(overview), indent=""),
        "",
        *_first(page, overview),
    ]
    for remark in remarks(overview):
        lines += page.wrap(remark, indent="  ", first="")
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _table(page: TextPage, overview: Overview) -> Iterator[str]:
    heads = [_("Kind"), _("Name"), _("Images")]
    heads += [severity_word(severity) for severity in Severity]
    rows = [_cells(line) for line in overview.lines]
    total = [_("Total"), "", "", *(str(overview.points[one]) for one in Severity)]
    widths = [max(map(len, column)) for column in zip(heads, *rows, total, strict=True)]
    yield page.paint(f"{_row(heads, widths)}  {_('Result')}", _BOLD)
    for line, cells in zip(overview.lines, rows, strict=True):
        colour = STATE_COLOURS.get(line.state, STATE_COLOURS["blocked"])
        yield f"{_row(cells, widths)}  {page.paint(state_text(line.state), colour)}"
    yield page.paint(_row(total, widths), _BOLD)


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


def _first(page: TextPage, overview: Overview) -> Iterator[str]:
    if not overview.priorities:
        return
    yield page.paint(_("What to look at first"), _BOLD)
    for number, priority in enumerate(overview.priorities, start=1):
        what, gain = priority_lines(overview, priority)
        yield from page.wrap(what, indent="    ", first=f" {number}. ")
        yield from page.wrap(gain, indent="      ", first="    → ")
        names = [name_of(line.subject) for line in priority.lines]
        yield from page.wrap(first_names(names, SHOWN_NAMES), indent="      ")
    yield ""
