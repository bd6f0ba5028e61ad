"""``fair-imagic compact``."""

from __future__ import annotations

import click

from fair_imagic.cli.console import opened, progress_lines
from fair_imagic.i18n import _, ngettext, size_text

__all__ = ["command"]


@click.command(
    name="compact",
    help=_(
        "Free space that checked versions of sets take. What was published or decided "
        "upon stays whole. Any other version is kept as a number of the journal, from "
        "which it is made again when somebody asks for it; one of an older program "
        "that the journal does not give any more is dropped.\n\n"
        "May be stopped at any time; the same command does the rest."
    ),
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@click.pass_context
def command(context: click.Context, dry_run: bool) -> None:
    """Compact the data folder."""
    with opened(context) as workspace, progress_lines(_("Comparing")) as progress:
        done = workspace.catalogue.compact(
            dry_run=dry_run, progress=lambda step, total: progress(step, total, "")
        )
    if dry_run:
        click.echo(_("This would be done:"))
    for text in (
        ngettext(
            "{count} checked version kept as a number of the journal",
            "{count} checked versions kept as numbers of the journal",
            done.numbered,
        ).format(count=done.numbered),
        ngettext(
            "{count} version dropped that the journal does not give any more",
            "{count} versions dropped that the journal does not give any more",
            done.dropped,
        ).format(count=done.dropped),
        ngettext(
            "{count} version published or decided upon stays whole",
            "{count} versions published or decided upon stay whole",
            done.whole,
        ).format(count=done.whole),
        _("{size} freed").format(size=size_text(done.freed_bytes)),
    ):
        click.echo(f"- {text}")
    if not dry_run and not done.given_back:
        click.echo(
            _(
                "The space is used again by what is written next. To give it back to "
                "the disk, stop the service, make room for a copy of the database, and "
                "do this again."
            )
        )
