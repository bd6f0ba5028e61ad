"""``fair-imagic check --all``: the whole catalogue in one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import opened, progress_lines
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fair_imagic.checks import Line, Overview, Report
    from fair_imagic.cli.check_options import CheckOptions

__all__ = ["ONLY", "check_all"]

ONLY = ("sets", "collections", "microscopes")


def check_all(
    context: click.Context,
    options: CheckOptions,
    *,
    only: tuple[str, ...],
    write: Callable[[Iterable[str]], None],
) -> int:
    """Check the whole catalogue, write the report and return the exit code."""
    _refuse_table(options.form)
    from fair_imagic.checks.reports.overview import FORMS, Parts, overview_as_text

    drawing = FORMS.get(options.form)
    if drawing is None:
        overview = _overview(context, options, only)
        text = overview_as_text(
            overview,
            everything=options.all_points,
            command=f"{options.program} {options.typed}",
            colour=options.colour,
            width=options.width,
        )
        write((text,))
        return overview.exit_code
    with Parts() as parts:

        def take(line: Line, report: Report) -> None:
            parts.keep(line.subject.iri, drawing.part(line, report))

        overview = _overview(context, options, only, take)
        write(drawing.whole(overview, parts))
    return overview.exit_code


def _overview(
    context: click.Context,
    options: CheckOptions,
    only: tuple[str, ...],
    take: Callable[[Line, Report], None] | None = None,
) -> Overview:
    from fair_imagic.workflow.checking import check_all as workflow

    with progress_lines(_("Checking")) as progress, opened(context) as workspace:
        return workflow.run(
            workspace,
            names=options.names,
            extra=options.extra,
            declared_tier=options.declared_tier,
            only=only,
            verify_files=options.verify_files,
            take=take,
            progress=progress,
        )


def _refuse_table(form: str) -> None:
    """Refuse a form of which nothing could be read back."""
    if form == "xlsx":
        raise click.UsageError(
            _(
                "A table of points is filled in and read back for one set at a time: "
                "fair-imagic check SET --output SET.xlsx"
            )
        )
