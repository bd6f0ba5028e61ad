"""A tags table on a terminal: what its headings became, which images its rows mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fair_imagic.checks.reports.words import first_names
from fair_imagic.cli.preview_text import flaw_lines
from fair_imagic.i18n import _, labelled, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting.tags import RowMatch, TagsPlan, TagTable
    from fair_imagic.workflow.images.correction import Correction

__all__ = ["apply_or_tell", "is_usable", "plan_lines", "refusal_of"]

_SHOWN_NAMES = 6
_SHOWN_ROWS = 20


def _heading_lines(table: TagTable) -> Iterator[str]:
    """Yield what each heading of a table became."""
    title = _("What the headings of {name} mean:").format(name=table.name)
    yield click.style(title, bold=True)
    for column in table.columns:
        yield "  " + labelled(column.heading, column.words)


def apply_or_tell(
    workspace: Workspace, plan: TagsPlan, *, author: str, all_fitting: bool
) -> tuple[Correction | None, int]:
    """Show a plan, and keep it where nothing stands against it.

    The exit code is 2 where the table cannot be used, and 1 where somebody must say
    which images are meant.
    """
    from fair_imagic.workflow.correcting import tags

    for line in plan_lines(plan):
        click.echo(line)
    if not is_usable(plan, all_fitting=all_fitting):
        text, code = refusal_of(plan)
        if not plan.flaws:
            for note in plan.notes:
                click.echo(note)
        nothing = _("Nothing of the table is applied.")
        click.secho(f"{nothing} {text}".rstrip(), fg="red", err=True)
        return None, code
    done = tags.apply_tags(workspace, plan, author=author, all_fitting=all_fitting)
    return done, 0


def is_usable(plan: TagsPlan, *, all_fitting: bool) -> bool:
    """Return whether nothing stands against a plan."""
    return not plan.flaws and (all_fitting or not plan.ambiguous)


def refusal_of(plan: TagsPlan) -> tuple[str, int]:
    """Return what to do about a plan that cannot be applied, and the exit code."""
    if plan.flaws:
        return "", 2
    hint = _("Name one by its file and series, or say that all are meant: {option}.")
    return hint.format(option="--all-fitting"), 1


def plan_lines(plan: TagsPlan, *, with_rows: bool = False) -> Iterator[str]:
    """Yield what a table comes to: headings, rows to look at, values that are wrong.

    ``with_rows`` shows which images each row means, the plain ones too.
    """
    yield from _heading_lines(plan.table)
    if plan.ambiguous:
        title = _("Rows whose name is that of several images:")
        yield click.style(title, bold=True, fg="yellow")
        yield from _rows(plan.ambiguous)
    patterns = [row for row in plan.rows if row.by_pattern]
    if with_rows:
        yield click.style(_("Which images the rows mean:"), bold=True)
        yield from _rows(row for row in plan.rows if not row.is_ambiguous)
    elif patterns:
        yield click.style(_("Rows that mean images by *:"), bold=True)
        yield from _rows(patterns)
    if plan.flaws:
        yield click.style(_("These values cannot be used:"), bold=True, fg="red")
        yield from flaw_lines(plan.flaws)
    text = ngettext(
        "{rows} row for images: {images}",
        "{rows} rows for images: {images}",
        len(plan.rows),
    )
    yield text.format(rows=len(plan.rows), images=plan.images)


def _rows(rows: Iterable[RowMatch]) -> Iterator[str]:
    listed = list(rows)
    for row in listed[:_SHOWN_ROWS]:
        count = len(row.images)
        words = ngettext("{count} image", "{count} images", count).format(count=count)
        names = first_names(row.told, _SHOWN_NAMES)
        yield f"  {row.place}  {row.text}  → {words}: {names}"
    rest = len(listed) - _SHOWN_ROWS
    if rest > 0:
        yield _("… and {count} more").format(count=rest)
