"""``fair-imagic rebase``."""

from __future__ import annotations

import click

from fair_imagic.cli.console import tell
from fair_imagic.i18n import _, ngettext

__all__ = ["command"]


@click.command(
    name="rebase",
    help=_(
        "Give all records identifiers that begin with NEW_BASE, from now on. The old "
        "ones go on answering for ever. DOIs, accession numbers and landing pages stay "
        "as they are, and so do the journal and every version that was checked.\n\n"
        "Example: fair-imagic rebase https://imagic.example.org/id/"
    ),
)
@click.argument("new_base", metavar="NEW_BASE")
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@click.pass_context
def command(context: click.Context, new_base: str, dry_run: bool) -> None:
    """Give the records another base."""
    from fair_imagic.workflow.overview import rebase

    done = rebase.run(context.find_root().obj, new_base, dry_run=dry_run, tell=tell)
    if dry_run:
        click.echo(_("This would be done:"))
    text = ngettext(
        "{count} record goes by {new} from now on",
        "{count} records go by {new} from now on",
        done.records,
    )
    click.echo(text.format(count=done.records, new=done.after))
    click.echo(_("{old} goes on answering for them").format(old=done.before))
    if done.to_set:
        text = _("Now set base_iri to {new}: with another one, nothing is opened")
        click.secho(text.format(new=done.after), fg="yellow")
