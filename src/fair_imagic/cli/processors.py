"""``fair-imagic processors``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import show_table
from fair_imagic.i18n import _, current_language

if TYPE_CHECKING:
    from fair_imagic.processing.environments import Program

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
    from fair_imagic.processing.environments import PROGRAMS

    language = current_language()
    for one in processors().values():
        probe = one.probe()
        state = probe.version or _absent(probe.reason)
        click.secho(f"{one.token}  {one.title[language]}  ({state})", bold=True)
        click.echo(f"  {one.description[language]}")
        rows = (
            (p.name, p.default or "-", p.expected(), p.help[language])
            for p in one.parameters
        )
        show_table((_("Parameter"), _("Default"), _("Values"), _("What it does")), rows)
    click.secho(_("Programs with an environment of their own"), bold=True)
    for program in PROGRAMS:
        _show_program(program)


def _show_program(program: Program) -> None:
    from fair_imagic.processing.environments import Absence, environment

    place = environment(program)
    if isinstance(place, Absence):
        state = _absent(place.reason)
    else:
        versions = (f"{name} {one}" for name, one in place.versions.items())
        state = f"{', '.join(versions)}, Python {place.python_version}"
    click.secho(f"{program.name}  ({state})", bold=True)
    click.echo(f"  {program.title[current_language()]}")
    if isinstance(place, Absence):
        click.echo(f"  {place.hint}")


def _absent(reason: str) -> str:
    return _("not available: {reason}").format(reason=reason)
