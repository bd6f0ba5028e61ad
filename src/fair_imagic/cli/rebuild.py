"""``fair-imagic rebuild``."""

from __future__ import annotations

import click

from fair_imagic.cli.console import opened, progress_lines
from fair_imagic.i18n import _

__all__ = ["command"]


@click.command(
    name="rebuild",
    help=_("Make the search index again from the journal. Nothing is lost by it."),
)
@click.pass_context
def command(context: click.Context) -> None:
    """Rebuild the index."""
    with opened(context) as workspace, progress_lines(_("Rebuilding")) as progress:
        workspace.catalogue.rebuild(lambda done, total: progress(done, total, ""))
    click.echo(_("The search index is made again"))
