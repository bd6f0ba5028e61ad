"""``fair-imagic instrument``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fair_imagic.cli import quality
from fair_imagic.cli.console import author_option, opened, show_table
from fair_imagic.cli.instrument_settings import proposals, settings
from fair_imagic.cli.next_step import tell_next
from fair_imagic.i18n import _, ngettext

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.microscopes.images import Relinked

__all__ = ["command"]


@click.group(name="instrument", help=_("Keep microscope records."))
def command() -> None:
    """Group the commands about microscopes."""


command.add_command(quality.command)
command.add_command(settings)
command.add_command(proposals)


@command.command(
    name="import",
    help=_(
        "Import microscope records that Micro-Meta App saved as JSON.\n\n"
        "A file of a microscope that is known already is its new version: images keep "
        "the version in force when they were acquired.\n\n"
        "Example: fair-imagic instrument import sp8.json --name sp8 "
        "--valid-from 2026-11-02"
    ),
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--name", help=_("Short name of the record (for one file)."))
@click.option(
    "--valid-from",
    metavar="DATE",
    help=_("Day from which the microscope was so (default: today)."),
)
@click.option(
    "--correction",
    is_flag=True,
    help=_("The record was wrong, the microscope did not change: no new version."),
)
@author_option()
@click.pass_context
def import_command(
    context: click.Context,
    files: tuple[Path, ...],
    name: str | None,
    valid_from: str | None,
    correction: bool,
    author: str | None,
) -> None:
    """Import records."""
    from fair_imagic.views.next_command import after_microscope
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.base.label import name_of
    from fair_imagic.workflow.microscopes import instruments

    if name and len(files) > 1:
        raise click.UsageError(_("--name is for one file."))
    author = author or default_author()
    with opened(context) as workspace:
        for path in files:
            done = instruments.import_file(
                workspace,
                path,
                author=author,
                name=name,
                valid_from=valid_from,
                correction=correction,
            )
            for problem in done.problems:
                click.secho(f"{path.name}: {problem}", fg="yellow", err=True)
            word = _("microscope record") if done.changed else _("unchanged")
            click.echo(f"{done.iri.rpartition('/')[2]}  {word}")
            _say_relinked(workspace, done.relinked)
        step = after_microscope(workspace, name_of(done.iri))
    tell_next(context, step)


def _say_relinked(workspace: Workspace, relinked: Relinked) -> None:
    from fair_imagic.workflow.images.image_names import labels_of

    if relinked.images:
        count = len(relinked.images)
        text = ngettext(
            "{count} image now names this version (change {number})",
            "{count} images now name this version (change {number})",
            count,
        )
        click.echo(text.format(count=count, number=relinked.number))
    for label in labels_of(workspace, relinked.images).values():
        click.echo(f"  {label}")
    if relinked.published:
        click.secho(
            _(
                "Published images keep their version; see "
                "`fair-imagic instrument proposals`:"
            ),
            fg="yellow",
        )
    for label in labels_of(workspace, relinked.published).values():
        click.echo(f"  {label}")


@command.command(name="list", help=_("List the microscopes."))
@click.pass_context
def list_command(context: click.Context) -> None:
    """List microscopes."""
    from fair_imagic.workflow.microscopes import instruments

    with opened(context) as workspace:
        rows = instruments.list_instruments(workspace)
    columns = (_("Name"), _("Title"), _("Components"), _("Versions"))
    show_table(
        columns,
        ((row.name, row.title, str(row.components), str(row.versions)) for row in rows),
    )


@command.command(
    help=_(
        "Show the components of a microscope, how complete they are, and the NBO-Q "
        "tier that is met.\n\nExample: fair-imagic instrument show sp8 "
        "--declared-tier 2"
    )
)
@click.argument("name")
@click.option(
    "--declared-tier", type=click.IntRange(1, 3), help=_("NBO-Q tier that you claim.")
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=_("Form of the output."),
)
@click.pass_context
def show(
    context: click.Context, name: str, declared_tier: int | None, form: str
) -> None:
    """Show a microscope."""
    import json

    from fair_imagic.checks import tiers_as_text
    from fair_imagic.workflow.microscopes import instruments
    from fair_imagic.workflow.microscopes.tiers import tiers_of
    from fair_imagic.workflow.microscopes.versions import versions_of

    with opened(context) as workspace:
        record = workspace.record("instrument", name)
        rows = instruments.components_of(workspace, record)
        versions = versions_of(workspace, record)
        report = tiers_of(workspace, name, declared=declared_tier)
    names = [one.name for one in versions]
    if form == "json":
        held = {"name": name, "versions": names, **report.to_dict()}
        click.echo(json.dumps(held, ensure_ascii=False, indent=2))
        return
    click.echo(_("Versions: {names}").format(names=", ".join(names)))
    show_table((_("Kind"), _("Name"), _("Maker and model")), rows)
    click.echo()
    click.echo(tiers_as_text(report))


@command.command(
    help=_("Say that a microscope took the images of a collection or set.")
)
@click.argument("name")
@click.argument("subject", metavar="SET|COLLECTION")
@click.pass_context
def attach(context: click.Context, name: str, subject: str) -> None:
    """Attach a microscope to images."""
    from fair_imagic.views.next_command import for_check
    from fair_imagic.workflow.checking.subject import find_subject
    from fair_imagic.workflow.images.members import images_of
    from fair_imagic.workflow.microscopes import instruments

    with opened(context) as workspace:
        record = workspace.record("instrument", name)
        images = images_of(workspace, find_subject(workspace, subject))
        count = instruments.attach(workspace, images, record)
    click.echo(_("Images changed: {count}").format(count=count))
    tell_next(context, for_check(subject))


_VERSION = click.option(
    "--version",
    default="",
    metavar="DATE",
    help=_("Version in force on that day, or start (default: the latest)."),
)


@command.command(
    help=_(
        "Write a microscope record as JSON for Micro-Meta App.\n\n"
        "Example: fair-imagic instrument export sp8 --output sp8.json"
    )
)
@click.argument("name")
@click.option("--output", type=click.Path(path_type=Path), help=_("File to write."))
@_VERSION
@click.pass_context
def export(
    context: click.Context, name: str, output: Path | None, version: str
) -> None:
    """Export a record."""
    from fair_imagic.workflow.microscopes import files as instrument_files

    with opened(context) as workspace:
        if output is None:
            text = instrument_files.export_text(workspace, name, version=version)
            click.echo(text, nl=False)
        else:
            instrument_files.export_file(workspace, name, output, version=version)
            click.echo(str(output))


@command.command(help=_("Copy a microscope record under a new name."))
@click.argument("name")
@click.argument("new")
@author_option()
@click.pass_context
def duplicate(context: click.Context, name: str, new: str, author: str | None) -> None:
    """Copy a record."""
    from fair_imagic.workflow.base.authors import default_author
    from fair_imagic.workflow.microscopes import files as instrument_files

    author = author or default_author()
    with opened(context) as workspace:
        made = instrument_files.duplicate(workspace, name, new, author=author)
    click.echo(made.rpartition("/")[2])


@command.command(
    help=_(
        "Show what differs between two versions of a microscope (the last two where "
        "none is named).\n\n"
        "Example: fair-imagic instrument compare sp8 start 2026-11-02"
    )
)
@click.argument("name")
@click.argument("versions", nargs=-1, metavar="[VERSION VERSION]")
@click.pass_context
def compare(context: click.Context, name: str, versions: tuple[str, ...]) -> None:
    """Compare two versions."""
    from fair_imagic.workflow.microscopes import files as instrument_files

    if len(versions) not in (0, 2):
        raise click.UsageError(_("Name two versions, or none."))
    with opened(context) as workspace:
        found = instrument_files.compare(workspace, name, *versions)
    if not found:
        click.echo(_("No difference"))
        return
    columns = (_("Component"), _("Field"), _("Before"), _("After"))
    show_table(columns, ((r.component, r.field, r.before, r.after) for r in found))


@command.command(
    help=_(
        "Write the passport of a microscope: one page to print and keep beside it.\n\n"
        "Example: fair-imagic instrument passport sp8 --output sp8.html"
    )
)
@click.argument("name")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["html", "pdf"]),
    default="html",
    help=_("A PDF is printed by the Chromium or Chrome of this machine."),
)
@click.option("--output", type=click.Path(path_type=Path), help=_("File to write."))
@_VERSION
@click.pass_context
def passport(
    context: click.Context, name: str, kind: str, output: Path | None, version: str
) -> None:
    """Write a passport."""
    from fair_imagic.files import write_atomically
    from fair_imagic.views import passport as passports

    target = output or Path(f"{name}-passport.{kind}")
    content: bytes | str
    with opened(context) as workspace:
        if kind == "pdf":
            content = passports.passport_pdf(workspace, name, version=version)
        else:
            content = passports.passport_html(workspace, name, version=version)
    write_atomically(target, content)
    click.echo(str(target))
