"""``fair-imagic instrument qc``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import author_option, opened, show_table
from fair_imagic.cli.next_step import tell_next
from fair_imagic.i18n import _, day_text, ngettext

if TYPE_CHECKING:
    from fair_imagic.views.next_command import NextCommand
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.quality.controls import Entered

__all__ = ["command"]


@click.group(name="qc", help=_("Keep the quality control of microscopes."))
def command() -> None:
    """Group the commands about quality control."""


@command.command(
    help=_(
        "Enter one measurement of a microscope. Its images are linked to the quality "
        "control in force when they were acquired.\n\n"
        "Points: resolution, field illumination, chromatic registration, illumination "
        "stability, stage drift, stage repeatability, camera noise. A resolution with "
        "an objective is the optical calibration of that objective.\n\n"
        "Example: fair-imagic instrument qc add sp8 --date 2026-11-02 --point "
        "resolution --objective 'HC PL APO 63x/1.40' --metric 'FWHM xy, measured / "
        "theoretical' --value 1.2 --at-most 1.5"
    )
)
@click.argument("name")
@click.option("--date", required=True, help=_("Day of the measurement."))
@click.option("--point", required=True, help=_("Which of the seven points."))
@click.option("--objective", help=_("Objective, by its name or model in the record."))
@click.option("--metric", help=_("What the value is."))
@click.option("--value", help=_("Value measured."))
@click.option("--unit", help=_("Unit of the value (UCUM), such as nm or %."))
@click.option("--at-least", help=_("Smallest value that passes."))
@click.option("--at-most", help=_("Largest value that passes."))
@click.option("--limit-source", help=_("Where the limit comes from."))
@click.option(
    "--passed",
    type=click.Choice(["yes", "no"]),
    help=_("Whether it passed (default: what value and limits say)."),
)
@author_option()
@click.pass_context
def add(
    context: click.Context, /, name: str, author: str | None, **told: str | None
) -> None:
    """Enter one measurement."""
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.quality import controls as quality
    from fair_imagic.workflow.quality.table import measured_from

    measured = measured_from({key: text or "" for key, text in told.items()})
    with opened(context) as workspace:
        done = quality.add(
            workspace, name, [measured], author=author or default_author()
        )
        _say(workspace, done)
    tell_next(context, _list_of(name))


@command.command(
    name="import",
    help=_(
        "Enter the measurements of a table (CSV), one a row. Columns: date, point, "
        "objective, metric, value, unit, at_least, at_most, limit_source, passed.\n\n"
        "Example: fair-imagic instrument qc import quality.csv --microscope sp8"
    ),
)
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--microscope", required=True, metavar="NAME", help=_("Microscope measured.")
)
@author_option()
@click.pass_context
def import_command(
    context: click.Context, table: Path, microscope: str, author: str | None
) -> None:
    """Enter a table."""
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.quality import controls as quality

    with opened(context) as workspace:
        done = quality.import_table(
            workspace, table, microscope, author=author or default_author()
        )
        _say(workspace, done)
    tell_next(context, _list_of(microscope))


@command.command(name="list", help=_("List quality controls and when the next is due."))
@click.argument("name", default="")
@click.pass_context
def list_command(context: click.Context, name: str) -> None:
    """List quality controls."""
    from fair_imagic.workflow.quality import controls as quality
    from fair_imagic.workflow.quality.table import POINTS

    with opened(context) as workspace:
        rows = quality.list_runs(workspace, name)
    columns = (_("Microscope"), _("Day"), _("Points"), _("Not passed"), _("Next due"))
    show_table(
        columns,
        (
            (
                row.instrument,
                day_text(row.day),
                f"{len(row.points)}/{len(POINTS)}",
                "; ".join(row.failed),
                day_text(row.due),
            )
            for row in rows
        ),
    )


def _say(workspace: Workspace, done: Entered) -> None:
    from fair_imagic.workflow.images.image_names import labels_of

    word = _("quality control") if done.number is not None else _("unchanged")
    for run in done.runs:
        click.echo(f"{run.rpartition('/')[2]}  {word}")
    if done.images:
        text = ngettext(
            "{count} image now names the quality control in force",
            "{count} images now name the quality control in force",
            len(done.images),
        )
        click.echo(text.format(count=len(done.images)))
    if done.published:
        click.secho(
            _("Published images keep theirs. Publish their set anew for:"),
            fg="yellow",
        )
    for label in labels_of(workspace, done.published).values():
        click.echo(f"  {label}")


def _list_of(microscope: str) -> NextCommand:
    from fair_imagic.views.next_command import NextCommand

    words = ("instrument", "qc", "list", microscope)
    return NextCommand(words, _("see when the next control is due"))
