"""``fair-imagic import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import (
    all_fitting_option,
    author_option,
    opened,
    progress_lines,
    team_option,
)
from fair_imagic.cli.next_step import tell_next
from fair_imagic.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting.tagged_import import TaggedImport
    from fair_imagic.workflow.correcting.tags import TagTable
    from fair_imagic.workflow.images.import_images import ImportResult

__all__ = ["command"]


@click.command(
    name="import",
    help=_(
        "Import image files and folders into a collection. Files are only read. An "
        "import that was stopped is finished by the same command.\n\n"
        "Example: fair-imagic import images/ --collection nuclei --instrument sp8"
    ),
)
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)
@click.option(
    "--collection",
    "--dataset",
    metavar="NAME",
    help=_("Collection to import into (default: name of the first folder)."),
)
@click.option(
    "--instrument", metavar="NAME", help=_("Microscope that took the images.")
)
@click.option(
    "--tags",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("Table (CSV, XLSX, ODS) with values for images, by the column image."),
)
@all_fitting_option()
@click.option("--dry-run", is_flag=True, help=_("Show what would be imported."))
@team_option()
@author_option()
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    collection: str | None,
    instrument: str | None,
    tags: Path | None,
    all_fitting: bool,
    dry_run: bool,
    team: str | None,
    author: str | None,
) -> None:
    """Import and say what was found."""
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.correcting.tags import read_tags
    from fair_imagic.workflow.people import teams

    author = author or default_author()
    first = paths[0].absolute()
    name = collection or (first.name if first.is_dir() else first.parent.name)
    # A table that cannot be read is told before hours of reading files.
    table = read_tags(tags) if tags is not None else None
    with opened(context) as workspace:
        give = teams.giver_to(workspace, team)
        root = workspace.mint("collection", name)
        if table is not None:
            what = _looked_at(workspace, paths, table, name, author, instrument)
            code = _tagged(workspace, what, all_fitting, dry_run=dry_run)
        else:
            code = _plain(workspace, paths, name, author, instrument, dry_run=dry_run)
        if code == 0 and not dry_run:
            give(root)
    if code == 0:
        _tell_next(context, name, dry_run=dry_run)
    context.exit(code)


def _plain(
    workspace: Workspace,
    paths: tuple[Path, ...],
    collection: str,
    author: str,
    instrument: str | None,
    *,
    dry_run: bool,
) -> int:
    """Import without a table; return the exit code."""
    from fair_imagic.workflow.images import import_images

    with progress_lines(_("Importing")) as progress:
        result = import_images.run(
            workspace,
            paths,
            collection=collection,
            author=author,
            instrument=instrument,
            dry_run=dry_run,
            progress=progress,
        )
    _report(workspace, result, collection, dry_run=dry_run)
    return 2 if result.problems and not result.images else 0


def _tell_next(context: click.Context, collection: str, *, dry_run: bool) -> None:
    from fair_imagic.views.next_command import NextCommand, for_check

    if not dry_run:
        tell_next(context, for_check(collection))
        return
    given = context.params
    words = ["import", *map(str, given["paths"]), "--collection", collection]
    for option in ("instrument", "tags", "team"):
        if given[option] is not None:
            words += [f"--{option}", str(given[option])]
    words += ["--all-fitting"] if given["all_fitting"] else []
    tell_next(context, NextCommand(tuple(words), _("import them")))


def _looked_at(
    workspace: Workspace,
    paths: tuple[Path, ...],
    table: TagTable,
    collection: str,
    author: str,
    instrument: str | None,
) -> TaggedImport:
    from fair_imagic.workflow.correcting.tagged_import import look_ahead

    with progress_lines(_("Reading files")) as progress:
        return look_ahead(
            workspace,
            paths,
            table,
            collection=collection,
            author=author,
            instrument=instrument,
            progress=progress,
        )


def _tagged(
    workspace: Workspace, what: TaggedImport, all_fitting: bool, *, dry_run: bool
) -> int:
    """Import with a table, both or neither; return the exit code."""
    from fair_imagic.cli.tags_text import is_usable, plan_lines
    from fair_imagic.workflow.correcting.tagged_import import carry_out

    lines = plan_lines(what.plan, with_rows=dry_run)
    if not is_usable(what.plan, all_fitting=all_fitting):
        _tell_problems(what.result)
        return _refused(what, lines)
    if dry_run:
        _report(workspace, what.result, what.collection, dry_run=True)
        _echo(lines)
        return 2 if what.result.problems and not what.result.images else 0
    with progress_lines(_("Importing")) as progress:
        result, done = carry_out(
            workspace, what, all_fitting=all_fitting, progress=progress
        )
    _report(workspace, result, what.collection, dry_run=False)
    _echo(lines)
    if done.number is not None:
        click.echo(
            _("Values set: {values}, records: {records} (change {number})").format(
                values=done.values, records=done.records, number=done.number
            )
        )
        _echo(done.notes)
    return 2 if result.problems and not result.images else 0


def _refused(what: TaggedImport, lines: Iterable[str]) -> int:
    """Say why neither images nor table are taken; return the exit code."""
    from fair_imagic.cli.tags_text import refusal_of

    _echo(lines)
    text, code = refusal_of(what.plan)
    nothing = _("Nothing is imported, and nothing of the table is applied.")
    click.secho(f"{nothing} {text}".rstrip(), fg="red", err=True)
    return code


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _tell_problems(result: ImportResult) -> None:
    line = _("{label}: {text}")
    for one in result.problems:
        text = line.format(label=one.path, text=one.reason)
        text = line.format(label=_("left out"), text=text)
        click.secho(text, fg="red", err=True)
    for one in result.remarks:
        text = line.format(label=one.path.name, text=one.reason)
        text = line.format(label=_("note"), text=text)
        click.secho(text, fg="yellow", err=True)


def _report(
    workspace: Workspace, result: ImportResult, name: str, *, dry_run: bool
) -> None:
    from fair_imagic.workflow.images.members import images_of

    _tell_problems(result)
    count = len(result.images)
    words = ngettext("{count} image", "{count} images", count).format(count=count)
    verb = _("would be in collection") if dry_run else _("in collection")
    total = 0 if dry_run else len(images_of(workspace, result.collection))
    if total > count:
        words = ngettext(
            "{count} image of this import, {total} in all",
            "{count} images of this import, {total} in all",
            count,
        ).format(count=count, total=total)
    click.echo(f"{words} {verb} {name}")
    if result.joined:
        joined = len(result.joined)
        text = _("of these, in other collections too: {count}").format(count=joined)
        if result.number is not None:
            text = _("{text} (take back with: fair-imagic undo {number})").format(
                text=text, number=result.number
            )
        click.echo(text)
    if result.changed:
        changed = len(result.changed)
        click.echo(
            _("Files changed since their last import: {count}").format(count=changed)
        )
    if result.known:
        known = len(result.known)
        click.echo(_("Files known already: {count}").format(count=known))
