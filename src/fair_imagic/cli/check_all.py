"""``fair-imagic check --all``: the whole catalogue in one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import opened, progress_lines
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.checks import Line, Overview, Report

__all__ = ["ONLY", "check_all"]

ONLY = ("sets", "collections", "microscopes")


def check_all(
    context: click.Context,
    *,
    names: tuple[str, ...],
    extra: Path | None,
    declared_tier: int | None,
    only: tuple[str, ...],
    verify_files: bool,
    form: str,
    colour: bool,
    width: int,
) -> tuple[str, Overview]:
    """Check the whole catalogue; return the drawn report and what it says."""
    if form == "xlsx":
        raise click.UsageError(
            _(
                "A table of points is filled in and read back for one set at a time: "
                "fair-imagic check SET --output SET.xlsx"
            )
        )
    from fair_imagic.checks.reports.overview import FORMS, overview_as_text
    from fair_imagic.workflow import check_all as workflow

    drawing = FORMS.get(form)
    parts: dict[str, str] = {}

    def take(line: Line, report: Report) -> None:
        if drawing is not None:
            parts[line.subject.iri] = drawing.part(line, report)

    with progress_lines(_("Checking")) as progress, opened(context) as workspace:
        overview = workflow.run(
            workspace,
            names=names,
            extra=extra,
            declared_tier=declared_tier,
            only=only,
            verify_files=verify_files,
            take=take if drawing else None,
            progress=progress,
        )
    if drawing is None:
        return overview_as_text(overview, colour=colour, width=width), overview
    return drawing.whole(overview, parts), overview
