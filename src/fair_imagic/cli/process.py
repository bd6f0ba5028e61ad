"""``fair-imagic process``."""

from __future__ import annotations

import click

from fair_imagic.cli.console import (
    all_fitting_option,
    author_option,
    images_option,
    opened,
    progress_lines,
)
from fair_imagic.cli.next_step import tell_next
from fair_imagic.i18n import _

__all__ = ["command"]


@click.command(
    name="process",
    help=_(
        "Process the raw images of a set or collection. All that is made is kept: new "
        "images, tables, figures and other files, linked to the raw images and to the "
        "run that made them; in a set, they join it, and what stands for an image "
        "takes its place. Raw files are never changed. Ctrl-C stops the run and leaves "
        "nothing half-made.\n\n"
        "Example: fair-imagic process demo --with segmentation --set channel=0"
    ),
)
@click.argument("name", metavar="SET|COLLECTION")
@click.option(
    "--with",
    "processor",
    required=True,
    metavar="NAME",
    help=_("What to do: see `fair-imagic processors list`."),
)
@click.option(
    "--set", "values", multiple=True, metavar="KEY=VALUE", help=_("Parameter.")
)
@images_option()
@all_fitting_option()
@author_option()
@click.pass_context
def command(
    context: click.Context,
    name: str,
    processor: str,
    values: tuple[str, ...],
    images: str | None,
    all_fitting: bool,
    author: str | None,
) -> None:
    """Process images."""
    from fair_imagic.views.next_command import for_check
    from fair_imagic.views.output import output_rows, output_summary
    from fair_imagic.workflow.processing import process

    parameters = dict(_pair(text) for text in values)
    with opened(context) as workspace, progress_lines(_("Processing")) as progress:
        made = process.run(
            workspace,
            name,
            processor,
            parameters,
            images=images,
            all_fitting=all_fitting,
            author=author,
            progress=progress,
        )
        rows = output_rows(workspace, made)
        for row in rows:
            click.echo(
                _("{label}: {text}").format(label=row.role_label, text=row.label)
            )
        for remark in made.remarks:
            click.echo(remark)
    click.echo(output_summary(rows))
    tell_next(context, for_check(name))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(
            _("{text} is not KEY=VALUE").format(text=text), param_hint="--set"
        )
    return name.strip(), value.strip()
