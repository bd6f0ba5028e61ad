"""``fair-imagic readers``."""

from __future__ import annotations

from pathlib import Path

import click

from fair_imagic.cli.console import show_table
from fair_imagic.i18n import _

__all__ = ["command"]


@click.command(
    name="readers",
    help=_(
        "List the image formats that can be read, or say how one file is seen.\n\n"
        "Example: fair-imagic readers --explain image.czi"
    ),
)
@click.option(
    "--explain",
    "path",
    type=click.Path(path_type=Path),
    help=_("File whose reader and values are shown."),
)
def command(path: Path | None) -> None:
    """List readers, or explain a file."""
    from fair_imagic import readers

    if path is not None:
        click.echo(readers.explain(path))
        return
    rows = (
        (one.token, one.label, " ".join(one.extensions)) for one in readers.readers()
    )
    show_table((_("Name"), _("Format"), _("Usual endings")), rows)
