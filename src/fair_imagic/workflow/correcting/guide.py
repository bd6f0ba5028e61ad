"""The instructions on the first sheet of the table of points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import moment_words, summary
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from fair_imagic.checks import Report

__all__ = ["guide_lines"]


def guide_lines(report: Report) -> list[tuple[str, bool]]:
    """Return the lines of the instructions, each with whether it is a heading."""
    return [
        (_("Points to fix of {name}").format(name=report.subject_label), True),
        (summary(report), False),
        (_("Checked on {date}").format(date=moment_words(report.checked_at)), False),
        ("", False),
        (_("What to do"), True),
        *((line, False) for line in _steps(report.subject.rpartition("/")[2])),
        ("", False),
        (_("How to write values"), True),
        *((line, False) for line in _forms()),
    ]


def _steps(name: str) -> list[str]:
    return [
        _("1. Go to the second sheet. Each row is one value to fix."),
        _('2. Write the right value into the column "New value".'),
        _(
            "3. A proposed value is only a proposal: copy it into the column "
            '"New value" to accept it.'
        ),
        _("4. Leave a row empty to leave its value as it is. Rows may be sorted."),
        _(
            "5. Save as Excel, OpenDocument or CSV and give the file back: on the "
            "page of the set, or by this command, which shows first what changes:"
        ),
        f"    fair-imagic repair {name} --from points.xlsx",
    ]


def _forms() -> list[str]:
    return [
        _("Numbers: 0.323 or 0,323, with a unit where you like: 323 nm"),
        _("Dates: 2026-11-22, or 2026-11-22T10:30:00"),
        _("Several values in one cell: separated by ;"),
        _("What cannot be given: unknown, not applicable, or withheld"),
        _("A value to take away: (none)"),
        _("Somebody or a sample that is not there yet: new: NAME (and the ORCID iD)"),
        _("A contradiction: one of the two values of the list"),
    ]
