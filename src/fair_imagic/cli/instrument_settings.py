"""``fair-imagic instrument settings`` and ``instrument proposals``."""

from __future__ import annotations

from pathlib import Path

import click

from fair_imagic.cli.console import (
    QUERY_HELP,
    all_fitting_option,
    author_option,
    opened,
    show_table,
)
from fair_imagic.i18n import _

__all__ = ["proposals", "settings"]


@click.group(
    name="settings", help=_("How a microscope was set for an image (settings files).")
)
def settings() -> None:
    """Group the commands about settings files."""


@settings.command(
    name="import",
    help=_(
        "Import settings files that Micro-Meta App saved for images.\n\n"
        "Each goes to the image whose name it gives, or to those that --images "
        "selects. Nothing of the image's own file is replaced.\n\n"
        "Example: fair-imagic instrument settings import field_01.json --images "
        "'title=field_01*'"
    ),
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option(
    "--images",
    metavar="QUERY",
    help=QUERY_HELP,
)
@all_fitting_option()
@author_option()
@click.pass_context
def import_command(
    context: click.Context,
    files: tuple[Path, ...],
    images: str | None,
    all_fitting: bool,
    author: str | None,
) -> None:
    """Import settings."""
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.images import microscope_settings as instrument_settings
    from fair_imagic.workflow.images.image_names import labels_of

    author = author or default_author()
    with opened(context) as workspace:
        for path in files:
            done = instrument_settings.import_file(
                workspace,
                path,
                author=author,
                images=images,
                all_fitting=all_fitting,
            )
            for problem in done.problems:
                click.secho(f"{path.name}: {problem}", fg="yellow", err=True)
            word = _("unchanged")
            if done.number is not None:
                word = _("settings kept (change {number})").format(number=done.number)
            for label in labels_of(workspace, done.images).values():
                click.echo(f"{label}  {word}")


@settings.command(
    name="export",
    help=_(
        "Write the settings of an image as JSON for Micro-Meta App.\n\n"
        "Example: fair-imagic instrument settings export 'title=field_01*' --output "
        "field_01.json"
    ),
)
@click.argument("images", metavar="QUERY")
@click.option("--output", type=click.Path(path_type=Path), help=_("File to write."))
@click.pass_context
def export(context: click.Context, images: str, output: Path | None) -> None:
    """Export settings."""
    from fair_imagic.files import write_atomically
    from fair_imagic.workflow.images import microscope_settings as instrument_settings
    from fair_imagic.workflow.images.members import images_matching

    with opened(context) as workspace:
        found = images_matching(workspace, images)
        if len(found) != 1:
            raise click.UsageError(
                _("{query} selects {count} images; name one.").format(
                    query=images, count=len(found)
                )
            )
        text = instrument_settings.export_text(workspace, found[0])
    if output is None:
        click.echo(text, nl=False)
    else:
        write_atomically(output, text)
        click.echo(str(output))


@click.command(
    name="proposals",
    help=_(
        "Show the published sets whose microscope records have changed since, and what "
        "a new version would carry.\n\n"
        "Example: fair-imagic instrument proposals --accept demo"
    ),
)
@click.option(
    "--accept",
    "accepted",
    metavar="SET",
    help=_("Link the images of this set anew and raise its version; publish it after."),
)
@author_option()
@click.pass_context
def proposals(context: click.Context, accepted: str | None, author: str | None) -> None:
    """Show or accept proposals."""
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.microscopes import (
        version_proposals as instrument_proposals,
    )

    with opened(context) as workspace:
        if accepted:
            number = instrument_proposals.accept(
                workspace, accepted, author=author or default_author()
            )
            click.echo(
                _(
                    "{name} has a new version (change {number}). Publish it again."
                ).format(name=accepted, number=number)
            )
            return
        found = instrument_proposals.proposals(workspace)
    if not found:
        click.echo(_("Nothing is proposed"))
    columns = (_("Image"), _("Version now"), _("In force"), _("Values that change"))
    for one in found:
        click.echo(
            _("{title} ({name}): version {version} is proposed").format(
                title=one.title, name=one.name, version=one.version
            )
        )
        show_table(
            columns, ((i.title, i.before, i.after, str(i.values)) for i in one.images)
        )
