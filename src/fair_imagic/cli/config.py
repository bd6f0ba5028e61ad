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
    """Show the settings, those of the targets too; secrets are hidden."""
    from fair_imagic.config import SETTINGS, load
    from fair_imagic.publish.settings import declared, values_of, verify

    settings = load(context.find_root().obj)
    verify(settings)
    language = current_language()
    rows = []
    for setting in SETTINGS:
        value = getattr(settings, setting.name)
        text = _as_written(value)
        shown = _hidden(text) if setting.secret else text
        rows.append((setting.env, shown, setting.explained()[language]))
    rows += [
        (root.variable, str(root.path), _("Storage root {name}").format(name=root.name))
        for root in settings.storage
    ]
    for target, one in declared():
        text = values_of(target, settings)[one.name]
        shown = _hidden(text) if one.secret else text
        rows.append((one.variable(target.token), shown, one.text[language]))
    show_table((_("Setting"), _("Value"), _("What it is for")), rows)


def _as_written(value: object) -> str:
    """Return a value as one would write it into the settings file."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _hidden(text: str) -> str:
    return "***" if text else ""
