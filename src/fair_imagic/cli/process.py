"""``fair-imagic process``."""

from __future__ import annotations

import click

from fair_imagic.cli.console import author_option, opened, progress_lines
from fair_imagic.i18n import _

__all__ = ["command"]


@click.command(
    name="process",
    help=_(
        "Process the raw images of a set or collection. The results are new images, "
        "linked to the raw ones and to the run that made them; raw files are never "
        "changed. Ctrl-C stops the run and leaves nothing half-made.\n\n"
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
@click.option("--images", metavar="PATTERN", help=_("Only images whose title matches."))
@author_option()
@click.pass_context
def command(
    context: click.Context,
    name: str,
    processor: str,
    values: tuple[str, ...],
    images: str | None,
    author: str | None,
) -> None:
    """Process images."""
    from fair_imagic.workflow.base.label import label_of
    from fair_imagic.workflow.processing import process

    parameters = dict(_pair(text) for text in values)
    with opened(context) as workspace, progress_lines(_("Processing")) as progress:
        made = process.run(
            workspace,
            name,
            processor,
            parameters,
            images=images,
            author=author,
            progress=progress,
        )
        for image in made:
            click.echo(label_of(workspace, image))
    click.echo(_("New images: {count}").format(count=len(made)))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(
            _("{text} is not KEY=VALUE").format(text=text), param_hint="--set"
        )
    return name.strip(), value.strip()
