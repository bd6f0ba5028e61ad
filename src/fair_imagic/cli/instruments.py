"""``fair-imagic instrument``."""

from __future__ import annotations

from pathlib import Path

import click

from fair_imagic.cli.console import author_option, opened, show_table
from fair_imagic.i18n import _

__all__ = ["command"]


@click.group(name="instrument", help=_("Keep microscope records."))
def command() -> None:
    """Group the commands about microscopes."""


@command.command(
    name="import",
    help=_(
        "Import microscope records that Micro-Meta App saved as JSON.\n\n"
        "Example: fair-imagic instrument import sp8.json --name sp8"
    ),
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--name", help=_("Short name of the record (for one file)."))
@author_option()
@click.pass_context
def import_command(
    context: click.Context,
    files: tuple[Path, ...],
    name: str | None,
    author: str | None,
) -> None:
    """Import records."""
    from fair_imagic.workflow import instruments
    from fair_imagic.workflow.authors import default_author

    if name and len(files) > 1:
        raise click.UsageError(_("--name is for one file."))
    author = author or default_author()
    with opened(context) as workspace:
        for path in files:
            done = instruments.import_file(workspace, path, author=author, name=name)
            for problem in done.problems:
                click.secho(f"{path.name}: {problem}", fg="yellow", err=True)
            word = _("microscope record") if done.changed else _("unchanged")
            click.echo(f"{done.iri.rpartition('/')[2]}  {word}")


@command.command(name="list", help=_("List the microscopes."))
@click.pass_context
def list_command(context: click.Context) -> None:
    """List microscopes."""
    from fair_imagic.workflow import instruments

    with opened(context) as workspace:
        rows = instruments.list_instruments(workspace)
    columns = (_("Name"), _("Title"), _("Components"))
    show_table(columns, ((row.name, row.title, str(row.components)) for row in rows))


@command.command(help=_("Show the components of a microscope."))
@click.argument("name")
@click.pass_context
def show(context: click.Context, name: str) -> None:
    """Show a microscope."""
    from fair_imagic.workflow import instruments

    with opened(context) as workspace:
        record = workspace.record("instrument", name)
        rows = instruments.components_of(workspace, record)
    show_table((_("Kind"), _("Name"), _("Maker and model")), rows)


@command.command(
    help=_("Say that a microscope took the images of a collection or set.")
)
@click.argument("name")
@click.argument("subject", metavar="SET|COLLECTION")
@click.pass_context
def attach(context: click.Context, name: str, subject: str) -> None:
    """Attach a microscope to images."""
    from fair_imagic.workflow import instruments
    from fair_imagic.workflow.check import find_subject
    from fair_imagic.workflow.members import images_of

    with opened(context) as workspace:
        record = workspace.record("instrument", name)
        images = images_of(workspace, find_subject(workspace, subject))
        count = instruments.attach(workspace, images, record)
    click.echo(_("Images changed: {count}").format(count=count))
