"""``fair-imagic check --all``: the whole catalogue in one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import opened, progress_lines
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from fair_imagic.checks import Line, Report
    from fair_imagic.cli.check_options import CheckOptions

__all__ = ["ONLY", "check_all"]

ONLY = ("sets", "collections", "microscopes")


def check_all(
    context: click.Context, options: CheckOptions, *, only: tuple[str, ...]
) -> tuple[str, int]:
    """Check the whole catalogue; return the drawn report and the exit code."""
    _refuse_table(options.form)
    from fair_imagic.checks.reports.overview import FORMS, overview_as_text
    from fair_imagic.workflow import check_all as workflow

    drawing = FORMS.get(options.form)
    parts: dict[str, str] = {}

    def take(line: Line, report: Report) -> None:
        if drawing is not None:
            parts[line.subject.iri] = drawing.part(line, report)

    with progress_lines(_("Checking")) as progress, opened(context) as workspace:
        overview = workflow.run(
            workspace,
            names=options.names,
            extra=options.extra,
            declared_tier=options.declared_tier,
            only=only,
            verify_files=options.verify_files,
            take=take if drawing else None,
            progress=progress,
        )
    if drawing is not None:
        return drawing.whole(overview, parts), overview.exit_code
    drawn = overview_as_text(overview, colour=options.colour, width=options.width)
    return drawn, overview.exit_code


def _refuse_table(form: str) -> None:
    """Refuse a form of which nothing could be read back."""
    if form == "xlsx":
        raise click.UsageError(
            _(
                "A table of points is filled in and read back for one set at a time: "
                "fair-imagic check SET --output SET.xlsx"
            )
        )
