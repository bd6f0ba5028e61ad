"""``fair-imagic repair``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import author_option, opened
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from fair_imagic.workflow.repair import Correction

__all__ = ["command"]


@click.command(
    name="repair",
    help=_(
        "Correct values of a publication set (or collection) and its images, as one "
        "change with author and time.\n\n"
        "PATH is a field of the set (title, license, creators) or of its images "
        "(image.physical_size_x, image.objective.lens_na, image.sample.organism). "
        "Several values are separated by ;\n\n"
        "Example: fair-imagic repair demo --set license=CC-BY-4.0 --set "
        "'image.physical_size_x=0.323 um' --only-missing"
    ),
)
@click.argument("name", metavar="SET")
@click.option(
    "--set", "values", multiple=True, metavar="PATH=VALUE", help=_("Value to set.")
)
@click.option("--images", metavar="PATTERN", help=_("Only images whose title matches."))
@click.option(
    "--only-missing", is_flag=True, help=_("Leave values that are there as they are.")
)
@click.option(
    "--tags",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("Table (CSV) with values for the images, by the column image."),
)
@click.option("--undo", is_flag=True, help=_("Take the last correction back."))
@author_option()
@click.pass_context
def command(
    context: click.Context,
    name: str,
    values: tuple[str, ...],
    images: str | None,
    only_missing: bool,
    tags: Path | None,
    undo: bool,
    author: str | None,
) -> None:
    """Correct, or take a correction back."""
    from fair_imagic.workflow import repair
    from fair_imagic.workflow.authors import default_author
    from fair_imagic.workflow.check import find_subject

    author = author or default_author()
    pairs = [_pair(text) for text in values]
    if not pairs and tags is None and not undo:
        raise click.UsageError(_("Give --set PATH=VALUE, --tags TABLE or --undo."))
    with opened(context) as workspace:
        root = find_subject(workspace, name)
        if undo:
            repair.undo_last(workspace, root, author=author)
            click.echo(_("The last correction is taken back"))
            return
        if tags is not None:
            _say(repair.apply_table(workspace, root, tags, author=author))
        if pairs:
            done = repair.set_values(
                workspace,
                root,
                pairs,
                author=author,
                images=images,
                replace=not only_missing,
            )
            _say(done)


def _pair(text: str) -> tuple[str, str]:
    path, equals, value = text.partition("=")
    if not equals or not path:
        raise click.BadParameter(
            _("{text} is not PATH=VALUE").format(text=text), param_hint="--set"
        )
    return path.strip(), value


def _say(done: Correction) -> None:
    if done.number is None:
        click.echo(_("Nothing changed"))
        return
    click.echo(
        _("Values set: {values}, records: {records} (change {number})").format(
            values=done.values, records=done.records, number=done.number
        )
    )
