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
        "List the image formats that can be read, and what is not read of them; or say "
        "how one file is seen: who reads it, why the others do not, what is missing."
        "\n\n"
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
    all_readers = readers.readers()
    rows = ((one.token, one.label, " ".join(one.extensions)) for one in all_readers)
    show_table((_("Name"), _("Format"), _("Usual endings")), rows)
    gaps = ((one.token, gap.code, gap.shown) for one in all_readers for gap in one.gaps)
    click.echo()
    show_table((_("Name"), _("Known gap"), _("What is not read")), gaps)
