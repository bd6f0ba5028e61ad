"""A tags table: values for images, planned and shown, then kept whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.workflow.base.authors import table_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.correcting.shared_samples import tell_shared
from fair_imagic.workflow.correcting.tag_table import (
    TagTable,
    read_tags,
    tags_from_json,
    tags_to_json,
)
from fair_imagic.workflow.correcting.tag_values import RowToKeep, TagValues
from fair_imagic.workflow.correcting.wish import Flaw
from fair_imagic.workflow.images.correction import Correction, keep
from fair_imagic.workflow.images.image_names import inner_name, matcher_for
from fair_imagic.workflow.images.members import images_of

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.tables import Row
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.match import Matcher

__all__ = [
    "RowMatch",
    "TagTable",
    "TagsPlan",
    "apply_file",
    "apply_tags",
    "plan_tags",
    "read_tags",
    "refuse_unclear",
    "tags_from_json",
    "tags_to_json",
]

_MOST_SUGGESTED = 20
_SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class RowMatch:
    """Which images a row means: as written, and as lists name them."""

    place: str
    text: str
    images: tuple[str, ...]
    told: tuple[str, ...]
    by_pattern: bool

    @property
    def is_ambiguous(self) -> bool:
        """Whether an exact name is that of several images."""
        return len(self.images) > 1 and not self.by_pattern


@dataclass(frozen=True, kw_only=True)
class TagsPlan:
    """All that a tags table comes to. With flaws, nothing of it can be applied.

    ``rows`` of which some are ambiguous wait for somebody to say that all are meant.
    """

    root: str
    table: TagTable
    rows: tuple[RowMatch, ...]
    flaws: tuple[Flaw, ...]
    edits: Edits = field(repr=False)

    @property
    def ambiguous(self) -> tuple[RowMatch, ...]:
        """Return the rows whose exact name is that of several images."""
        return tuple(row for row in self.rows if row.is_ambiguous)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was understood of texts that were not simply taken."""
        return self.edits.notes

    @property
    def images(self) -> int:
        """Return how many images the rows mean."""
        return len({image for row in self.rows for image in row.images})


def plan_tags(
    workspace: Workspace,
    root: str,
    table: TagTable,
    *,
    matcher: Matcher | None = None,
) -> TagsPlan:
    """Return what a tags table would do to the images of a set or collection.

    Nothing is changed. A name in the column ``sample`` that is new makes a sample;
    empty cells say nothing. ``matcher`` knows the images that rows can mean, by
    default those of the set or collection.
    """
    source = table_source(workspace, sha256=table.sha256, label=table.name)
    edits = Edits(workspace.catalogue, source)
    if matcher is None:
        matcher = matcher_for(workspace, images_of(workspace, root))
    rows, flaws = _rows(workspace, matcher, table)
    flaws = [*_flaws_of_columns(table), *flaws]
    values = TagValues(workspace, edits, table.columns)
    if not flaws:
        cells = {_place(table, row): row.cells for row in table.table.rows}
        kept = [RowToKeep(row.place, row.images, cells[row.place]) for row in rows]
        values.prepare(kept)
        for one in kept:
            values.take(one)
        values.put_tags()
        tell_shared(workspace, edits, {image for row in rows for image in row.images})
    return TagsPlan(
        root=root,
        table=replace(table, columns=tuple(values.columns.values())),
        rows=tuple(rows),
        flaws=(*flaws, *values.flaws),
        edits=edits,
    )


def apply_tags(
    workspace: Workspace, plan: TagsPlan, *, author: str, all_fitting: bool = False
) -> Correction:
    """Keep what a plan of a tags table says, as one change.

    Raises what :func:`refuse_unclear` raises; nothing is kept then.
    """
    refuse_unclear(plan, all_fitting=all_fitting)
    reason = f"table {plan.table.name}"
    return keep(workspace, plan.edits, author=author, reason=reason)


def refuse_unclear(plan: TagsPlan, *, all_fitting: bool) -> None:
    """Raise InputError where a plan cannot be applied as it is.

    That is where it has flaws, or rows that name several images without
    ``all_fitting``.
    """
    if plan.flaws:
        first = plan.flaws[0]
        raise InputError(
            first.message,
            where=first.place,
            expected=first.expected,
            found=first.found,
            hint=_("Nothing of the table is applied."),
        )
    if plan.ambiguous and not all_fitting:
        row = plan.ambiguous[0]
        raise InputError(
            _("{count} images are named {name}").format(
                count=len(row.images), name=row.text
            ),
            where=row.place,
            found="; ".join(row.told[:_SHOWN]),
            hint=_(
                "Name one by its file and series, or say that all are meant: {option}."
            ).format(option="--all-fitting"),
        )


def apply_file(
    workspace: Workspace,
    root: str,
    path: Path,
    *,
    author: str,
    all_fitting: bool = False,
) -> Correction:
    """Read a tags table and apply it: the steps above at once, with their errors."""
    plan = plan_tags(workspace, root, read_tags(path))
    return apply_tags(workspace, plan, author=author, all_fitting=all_fitting)


def _flaws_of_columns(table: TagTable) -> list[Flaw]:
    return [
        Flaw(
            place=f"{table.name}:1",
            message=column.flaw,
            expected=column.expected,
            found=column.heading,
        )
        for column in table.columns
        if column.flaw
    ]


def _place(table: TagTable, row: Row) -> str:
    return f"{table.name}:{row.line}"


def _rows(
    workspace: Workspace, matcher: Matcher, table: TagTable
) -> tuple[list[RowMatch], list[Flaw]]:
    rows: list[RowMatch] = []
    flaws: list[Flaw] = []
    for row in table.table.rows:
        text, place = row.cells[table.image_column], _place(table, row)
        found = matcher.match(inner_name(workspace, text))
        if found.images:
            told = matcher.told(found.images)
            rows.append(
                RowMatch(
                    place=place,
                    text=text,
                    images=found.images,
                    told=told,
                    by_pattern=found.by_pattern,
                )
            )
            continue
        near = matcher.nearest(text) if len(flaws) < _MOST_SUGGESTED else ()
        message = _("No image is named {name}").format(name=text)
        if not text:
            message = _("This row names no image")
        flaws.append(
            Flaw(place=place, message=message, expected=", ".join(near), found=text)
        )
    return rows, flaws
