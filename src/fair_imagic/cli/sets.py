"""``fair-imagic set``."""

from __future__ import annotations

from pathlib import Path

import click

from fair_imagic.cli.console import (
    all_fitting_option,
    author_option,
    opened,
    query_option,
    show_table,
    team_option,
)
from fair_imagic.cli.next_step import command_line, tell_next
from fair_imagic.i18n import _, labelled, ngettext

__all__ = ["command"]

_IMAGES_BELOW = frozenset({"images"})

_TABLE_HELP = _(
    "Table (CSV, XLSX, ODS) with the column image, and perhaps figure and panel."
)


@click.group(name="set", help=_("Create and change publication sets."))
def command() -> None:
    """Group the commands about publication sets."""


@command.command(
    help=_(
        "Create a publication set. No file is copied.\n\n"
        "Example: fair-imagic set create figure-2 --images collection=nuclei"
    )
)
@click.argument("name")
@click.option("--title", help=_("Title of the set."))
@query_option()
@click.option(
    "--from", "table", type=click.Path(path_type=Path, dir_okay=False), help=_TABLE_HELP
)
@all_fitting_option()
@team_option()
@author_option()
@click.pass_context
def create(
    context: click.Context,
    name: str,
    title: str | None,
    images: tuple[str, ...],
    table: Path | None,
    all_fitting: bool,
    team: str | None,
    author: str | None,
) -> None:
    """Create a set."""
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.people import teams
    from fair_imagic.workflow.sets import publication_set as sets

    with opened(context) as workspace:
        give = teams.giver_to(workspace, team)
        record = sets.create(
            workspace,
            name,
            author=author or default_author(),
            title=title,
            images=images or None,
            table=table,
            all_fitting=all_fitting,
        )
        give(record)
        made = next(r for r in sets.list_sets(workspace) if r.iri == record)
    words = ngettext(
        "Publication set {name}: {count} image",
        "Publication set {name}: {count} images",
        made.images,
    )
    click.echo(words.format(name=made.name, count=made.images))
    _tell_check(context, made.name)


@command.command(help=_("Add images to a set."))
@click.argument("name")
@query_option()
@click.option(
    "--from", "table", type=click.Path(path_type=Path, dir_okay=False), help=_TABLE_HELP
)
@all_fitting_option()
@author_option()
@click.pass_context
def add(
    context: click.Context,
    name: str,
    images: tuple[str, ...],
    table: Path | None,
    all_fitting: bool,
    author: str | None,
) -> None:
    """Add images."""
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.sets import publication_set as sets

    with opened(context) as workspace:
        done = sets.add(
            workspace,
            name,
            author=author or default_author(),
            images=images or None,
            table=table,
            all_fitting=all_fitting,
        )
    words = ngettext("{count} image added", "{count} images added", done.count)
    _say(context, name, words.format(count=done.count), done.number)
    _tell_check(context, name)


@command.command(help=_("Take images out of a set; the images stay in the catalogue."))
@click.argument("name")
@query_option(required=True)
@all_fitting_option()
@author_option()
@click.pass_context
def remove(
    context: click.Context,
    name: str,
    images: tuple[str, ...],
    all_fitting: bool,
    author: str | None,
) -> None:
    """Take images out."""
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.sets import publication_set as sets

    with opened(context) as workspace:
        done = sets.remove(
            workspace,
            name,
            images=images,
            author=author or default_author(),
            all_fitting=all_fitting,
        )
    words = ngettext("{count} image taken out", "{count} images taken out", done.count)
    _say(context, name, words.format(count=done.count), done.number)
    _tell_check(context, name)


def _say(context: click.Context, name: str, words: str, number: int | None) -> None:
    """Say what was done, by which change, and how it is taken back."""
    if number is None:
        click.echo(words)
        return
    click.echo(_("{words} (change {number})").format(words=words, number=number))
    undo = command_line(context, "repair", name, "--undo")
    click.echo(_("Take it back with: {command}").format(command=undo))


@command.command(help=_("Show what a set says, and its images."))
@click.argument("name")
@click.pass_context
def show(context: click.Context, name: str) -> None:
    """Show a set."""
    from fair_imagic.views.next_command import for_set
    from fair_imagic.workflow.base.shown_value import sections
    from fair_imagic.workflow.images.image_names import matcher_for
    from fair_imagic.workflow.images.members import images_of

    with opened(context) as workspace:
        record = workspace.record("set", name)
        for section in sections(workspace, record, hidden=_IMAGES_BELOW):
            click.secho(section.title, bold=True)
            for row in section.rows:
                words = ", ".join(value.words for value in row.values)
                click.echo(f"  {labelled(row.label, words)}")
        images = images_of(workspace, record)
        click.secho(_("Images"), bold=True)
        for words in matcher_for(workspace, images).told(images):
            click.echo(f"  {words}")
        step = for_set(workspace, name)
    tell_next(context, step)


@command.command(
    help=_("Show what each image was made with, and how sure the match is.")
)
@click.argument("name")
@click.pass_context
def matches(context: click.Context, name: str) -> None:
    """Show the matches to the microscope records."""
    from fair_imagic.workflow.images.image_names import labels_of
    from fair_imagic.workflow.images.matches import matches_of
    from fair_imagic.workflow.images.members import images_of

    with opened(context) as workspace:
        images = images_of(workspace, workspace.record("set", name))
        for image, label in labels_of(workspace, images).items():
            click.secho(label, bold=True)
            for row in matches_of(workspace, image):
                part = f"{row.role} ({row.part})" if row.part else row.role
                click.echo(f"  {labelled(part, row.component)}")
                click.echo(f"    {labelled(row.confidence, row.reason)}")


@command.command(name="list", help=_("List the publication sets."))
@click.pass_context
def list_command(context: click.Context) -> None:
    """List sets."""
    from fair_imagic.workflow.sets.listing import list_sets

    with opened(context) as workspace:
        rows = list_sets(workspace)
        if not rows:
            from fair_imagic.views.next_command import for_catalogue

            tell_next(context, for_catalogue(workspace))
    columns = (_("Name"), _("Title"), _("Images"))
    show_table(columns, ((row.name, row.title, str(row.images)) for row in rows))


def _tell_check(context: click.Context, name: str) -> None:
    from fair_imagic.views.next_command import for_check

    tell_next(context, for_check(name))
