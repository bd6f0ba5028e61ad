"""``fair-imagic config``."""

from __future__ import annotations

import click

from fair_imagic.cli.console import show_table
from fair_imagic.i18n import _, current_language

__all__ = ["command"]


@click.group(name="config", help=_("Show the settings in force."))
def command() -> None:
    """Group the commands about settings."""


@command.command(help=_("Show every setting, its value and what it is for."))
@click.pass_context
def show(context: click.Context) -> None:
    """Show the settings; secrets are hidden."""
    from fair_imagic.config import SETTINGS, load

    settings = load(context.find_root().obj)
    language = current_language()
    rows = []
    for setting in SETTINGS:
        value = getattr(settings, setting.name)
        text = ",".join(value) if isinstance(value, tuple) else str(value)
        if setting.secret and text:
            text = "***"
        rows.append((setting.env, text, setting.explained()[language]))
    show_table((_("Setting"), _("Value"), _("What it is for")), rows)
