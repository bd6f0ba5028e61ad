"""``fair-imagic defaults``."""

from __future__ import annotations

import click

from fair_imagic.cli.console import opened, show_table
from fair_imagic.cli.next_step import tell_next
from fair_imagic.i18n import _, ngettext

__all__ = ["command"]


@click.group(
    name="defaults", help=_("Keep values that stand until somebody says otherwise.")
)
def command() -> None:
    """Group the commands about defaults."""


@command.command(
    name="set",
    help=_(
        "Set defaults of the facility, and fill what publication sets lack. Any other "
        "source (file, microscope record, person) goes before them.\n\n"
        "Example: fair-imagic defaults set license=CC-BY-4.0"
    ),
)
@click.argument("values", nargs=-1, required=True, metavar="PATH=VALUE...")
@click.pass_context
def set_command(context: click.Context, values: tuple[str, ...]) -> None:
    """Set defaults."""
    from fair_imagic.views.next_command import for_catalogue
    from fair_imagic.workflow.sets import defaults

    with opened(context) as workspace:
        for text in values:
            path, equals, value = text.partition("=")
            if not equals or not path:
                raise click.UsageError(_("{text} is not PATH=VALUE").format(text=text))
            for note in defaults.set_default(workspace, path.strip(), value):
                click.echo(f"{path.strip()}: {note}")
        count = defaults.apply_to_all(workspace)
        step = for_catalogue(workspace)
    text = ngettext("{count} value filled in", "{count} values filled in", count)
    click.echo(text.format(count=count))
    tell_next(context, step)


@command.command(help=_("Forget a default; what it has filled in stays."))
@click.argument("path")
@click.pass_context
def remove(context: click.Context, path: str) -> None:
    """Forget a default."""
    from fair_imagic.workflow.sets import defaults

    with opened(context) as workspace:
        defaults.remove_default(workspace, path)
    click.echo(_("The default for {path} is forgotten").format(path=path))


@command.command(name="list", help=_("List the defaults."))
@click.pass_context
def list_command(context: click.Context) -> None:
    """List defaults."""
    from fair_imagic.workflow.sets import defaults

    with opened(context) as workspace:
        found = defaults.defaults_of(workspace)
    show_table((_("Field"), _("Value")), sorted(found.items()))
