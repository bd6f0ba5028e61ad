"""Publication sets: selections of images that are checked and published together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry import plain_value
from fair_imagic.errors import (
    ConflictError,
    FairImagicError,
    InputError,
    NotFoundError,
)
from fair_imagic.i18n import _, ngettext
from fair_imagic.mapping.headings import meaning_of
from fair_imagic.model import (
    FigurePanel,
    PublicationSet,
    is_kept,
    slot_named,
    slug,
)
from fair_imagic.rdf import expand, iri
from fair_imagic.tables import read_table
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.images.image_names import inner_name, matcher_for, only
from fair_imagic.workflow.images.members import images_matching, images_of
from fair_imagic.workflow.sets import defaults
from fair_imagic.workflow.sets.listing import SetRow, list_sets, set_row

if TYPE_CHECKING:
    from collections.abc import Sequence, Sized
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "Membership",
    "SetRow",
    "add",
    "create",
    "list_sets",
    "remove",
    "set_row",
]

# It stands in addresses and in names of files.
_LONGEST_NAME = 100
_IMAGE = "image"
_SHOWN = 12
_TITLE = slot_named("PublicationSet", "title")
_PARTS = expand("dcterms:hasPart")
_PANELS = expand("fi:panel")


@dataclass(frozen=True)
class Membership:
    """How many images came into a set or went out, by which change (None: none)."""

    count: int
    number: int | None


@dataclass(frozen=True)
class _Choice:
    """Images chosen by a query or a table, with the panels that a table names."""

    images: tuple[str, ...]
    panels: tuple[FigurePanel, ...] = ()


def create(
    workspace: Workspace,
    name: str,
    *,
    author: str,
    title: str | None = None,
    images: str | Sequence[str] | None = None,
    table: Path | None = None,
    all_fitting: bool = False,
    expected: int | None = None,
) -> str:
    """Create a publication set and return its IRI.

    ``images`` is a query or several (see
    :func:`~fair_imagic.workflow.images.members.images_matching`), ``table`` has
    a column that names images (a CSV, Excel or OpenDocument table) and perhaps
    ``figure`` and ``panel``; ``all_fitting`` says that all images are meant where an
    exact name fits several; ``expected`` is how many images somebody was shown. No file
    is copied. Raises :class:`~fair_imagic.errors.ConflictError` where the name is
    taken or the images are not as many, and
    :class:`~fair_imagic.errors.InputError` for one that cannot be a name.
    """
    _refuse_name(name)
    record = workspace.mint("set", name)
    if workspace.catalogue.exists(record):
        raise ConflictError(
            _("There is a publication set named {name} already").format(name=name),
            hint=_("`fair-imagic set add` adds images to it."),
        )
    choice = _choose(workspace, record, images, table, all_fitting=all_fitting)
    _refuse_other_count(choice.images, expected)
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    # the short name does not tell KO+ from KO-, nor what a team calls its own
    is_told = is_kept(name) and record.rpartition("/")[2] == slug(name)
    title = title or (None if is_told else name)
    edits.create(
        PublicationSet(
            iri=record,
            title=plain_value(title, _TITLE, where="title") if title else None,
            images=choice.images,
            panels=tuple(panel.iri for panel in choice.panels),
        )
    )
    for panel in choice.panels:
        edits.create(panel)
    edits.append(author, "new publication set")
    defaults.apply(workspace, record)
    return record


def _refuse_name(name: str) -> None:
    if not name.strip() or len(name) > _LONGEST_NAME:
        raise InputError(
            _("A publication set cannot have this name"),
            expected=_("1 to {count} characters").format(count=_LONGEST_NAME),
            found=f"“{name[:20]}…”" if name.strip() else f"“{name}”",
        )


def add(
    workspace: Workspace,
    name: str,
    *,
    author: str,
    images: str | Sequence[str] | None = None,
    table: Path | None = None,
    all_fitting: bool = False,
    expected: int | None = None,
) -> Membership:
    """Add images to a set, as one change; what is in it already is not counted."""
    record = workspace.record("set", name)
    choice = _choose(workspace, record, images, table, all_fitting=all_fitting)
    _refuse_other_count(choice.images, expected)
    before = images_of(workspace, record)
    known = set(before)
    after = [*before, *(one for one in choice.images if one not in known)]
    if after == before and not choice.panels:
        return Membership(0, None)
    number = _replace(workspace, record, after, author=author, panels=choice.panels)
    defaults.apply(workspace, record)
    return Membership(len(after) - len(before), number)


def remove(
    workspace: Workspace,
    name: str,
    *,
    images: str | Sequence[str],
    author: str,
    all_fitting: bool = False,
    expected: int | None = None,
) -> Membership:
    """Take images out of a set, as one change; the images themselves stay."""
    record = workspace.record("set", name)
    before = images_of(workspace, record)
    gone = set(
        images_matching(workspace, images, among=before, all_fitting=all_fitting)
    )
    after = [image for image in before if image not in gone]
    _refuse_other_count(range(len(before) - len(after)), expected)
    number = None
    if after != before:
        number = _replace(workspace, record, after, author=author)
    return Membership(len(before) - len(after), number)


def _refuse_other_count(images: Sized, expected: int | None) -> None:
    """Raise a ConflictError where images are not as many as somebody was shown."""
    if expected is not None and len(images) != expected:
        raise ConflictError(
            _("The images changed since they were shown"),
            expected=str(expected),
            found=str(len(images)),
            hint=_("Look at them again."),
        )


def _choose(
    workspace: Workspace,
    record: str,
    query: str | Sequence[str] | None,
    table: Path | None,
    *,
    all_fitting: bool,
) -> _Choice:
    if table is not None:
        return _from_table(workspace, record, table, all_fitting=all_fitting)
    query = "all" if query is None else query
    found = images_matching(workspace, query, all_fitting=all_fitting)
    if not found:
        raise NotFoundError(
            _("No image is selected"),
            found=query if isinstance(query, str) else "; ".join(query),
            hint=_("`fair-imagic import` brings images into the catalogue."),
        )
    return _Choice(tuple(found))


def _from_table(
    workspace: Workspace, record: str, path: Path, *, all_fitting: bool
) -> _Choice:
    table = read_table(path, by_letters=True, is_wanted=_names_images)
    headings = {meaning_of(column): column for column in reversed(table.columns)}
    if _IMAGE not in headings:
        raise InputError(
            _("The table needs a column named image"),
            where=str(path),
            found=", ".join(table.columns),
        )
    matcher = matcher_for(workspace)
    chosen: dict[str, None] = {}
    panels = []
    refused: list[FairImagicError] = []
    for row in table.rows:
        match = matcher.match(inner_name(workspace, row.cells[headings[_IMAGE]]))
        where = f"{path.name}:{row.line}"
        try:
            images = only(matcher, match, all_fitting=all_fitting, where=where)
        except (InputError, NotFoundError) as error:
            refused.append(error)
            continue
        chosen |= dict.fromkeys(images)
        figure = row.cells.get(headings.get("figure", ""), "")
        panel = row.cells.get(headings.get("panel", ""), "")
        panels += [
            FigurePanel(
                iri=f"{record}#panel-{row.line}" + (f"-{number}" if number else ""),
                figure=figure,
                panel_label=panel or None,
                image=image,
            )
            for number, image in enumerate(images)
            if figure
        ]
    if refused:
        raise _joint(refused)
    return _Choice(tuple(chosen), tuple(panels))


def _joint(refused: Sequence[FairImagicError]) -> FairImagicError:
    """Return what is wrong with the rows of a table as one error."""
    first = refused[0]
    if len(refused) == 1:
        return first
    shown = [f"{one.where} {one.message}" for one in refused[:_SHOWN]]
    rest = len(refused) - len(shown)
    if rest:
        shown.append(_("… and {count} more").format(count=rest))
    return InputError(
        ngettext(
            "{count} row of the table names no image; nothing is kept",
            "{count} rows of the table name no image; nothing is kept",
            len(refused),
        ).format(count=len(refused)),
        found="; ".join(shown),
        hint=first.hint,
    )


def _names_images(columns: Sequence[str]) -> bool:
    return any(meaning_of(column) == _IMAGE for column in columns)


def _replace(
    workspace: Workspace,
    record: str,
    images: Sequence[str],
    *,
    author: str,
    panels: Sequence[FigurePanel] = (),
) -> int | None:
    """Give a set these images; return the number of the change, None for none."""
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    if images:
        edits.put(record, [(_PARTS, iri(image)) for image in images])
    else:
        edits.remove(record, _PARTS)
    for panel in panels:
        edits.create(panel)
    if panels:
        edits.put(record, [(_PANELS, iri(panel.iri)) for panel in panels])
    return edits.append(author, "images of the set")
