"""``fair-imagic upgrade``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import progress_lines, tell
from fair_imagic.i18n import _, ngettext

if TYPE_CHECKING:
    from fair_imagic.catalogue.anew import Anew
    from fair_imagic.config import Settings

__all__ = ["command"]


@click.command(
    name="upgrade",
    help=_(
        "Bring a data folder of an older version up to date. Every command that may "
        "write does so by itself; stop running services first.\n\n"
        "All of it is done, or nothing: where it is stopped half-way, the folder stays "
        "as it was. An older version cannot open the folder afterwards, so keep a copy "
        "if you may go back.\n\n"
        "A folder in which an older version wrote people's names into the history is "
        "written anew with --to: there, people can be erased. The old folder is only "
        "read. Versions of sets that were published or decided upon stay as they are, "
        "and the names that they hold are listed."
    ),
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, exists=False),
    help=_("Write the data folder anew, as this one, which must not be there."),
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@click.pass_context
def command(context: click.Context, folder: Path | None, dry_run: bool) -> None:
    """Upgrade the data folder."""
    from fair_imagic.catalogue import open_catalogue
    from fair_imagic.catalogue.upgrade import steps_due
    from fair_imagic.config import load

    settings = load(context.find_root().obj)
    if folder is not None:
        _write_anew(settings, folder, dry_run=dry_run)
        return
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
    if not (steps and dry_run):
        _say_names(settings)


def _say_names(settings: Settings) -> None:
    from fair_imagic.catalogue.upgrade import catalogue_is_there, holds_names

    if catalogue_is_there(settings) and holds_names(settings):
        click.echo(
            _(
                "Its history holds names of people, who cannot be erased from it. To "
                "have a folder from which they can: fair-imagic upgrade --to FOLDER"
            )
        )


def _write_anew(settings: Settings, folder: Path, *, dry_run: bool) -> None:
    from fair_imagic.catalogue.anew import write_anew

    with progress_lines(_("Writing anew")) as progress:
        done = write_anew(
            settings,
            folder,
            dry_run=dry_run,
            tell=tell,
            progress=lambda step, total: progress(step, total, ""),
        )
    if dry_run:
        click.echo(_("This would be done:"))
    _say_anew(done)
    if dry_run:
        return
    click.echo(
        _(
            "The new data folder is {folder}: use it with --home or FAIR_IMAGIC_HOME. "
            "The old one is as it was; destroy it and its backups when you need them "
            "no more."
        ).format(folder=folder)
    )


def _say_anew(done: Anew) -> None:
    click.echo(
        ngettext(
            "{count} person under a name that says nothing",
            "{count} people under names that say nothing",
            done.people,
        ).format(count=done.people)
    )
    if done.kept_names:
        click.echo(_("Versions that must stay as they are hold these names:"))
    for one in done.kept_names:
        click.echo(
            _("- {name}, in {subject} of {day}").format(
                name=one.name, subject=one.root, day=one.day
            )
        )
