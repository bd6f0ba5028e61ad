"""``fair-imagic upgrade``."""

from __future__ import annotations

import click

from fair_imagic.cli.console import tell
from fair_imagic.i18n import _

__all__ = ["command"]


@click.command(
    name="upgrade",
    help=_(
        "Bring a data folder of an older version up to date. Every command that may "
        "write does so by itself; stop running services first.\n\n"
        "All of it is done, or nothing: where it is stopped half-way, the folder stays "
        "as it was. An older version cannot open the folder afterwards, so keep a copy "
        "if you may go back."
    ),
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@click.pass_context
def command(context: click.Context, dry_run: bool) -> None:
    """Upgrade the data folder."""
    from fair_imagic.catalogue import open_catalogue
    from fair_imagic.catalogue.upgrade import steps_due
    from fair_imagic.config import load

    settings = load(context.find_root().obj)
    steps = steps_due(settings)
    if not steps:
        click.echo(_("The data folder is up to date"))
    elif dry_run:
        click.echo(_("This would be done:"))
        for step in steps:
            click.echo(f"- {step.revision} {step.title}")
    else:
        open_catalogue(settings, tell=tell).close()
        click.echo(_("The data folder is upgraded"))
