"""Repair: values for one or many records, as one change that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.catalogue import Source, SourceKind
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.files import sha256_of
from fair_imagic.i18n import _
from fair_imagic.model import Sample, mint
from fair_imagic.rdf import PREFIXES, iri, record_of, text_of
from fair_imagic.tables import read_table
from fair_imagic.workflow.base.authors import person_source, table_source
from fair_imagic.workflow.base.door import Door
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.images.correction import Correction, has_value, keep
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.images.paths import places_of
from fair_imagic.workflow.images.value import give
from fair_imagic.workflow.microscopes.control_in_force import follow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from fair_imagic.tables import Row
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["apply_table", "set_values", "undo_last"]


def set_values(
    workspace: Workspace,
    root: str,
    assignments: Sequence[tuple[str, str]],
    *,
    author: str,
    images: str | None = None,
    replace: bool = True,
    reason: str = "repair",
) -> Correction:
    """Set paths of a set (or collection, image, ...) to values, as one change.

    ``assignments`` are (path, text) pairs such as ``("image.physical_size_x",
    "0.323 um")``. ``images`` narrows to image titles. With ``replace`` off only
    what has no value yet is set.
    """
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    door = Door(workspace)
    skipped = 0
    for path, text in assignments:
        for place in places_of(workspace, edits, root, path=path, images=images):
            if not replace and has_value(workspace, place):
                skipped += 1
                continue
            give(workspace, edits, door, place, text)
    return keep(workspace, edits, author=author, reason=reason, skipped=skipped)


def apply_table(
    workspace: Workspace, root: str, path: Path, *, author: str
) -> Correction:
    """Apply a tags table: the column ``image`` names images, the others are paths.

    ``image`` is a title or a pattern (``*control*``). A name in the column ``sample``
    that is new makes a sample. Empty cells say nothing. Raises
    :class:`~fair_imagic.errors.InputError` with line and column, and keeps nothing.
    """
    table = read_table(path)
    if "image" not in table.columns:
        raise InputError(
            _("The table needs a column named image"),
            where=str(path),
            found=", ".join(table.columns),
        )
    edits = Edits(workspace.catalogue, _table_source(workspace, path))
    door = Door(workspace)
    for row in table.rows:
        _apply_row(workspace, edits, door, root, path=path, row=row)
    return keep(workspace, edits, author=author, reason=f"table {path.name}")


def undo_last(workspace: Workspace, root: str, *, author: str) -> Correction:
    """Take back, whole, the last correction that touched a set or what belongs to it.

    Raises :class:`~fair_imagic.errors.NotFoundError` where there is none, and
    ConflictError where a later change touched the same values.
    """
    own = workspace.catalogue.snapshot(root, keep=False).own
    records = {record_of(text_of(subject)) for subject, _p, _o in own}
    records.update(images_of(workspace, root))
    number = _last_correction(workspace, root, sorted({root, *records}))
    if number is None:
        raise NotFoundError(_("There is no correction to take back"), where=root)
    undone = workspace.catalogue.undo(number, author=author)
    follow(workspace, images_of(workspace, root), author=author)
    return Correction(number=undone, records=0, values=0)


def _last_correction(workspace: Workspace, root: str, records: list[str]) -> int | None:
    entries = [e for one in records for e in workspace.catalogue.history(one)]
    taken_back = {entry.inverse_of for entry in entries}
    born = (iri(root), iri("rdf:type"))  # making a set is no correction of it
    by_people = (SourceKind.PERSON, SourceKind.TABLE)
    numbers = (
        entry.number
        for entry in entries
        if entry.source.kind in by_people
        and entry.inverse_of is None
        and entry.number not in taken_back
        and not any(triple[:2] == born for triple in entry.added)
    )
    return max(numbers, default=None)


def _table_source(workspace: Workspace, path: Path) -> Source:
    if not path.is_file():
        read_table(path)  # says what is wrong with it
    return table_source(workspace, sha256=sha256_of(path), label=path.name)


def _apply_row(
    workspace: Workspace, edits: Edits, door: Door, root: str, *, path: Path, row: Row
) -> None:
    place = f"{path.name}:{row.line}"
    found = images_of(workspace, root, pattern=row.cells["image"])
    if not found:
        raise InputError(
            _("No image is named {name}").format(name=row.cells["image"]),
            where=place,
        )
    sample = _sample_of(workspace, edits, row.cells, place=place)
    for image in found:
        if sample is not None:
            pair = (f"{PREFIXES['fi']}sample", iri(sample))
            edits.put(image, [pair], place=f"{place}:sample")
    for column, text in row.cells.items():
        if column in ("image", "sample") or not text:
            continue
        step, _dot, field = column.partition(".")
        own = step == "sample" and sample is not None
        subjects = [sample] if own and sample else found
        for subject in subjects:
            inner = field if own else column
            for at in places_of(workspace, edits, subject, path=inner):
                give(workspace, edits, door, at, text, where=f"{place}:{column}")


def _sample_of(
    workspace: Workspace, edits: Edits, cells: Mapping[str, str], *, place: str
) -> str | None:
    name = cells.get("sample", "")
    if not name:
        return None
    sample = mint(workspace.settings.base_iri, "sample", name)
    if not workspace.catalogue.exists(sample) and not edits.creates(sample):
        edits.create(Sample(iri=sample, title=name), place=f"{place}:sample")
    return sample
