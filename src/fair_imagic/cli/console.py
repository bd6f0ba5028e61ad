"""What commands share: opening the workspace, progress, and tables on a terminal."""

from __future__ import annotations

import contextlib
import shutil
import sys
import unicodedata
from typing import TYPE_CHECKING

import click

from fair_imagic.entry.character import cleaned
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "QUERY_HELP",
    "all_fitting_option",
    "author_option",
    "images_option",
    "opened",
    "progress_lines",
    "query_option",
    "show_table",
    "team_option",
    "tell",
]


# Columns of a table that goes to a file.
_WIDEST = 200
#: What selects images over the whole catalogue.
QUERY_HELP = _(
    "Which images: all, collection=NAME, set=NAME, a name (file and series, file or "
    "title; * stands for any characters), title=NAME, text=WORDS, microscope=NAME, "
    "sample=NAME, objective=NAME, from=DAY, until=DAY, tag:NAME=TEXT, several of these "
    "with & between them, or a SPARQL SELECT."
)


@contextlib.contextmanager
def opened(context: click.Context) -> Iterator[Workspace]:
    """Open the workspace that ``--home`` or the settings name."""
    from fair_imagic.workflow.base.workspace import open_workspace

    home: Path | None = context.find_root().obj
    with open_workspace(home, tell=tell) as workspace:
        yield workspace


def query_option(
    *, required: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the option ``--images``, queries over the whole catalogue."""
    text = f"{QUERY_HELP} {_('May be given several times: what one of them selects.')}"
    return click.option(
        "--images",
        metavar="QUERY",
        multiple=True,
        required=required,
        help=text,
    )


def images_option() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the option ``--images``, a name that narrows what is done to images."""
    return click.option(
        "--images",
        metavar="NAME",
        help=_(
            "Only images of this name: file and series, file or title; * stands for "
            "any characters."
        ),
    )


def all_fitting_option() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the option by which all images of an exact name are meant."""
    return click.option(
        "--all-fitting",
        is_flag=True,
        help=_("Where an exact name is that of several images, take them all."),
    )


def team_option() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a command say to which team what it makes belongs."""
    return click.option(
        "--team",
        metavar="NAME",
        help=_("Team that it belongs to (default: none, only the staff sees it)."),
    )


def tell(line: str) -> None:
    """Say something beside the output of a command."""
    click.echo(line, err=True)


def author_option() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the option ``--author``, the person who stands behind a change."""
    return click.option(
        "--author",
        envvar="FAIR_IMAGIC_AUTHOR",
        callback=lambda _context, _option, text: cleaned(text or "").text or None,
        help=_("Who makes the change (default: your account name)."),
    )


@contextlib.contextmanager
def progress_lines(label: str) -> Iterator[Callable[[int, int, str], None]]:
    """Give a function (done, total, what) that draws a bar, or lines in a log."""
    if not sys.stderr.isatty():
        yield _plain_progress(label)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[what]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, what="")
        yield lambda done, total, what: bar.update(
            task, completed=done, total=total, what=what[-40:]
        )


def _plain_progress(label: str) -> Callable[[int, int, str], None]:
    """Return a function that writes a line at each tenth of the work."""
    last = -1

    def show(done: int, total: int, what: str) -> None:
        nonlocal last
        tenth = 10 * done // total if total else 10
        if tenth != last:
            last = tenth
            text = f"{done}/{total} {what}".rstrip()
            line = _("{label}: {text}").format(label=label, text=text)
            click.echo(line, err=True)

    return show


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under headings; what is wider than the terminal is folded."""
    listed = [tuple(row) for row in rows]
    lines = _plain_table([columns, *listed])
    terminal = sys.stdout.isatty()
    room = shutil.get_terminal_size().columns if terminal else _WIDEST
    if all(_is_plain(line) and len(line) <= room for line in lines):
        click.secho(lines[0], bold=True)
        for line in lines[1:]:
            click.echo(line)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in listed:
        table.add_row(*row)
    width = None if terminal else _WIDEST
    Console(markup=False, highlight=False, width=width).print(table)


def _plain_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return lines whose cells stand under each other."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def _is_plain(line: str) -> bool:
    """Return whether each character takes one place, on one line."""
    wide = (unicodedata.east_asian_width(sign) in "WF" for sign in line)
    marks = (unicodedata.combining(sign) for sign in line)
    return line.isprintable() and not any(wide) and not any(marks)
