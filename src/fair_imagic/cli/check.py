"""``fair-imagic check``."""

from __future__ import annotations

import os
import shlex
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fair_imagic.cli.check_all import ONLY, check_all
from fair_imagic.cli.check_options import CheckOptions
from fair_imagic.cli.collector import rarely
from fair_imagic.cli.console import opened, progress_lines
from fair_imagic.cli.next_step import command_line, tell_next
from fair_imagic.cli.requirements import show_requirements
from fair_imagic.files import write_pieces
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.checks import Report

__all__ = ["FORMS", "command"]

# What a report can be written as, and the endings of files that ask for it.
FORMS = {
    "text": (".txt", ".text"),
    "html": (".html", ".htm"),
    "json": (".json",),
    "junit": (".xml",),
    "turtle": (".ttl",),
    "xlsx": (".xlsx",),
}
WIDEST = 110


@click.command(
    name="check",
    help=_(
        "Check a publication set, a collection, a microscope, a folder or an image "
        "file before it is published. A folder or file needs no catalogue. With --all, "
        "the whole catalogue is checked, on all cores or on a cluster: publication "
        "sets, images that are in none, and microscopes.\n\n"
        "Exit code: 0 conforms, 1 points to fix, 2 cannot check.\n\n"
        "Example: fair-imagic check demo --profile datacite --format html --output "
        "report.html"
    ),
)
@click.argument(
    "subject", metavar="SET|COLLECTION|MICROSCOPE|FOLDER|FILE", required=False
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help=_("Check everything in the catalogue, in one report."),
)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(ONLY),
    help=_("With --all, only this part of the catalogue (may be given again)."),
)
@click.option(
    "--profile",
    "names",
    multiple=True,
    metavar="NAME",
    help=_("Requirements to check (may be given again; default: all usual ones)."),
)
@click.option(
    "--profiles",
    "extra",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help=_("Folder with requirements of your own."),
)
@click.option(
    "--list",
    "listing",
    is_flag=True,
    help=_("List all requirements, and what they do not look at."),
)
@click.option(
    "--declared-tier",
    type=click.IntRange(1, 3),
    help=_("NBO-Q tier that you claim."),
)
@click.option(
    "--verify-files",
    is_flag=True,
    help=_("Read the files again and compare their checksums (slow)."),
)
@click.option(
    "--all-points",
    is_flag=True,
    help=_("Show every point in full, not what to do first alone."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMS)),
    help=_("Form of the report (default: as the name of the file ends, else text)."),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("File to write the report to (default: the terminal)."),
)
@click.pass_context
@rarely()
def command(
    context: click.Context,
    subject: str | None,
    everything: bool,
    only: tuple[str, ...],
    names: tuple[str, ...],
    extra: Path | None,
    listing: bool,
    declared_tier: int | None,
    verify_files: bool,
    all_points: bool,
    form: str | None,
    output: Path | None,
) -> None:
    """Check and report."""
    if listing:
        show_requirements(extra, width=_width())
        return
    chosen = form or _form_of(output)
    _refuse_unclear(subject, everything, only, is_lost=chosen == "xlsx" and not output)
    options = CheckOptions(
        names=names,
        extra=extra,
        declared_tier=declared_tier,
        verify_files=verify_files,
        form=chosen,
        colour=output is None and _in_colour(),
        width=_width(),
        all_points=all_points or output is not None,
        typed=_typed(context),
        program=command_line(context),
    )
    try:
        context.exit(_reported(context, subject, options, only=only, output=output))
    except KeyboardInterrupt:
        click.echo(_("Stopped. Nothing was reported and no file written."), err=True)
        context.exit(2)


def _refuse_unclear(
    subject: str | None, everything: bool, only: tuple[str, ...], *, is_lost: bool
) -> None:
    if everything == bool(subject and subject.strip()):
        raise click.UsageError(_("Name what to check, or give --all"))
    if only and not everything:
        raise click.UsageError(_("--only restricts --all: give both"))
    if is_lost:
        raise click.UsageError(_("A table needs a file: give --output points.xlsx"))


def _typed(context: click.Context) -> str:
    """Return what was typed after the program's name, without words about form."""
    given = {
        "--all": context.params["everything"],
        "--only": context.params["only"],
        "--profile": context.params["names"],
        "--profiles": context.params["extra"],
        "--declared-tier": context.params["declared_tier"],
        "--verify-files": context.params["verify_files"],
    }
    words = ["check"]
    words += [context.params["subject"]] if context.params["subject"] else []
    for option, held in given.items():
        values = held if isinstance(held, tuple) else (held,)
        for one in values:
            if one is not None and one is not False:
                words += [option] if one is True else [option, str(one)]
    return shlex.join(words)


def _reported(
    context: click.Context,
    subject: str | None,
    options: CheckOptions,
    *,
    only: tuple[str, ...],
    output: Path | None,
) -> int:
    """Check, show or write the report, and return the exit code."""
    write = partial(_write, output)
    if subject and subject.strip():
        drawn, report = _one(context, subject, options)
        code = report.exit_code
        write((drawn,))
        if report.conforms and options.form == "text":
            _tell_publication(context, report)
    else:
        code = check_all(context, options, only=only, write=write)
    if output is not None:
        click.echo(_("Report written to {path}").format(path=output))
    return code


def _write(output: Path | None, pieces: Iterable[str | bytes]) -> None:
    """Write all pieces to a file, or show them and end the last line."""
    if output is not None:
        write_pieces(output, pieces)
        return
    last: str | bytes = ""
    for piece in pieces:
        click.echo(piece, nl=False)
        last = piece or last
    click.echo(nl=not str(last).endswith("\n"))


def _one(
    context: click.Context, subject: str, options: CheckOptions
) -> tuple[str | bytes, Report]:
    """Check one thing; return its report, drawn and as it is."""
    place = _place(context, subject)
    report = _checked(context, place or subject, options)
    if options.form == "xlsx":
        drawn = _table(context, report, catalogued=place is None)
        return drawn, report
    return _drawn(report, options), report


def _tell_publication(context: click.Context, report: Report) -> None:
    """Say how to publish a set in which nothing obligatory is missing."""
    from fair_imagic.publish.registry import available
    from fair_imagic.views.next_command import NextCommand

    kind, _slash, name = report.subject.rstrip("/").rpartition("/")
    tokens = [one.token for one in report.profiles if one.token in available()]
    if not report.place and kind.endswith("/set") and tokens:
        words = ("publish", name, "--to", tokens[0], "--dry-run")
        tell_next(context, NextCommand(words, _("see what would be sent")))


def _form_of(output: Path | None) -> str:
    """Return the form that the name of the file asks for."""
    ending = output.suffix.lower() if output is not None else ""
    return next((form for form, ends in FORMS.items() if ending in ends), "text")


def _in_colour() -> bool:
    """Return whether the terminal shows colour and the person wants it."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _place(context: click.Context, subject: str) -> Path | None:
    """Return the file or folder that is meant; None for a name in the catalogue.

    A bare name of both is the catalogue's: there the corrections are.
    """
    place = Path(subject)
    if not place.exists():
        return None
    is_bare = place.name == subject and not (place.is_file() and place.suffix)
    if not is_bare or not _in_catalogue(context, subject):
        return place
    remark = _("{name} is in the catalogue, and a file or folder here as well")
    way = _("The one in the catalogue is checked; write {path} for the other.")
    for line in (remark.format(name=subject), way.format(path=f"./{subject}")):
        click.secho(line, fg="yellow", err=True)
    return None


def _in_catalogue(context: click.Context, name: str) -> bool:
    from fair_imagic.config import load
    from fair_imagic.workflow.base.workspace import open_workspace
    from fair_imagic.workflow.checking.subject import is_subject

    settings = load(context.find_root().obj)
    if not settings.journal_url and not (settings.home / "journal.sqlite").exists():
        return False  # nothing is made where there is nothing
    with open_workspace(settings.home, write=False) as workspace:
        return is_subject(workspace, name)


def _checked(
    context: click.Context, subject: str | Path, options: CheckOptions
) -> Report:
    with progress_lines(_("Checking")) as progress:
        if isinstance(subject, Path):
            from fair_imagic.workflow.checking import check_files

            checked = check_files.check_path(
                subject,
                names=options.names,
                extra=options.extra,
                declared_tier=options.declared_tier,
                progress=progress,
            )
            for remark in checked.remarks:
                click.secho(remark, fg="yellow", err=True)
            return checked.report
        from fair_imagic.workflow.checking import check

        with opened(context) as workspace:
            return check.run(
                workspace,
                subject,
                names=options.names,
                extra=options.extra,
                declared_tier=options.declared_tier,
                verify_files=options.verify_files,
                progress=progress,
            )


def _drawn(report: Report, options: CheckOptions) -> str:
    from fair_imagic.checks import (
        as_html,
        as_json,
        as_junit,
        as_short_text,
        as_text,
        as_turtle,
    )

    if options.form == "text" and not options.all_points:
        return as_short_text(
            report,
            command=options.typed,
            program=options.program,
            colour=options.colour,
            width=options.width,
        )
    if options.form == "text":
        return as_text(report, colour=options.colour, width=options.width)
    draw = {
        "html": as_html,
        "json": as_json,
        "junit": as_junit,
        "turtle": as_turtle,
    }
    return draw[options.form](report)


def _table(context: click.Context, report: Report, *, catalogued: bool) -> bytes:
    """Return the table of points, its lists from the catalogue where there is one."""
    from fair_imagic.workflow import correcting as corrections

    if not catalogued:
        return corrections.as_xlsx(report)
    with opened(context) as workspace:
        return corrections.as_xlsx(report, fields=corrections.fields_in(workspace))


def _width() -> int:
    from shutil import get_terminal_size

    return min(get_terminal_size().columns, WIDEST)
