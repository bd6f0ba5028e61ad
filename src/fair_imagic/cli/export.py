"""``fair-imagic export``."""

from __future__ import annotations

from pathlib import Path

import click

from fair_imagic.cli.console import opened
from fair_imagic.i18n import _

__all__ = ["command"]

_ENDINGS = {".json": "json", ".ttl": "turtle", ".jsonld": "jsonld"}


@click.command(
    name="export",
    help=_(
        "Write the records of a publication set, a collection or a microscope, and all "
        "that they reach, for other programs: JSON that LinkML's tools read with the "
        "schema of the program, Turtle, or JSON-LD.\n\n"
        "Example: fair-imagic export demo --output demo.json"
    ),
)
@click.argument("name", metavar="SET|COLLECTION|MICROSCOPE")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "turtle", "jsonld"]),
    help=_("Form of the text (default: by the ending of the file, else json)."),
)
@click.option(
    "--public",
    is_flag=True,
    help=_("Leave out what is never published, such as addresses of people."),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("File to write; without it the text is printed."),
)
@click.pass_context
def command(
    context: click.Context,
    name: str,
    form: str | None,
    *,
    public: bool,
    output: Path | None,
) -> None:
    """Write the records."""
    from fair_imagic.files import write_pieces
    from fair_imagic.views.export import export_text

    ending = output.suffix.lower() if output is not None else ""
    chosen = form or _ENDINGS.get(ending, "json")
    with opened(context) as workspace:
        text = export_text(workspace, name, form=chosen, public=public)
    if output is None:
        click.echo(text, nl=False)
        return
    write_pieces(output, [text])
    click.echo(_("Records written to {path}").format(path=output))
