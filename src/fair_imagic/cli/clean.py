"""``fair-imagic clean``."""

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
    name="clean",
    help=_(
        "Copy the files of a set or collection that tell user names, e-mail addresses, "
        "personal folders or slide labels into OME-TIFF files without them. The pixels "
        "are the same; the copies are new images, linked to the raw ones, and take "
        "their place in the set. Raw files are never changed.\n\n"
        "Example: fair-imagic clean demo --images 'slide*'"
    ),
)
@click.argument("name", metavar="SET|COLLECTION")
@images_option()
@all_fitting_option()
@click.option(
    "--serial-numbers",
    is_flag=True,
    help=_("Also copy files that tell nothing but serial numbers."),
)
@author_option()
@click.pass_context
def command(
    context: click.Context,
    name: str,
    images: str | None,
    all_fitting: bool,
    serial_numbers: bool,
    author: str | None,
) -> None:
    """Make cleaned copies."""
    from fair_imagic.views.next_command import for_check
    from fair_imagic.workflow.base.label import label_of
    from fair_imagic.workflow.processing import clean

    with opened(context) as workspace, progress_lines(_("Cleaning")) as progress:
        made = clean.run(
            workspace,
            name,
            images=images,
            all_fitting=all_fitting,
            serial_numbers=serial_numbers,
            author=author,
            progress=progress,
        )
        for one in made:
            left = ", ".join(one.removed)
            text = _("{image}: {file}, without {values}")
            click.echo(
                text.format(
                    image=label_of(workspace, one.image), file=one.path, values=left
                )
            )
    click.echo(_("Cleaned copies: {count}").format(count=len(made)))
    tell_next(context, for_check(name))
