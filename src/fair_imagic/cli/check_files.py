"""``fair-imagic check-files``: many documents at once, for hooks and pipelines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fair_imagic.errors import FairImagicError
from fair_imagic.i18n import _, current_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.checks import Finding, Report

__all__ = ["command"]

_OK, _POINTS, _NOT_CHECKED = 0, 1, 2


@click.command(
    name="check-files",
    help=_(
        "Check documents (RO-Crate, CodeMeta, maDMP, PageTab, DataCite, RDF) and say "
        "in a few lines what must be corrected; made for pre-commit and continuous "
        "integration. Files of another kind are passed over.\n\n"
        "Exit code: 0 all conform, 1 points to fix, 2 one cannot be checked.\n\n"
        "Example: fair-imagic check-files codemeta.json ro-crate-metadata.json"
    ),
)
@click.argument(
    "files",
    nargs=-1,
    metavar="FILE...",
    type=click.Path(path_type=Path),
)
@click.option(
    "--profile",
    "names",
    multiple=True,
    metavar="NAME",
    help=_("Requirements to check (may be given again; default: those that fit)."),
)
@click.option(
    "--profiles",
    "extra",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help=_("Folder with requirements of your own."),
)
@click.option(
    "--all-points",
    is_flag=True,
    help=_("Show every obligatory point, however many there are."),
)
@click.pass_context
def command(
    context: click.Context,
    files: tuple[Path, ...],
    names: tuple[str, ...],
    extra: Path | None,
    all_points: bool,
) -> None:
    """Check each file; the worst result is the exit code."""
    from fair_imagic.checks.reports.short_text import MOST_LINES

    # What stands in a line for each file is told of all; its points share the rest.
    room = None if all_points else max((MOST_LINES - 1) // max(len(files), 1), 2)
    codes = [_check(path, names, extra, room) for path in files]
    context.exit(max(codes, default=_OK))


def _check(
    path: Path, names: tuple[str, ...], extra: Path | None, room: int | None
) -> int:
    from fair_imagic.workflow.checking.check_files import check_path, kind_of_path

    try:
        if kind_of_path(path) is None:
            click.echo(_("{path}: passed over").format(path=path))
            return _OK
        checked = check_path(path, names=names, extra=extra)
    except FairImagicError as error:
        click.secho(f"{path}: {error}", fg="red", err=True)
        return _NOT_CHECKED
    for line in _lines(path, checked.report, room):
        click.echo(line)
    return _OK if checked.report.conforms else _POINTS


def _lines(path: Path, report: Report, room: int | None) -> Iterator[str]:
    """Yield what is obligatory, with its place; the rest is only counted.

    ``room`` is the number of lines that there are, None for as many as there are
    points; messages that return are told once, with their number.
    """
    must = [one for one in report.findings if one.severity == "must"]
    others = len(report.findings) - len(must)
    if not must:
        text = _("{path}: conforms; recommended or optional: {count}")
        yield text.format(path=path, count=others)
        return
    text = _("{path}: obligatory: {must}; recommended or optional: {count}")
    yield text.format(path=path, must=len(must), count=others)
    told = [_told(one) for one in must] if room is None else _joint(must)
    shown = told if room is None or len(told) < room else told[: room - 2]
    yield from (f"  {line}" for line in shown)
    hidden = len(told) - len(shown)
    if hidden:
        text = _("… and {count} more: --all-points shows them")
        yield "  " + text.format(count=hidden)


def _told(point: Finding) -> str:
    place = f" [{point.origin}]" if point.origin else ""
    return f"{point.message[current_language()]}{place}"


def _joint(points: Iterable[Finding]) -> list[str]:
    """Return each message once; of several points that say the same, their number."""
    groups: dict[str, list[Finding]] = {}
    for one in points:
        groups.setdefault(one.message[current_language()], []).append(one)
    return [
        _told(same[0]) if len(same) == 1 else f"{message} (×{len(same)})"
        for message, same in groups.items()
    ]
