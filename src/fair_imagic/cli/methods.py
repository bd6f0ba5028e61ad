"""``fair-imagic methods``."""

from __future__ import annotations

import click

from fair_imagic.cli.console import opened
from fair_imagic.i18n import _

__all__ = ["command"]


@click.command(
    name="methods",
    help=_(
        "Write the materials-and-methods text of a publication set from what is "
        "recorded. Each gap stands in brackets, and all gaps are listed below.\n\n"
        "Example: fair-imagic methods demo --lang fr"
    ),
)
@click.argument("name", metavar="SET")
@click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "fr"]),
    help=_("Language of the text (default: that of the messages)."),
)
@click.pass_context
def command(context: click.Context, name: str, language: str | None) -> None:
    """Write the text."""
    from fair_imagic.workflow.sets.methods import methods_text

    with opened(context) as workspace:
        found = methods_text(workspace, name, language=language)
    click.echo(found.text)
    if found.gaps:
        click.echo()
        click.secho(_("Not recorded yet:"), bold=True)
        for gap in found.gaps:
            click.echo(f"  - {gap}")
