"""``fair-imagic processors``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import show_table
from fair_imagic.i18n import _, current_language

if TYPE_CHECKING:
    from fair_imagic.processing import Processor
    from fair_imagic.processing.environments import Program

__all__ = ["command"]


@click.group(name="processors", help=_("List what can process images."))
def command() -> None:
    """Group the commands about processors."""


@command.command(
    name="list",
    help=_(
        "List the processors: whether they can run here, what they make, their "
        "parameters, and what they cannot do."
    ),
)
def list_command() -> None:
    """List processors."""
    from fair_imagic.processing import processors
    from fair_imagic.processing.environments import PROGRAMS

    for one in processors().values():
        _show(one)
    click.secho(_("Programs with an environment of their own"), bold=True)
    for program in PROGRAMS:
        _show_program(program)


def _show(one: Processor) -> None:
    from fair_imagic.views.output import role_label

    language = current_language()
    probe = one.probe()
    state = probe.version or _absent(probe.reason)
    click.secho(f"{one.token}  {one.title[language]}  ({state})", bold=True)
    click.echo(f"  {one.description[language]}")
    made = ", ".join(role_label(role) for role in one.makes)
    click.echo("  " + _("{label}: {text}").format(label=_("Makes"), text=made))
    rows = (
        (p.name, p.default or "-", p.expected(), p.help[language])
        for p in one.parameters
    )
    if one.parameters:
        show_table((_("Parameter"), _("Default"), _("Values"), _("What it does")), rows)
    if one.gaps:
        show_table(
            (_("Known gap"), _("What it cannot do")),
            ((gap.code, gap.shown) for gap in one.gaps),
        )


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
