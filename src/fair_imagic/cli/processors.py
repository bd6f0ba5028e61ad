"""``fair-imagic processors``."""

from __future__ import annotations

import click

from fair_imagic.cli.console import show_table
from fair_imagic.i18n import _, current_language

__all__ = ["command"]


@click.group(name="processors", help=_("List what can process images."))
def command() -> None:
    """Group the commands about processors."""


@command.command(
    name="list", help=_("List the processors, their state and their parameters.")
)
def list_command() -> None:
    """List processors."""
    from fair_imagic.processing import processors

    language = current_language()
    for one in processors().values():
        probe = one.probe()
        state = probe.version or f"{_('not available')}: {probe.reason}"
        click.secho(f"{one.token}  {one.title[language]}  ({state})", bold=True)
        click.echo(f"  {one.description[language]}")
        rows = (
            (p.name, p.default or "-", p.expected(), p.help[language])
            for p in one.parameters
        )
        show_table((_("Parameter"), _("Default"), _("Values"), _("What it does")), rows)
