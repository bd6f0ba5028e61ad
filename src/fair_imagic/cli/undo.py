"""``fair-imagic undo``."""

from __future__ import annotations

import click

from fair_imagic.cli.console import author_option, opened
from fair_imagic.cli.next_step import tell_next
from fair_imagic.i18n import _

__all__ = ["command"]


@click.command(
    name="undo",
    help=_(
        "Take a change back by its number, as a new change. Commands that change "
        "records print the number.\n\n"
        "Refused where a later change touched the same values.\n\n"
        "Example: fair-imagic undo 42"
    ),
)
@click.argument("number", type=click.IntRange(min=1))
@author_option()
@click.pass_context
def command(context: click.Context, number: int, author: str | None) -> None:
    """Take a change back."""
    from fair_imagic.views.next_command import for_catalogue
    from fair_imagic.workflow.base.authors import default_author

    with opened(context) as workspace:
        done = workspace.catalogue.undo(number, author=author or default_author())
        step = for_catalogue(workspace)
    click.echo(
        _("Change {number} is taken back (change {done})").format(
            number=number, done=done
        )
    )
    tell_next(context, step)
