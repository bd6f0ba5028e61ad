"""``fair-imagic check``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import opened, progress_lines
from fair_imagic.files import write_atomically
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from fair_imagic.checks import Report

__all__ = ["command"]


@click.command(
    name="check",
    help=_(
        "Check a publication set, a collection, a microscope, a folder or an image "
        "file before it is published. A folder or file needs no catalogue.\n\n"
        "Exit code: 0 conforms, 1 points to fix, 2 cannot check.\n\n"
        "Example: fair-imagic check demo --profile datacite --format html --output "
        "report.html"
    ),
)
@click.argument("subject", metavar="SET|COLLECTION|MICROSCOPE|FOLDER|FILE")
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
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help=_("Form of the report."),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("File to write the report to (default: the terminal)."),
)
@click.pass_context
def command(
    context: click.Context,
    subject: str,
    names: tuple[str, ...],
    extra: Path | None,
    declared_tier: int | None,
    verify_files: bool,
    form: str,
    output: Path | None,
) -> None:
    """Check and report."""
    report = _checked(
        context, subject, names, extra, declared_tier, verify_files=verify_files
    )
    text = _drawn(report, form, colour=output is None and sys.stdout.isatty())
    if output is None:
        click.echo(text)
    else:
        write_atomically(output, text)
        click.echo(_("Report written to {path}").format(path=output))
    context.exit(0 if report.conforms else 1)


def _checked(
    context: click.Context,
    subject: str,
    names: tuple[str, ...],
    extra: Path | None,
    declared_tier: int | None,
    *,
    verify_files: bool,
) -> Report:
    from fair_imagic.workflow import check

    with progress_lines(_("Checking")) as progress:
        if Path(subject).exists():
            report, result = check.check_folder(
                Path(subject),
                names=names,
                extra=extra,
                declared_tier=declared_tier,
                progress=progress,
            )
            for one in result.problems:
                click.secho(f"{one.path}: {one.reason}", fg="red", err=True)
            return report
        with opened(context) as workspace:
            return check.run(
                workspace,
                subject,
                names=names,
                extra=extra,
                declared_tier=declared_tier,
                verify_files=verify_files,
                progress=progress,
            )


def _drawn(report: Report, form: str, *, colour: bool) -> str:
    from shutil import get_terminal_size

    from fair_imagic.checks import as_html, as_json, as_text

    if form == "json":
        return as_json(report)
    if form == "html":
        return as_html(report)
    return as_text(report, colour=colour, width=min(get_terminal_size().columns, 110))
