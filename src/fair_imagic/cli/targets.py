"""``fair-imagic targets``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import show_table
from fair_imagic.i18n import _, current_language, labelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Target

__all__ = ["command"]


@click.command(
    name="targets",
    help=_(
        "List where sets can be published: whether each target is switched on, its "
        "settings, what it cannot carry and what cannot be undone.\n\n"
        "Example: fair-imagic targets datacite"
    ),
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.pass_context
def command(context: click.Context, names: tuple[str, ...]) -> None:
    """List targets, or explain those that are named."""
    from fair_imagic.config import load as load_settings
    from fair_imagic.publish.registry import available, load
    from fair_imagic.publish.settings import verify

    settings = load_settings(context.find_root().obj)
    verify(settings)
    if not names:
        rows = (
            (one.token, one.title, _state(one, settings))
            for one in available().values()
        )
        show_table((_("Name"), _("Target"), _("State")), rows)
        click.echo(_("`fair-imagic targets NAME` tells more of one."))
        return
    for target in [load(name) for name in names]:
        for line in _lines(target, settings):
            click.echo(line)


def _state(target: Target, settings: Settings) -> str:
    from fair_imagic.publish.settings import Switch, switch_of

    state = switch_of(target, settings)
    words = {
        Switch.PRACTICE: _("on, in practice mode"),
        Switch.REAL: _("on, for real"),
        Switch.OFF: _("off"),
    }
    word = words[state.switch]
    return labelled(word, state.reason) if state.reason else word


def _lines(target: Target, settings: Settings) -> Iterator[str]:
    from fair_imagic.publish.settings import values_of

    language = current_language()
    yield click.style(f"{target.token}  {target.title}", bold=True)
    yield f"  {_state(target, settings)}"
    yield "  " + _("checked against: {names}").format(names=", ".join(target.profiles))
    yield "  " + _("settings, in the table {table}:").format(
        table=f"[target.{target.token}]"
    )
    values = values_of(target, settings)
    for one in target.settings:
        text = "***" if one.secret and values[one.name] else values[one.name]
        need = _("needed") if one.required else _("optional")
        yield f"    {one.name} = {text!r} ({need}; {one.variable(target.token)})"
        yield f"      {one.text[language]}"
    yield "  " + _("cannot carry:")
    for gap in target.gaps:
        yield f"    {gap.shown} [{gap.code}]"
    yield f"  {target.irreversible[language]}"
