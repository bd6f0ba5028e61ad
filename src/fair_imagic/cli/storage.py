"""``fair-imagic storage``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import opened, show_table
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from fair_imagic.catalogue import RootUse

__all__ = ["command"]


@click.group(
    name="storage",
    help=_(
        "Show where image files lie: storage roots that the settings name, so that a "
        "share can move or be mounted elsewhere by changing one setting."
    ),
)
def command() -> None:
    """Group the commands about storage roots."""


@command.command(
    name="list",
    help=_(
        "List the storage roots, where they lie, whether they are there now, and how "
        "many files are noted in each. Ends with 1 where one with files is not there."
        "\n\nExample: fair-imagic storage list"
    ),
)
@click.pass_context
def list_(context: click.Context) -> None:
    """List the storage roots; files outside all of them are counted too."""
    with opened(context) as workspace:
        uses = workspace.catalogue.locations.uses()
    rows = [
        (use.name or _("(outside)"), _path(use), _state(use), str(use.files))
        for use in uses
        if use.name or use.files
    ]
    if rows:
        show_table((_("Storage root"), _("Path"), _("Reachable"), _("Files")), rows)
    if not any(use.name for use in uses):
        click.echo(_("No storage root is set."))
        hint = '[storage.NAME] path = "/mnt/share"'
        click.echo(_("To name one, write into config.toml: {text}").format(text=hint))
    if any(use.files and not use.is_there for use in uses):
        context.exit(1)


def _path(use: RootUse) -> str:
    if use.name and use.path is None:
        return _("no setting says")
    return str(use.path or "")


def _state(use: RootUse) -> str:
    if not use.name:
        return ""
    return _("yes") if use.is_there else _("no")
