"""Repair: values for one or many records, as one change that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.catalogue import SourceKind
from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import Image, RecordGraph, view
from fair_imagic.rdf import iri, record_of, text_of
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.door import Door
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.correcting.shared_samples import tell_shared
from fair_imagic.workflow.images.correction import Correction, has_value, keep
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.images.paths import places_of
from fair_imagic.workflow.images.value import give
from fair_imagic.workflow.microscopes.control_in_force import follow
from fair_imagic.workflow.people.newcomers import Newcomers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["set_values", "settle", "undo_last"]

_OF_SAMPLE = "sample."


def set_values(
    workspace: Workspace,
    root: str,
    assignments: Sequence[tuple[str, str]],
    *,
    author: str,
    images: str | None = None,
    all_fitting: bool = False,
    replace: bool = True,
    reason: str = "repair",
    new: bool = False,
    dry_run: bool = False,
) -> Correction:
    """Set paths of a set (or collection, image, ...) to values, as one change.

    ``assignments`` are (path, text) pairs such as ``("image.physical_size_x",
    "0.323 um")``. ``images`` narrows to images of that name; ``all_fitting`` says that
    all are meant where an exact name fits several. With ``replace`` off only what has
    no value yet is set.
    """
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    chosen = None
    if images is not None:
        chosen = images_of(workspace, root, pattern=images, all_fitting=all_fitting)
    door = Door(workspace, Newcomers(workspace, confirmed=new))
    skipped = 0
    for path, text in assignments:
        for place in places_of(workspace, edits, root, path=path, images=chosen):
            if not replace and has_value(workspace, place):
                skipped += 1
                continue
            give(workspace, edits, door, place, text, where=path)
    if any(_OF_SAMPLE in path for path, _text in assignments):
        members = images_of(workspace, root) if chosen is None else chosen
        tell_shared(workspace, edits, members)
    if dry_run:
        changes = edits.changes()
        values = sum(len(change.added) for change in changes)
        return Correction(None, len(changes), values, skipped, edits.notes)
    return keep(workspace, edits, author=author, reason=reason, skipped=skipped)


def settle(
    workspace: Workspace, name: str, field: str, text: str, *, author: str
) -> Correction:
    """Settle a contradiction of an image or of its file by one of its values.

    ``field`` is what carries it: ``record_contradiction``, or ``contradiction`` of the
    file.
    """
    record = workspace.record("image", name)
    if field == "contradiction":
        graph = RecordGraph(workspace.catalogue.effective(record))
        record = view(Image, graph, record).fileset or record
    return set_values(
        workspace, record, [(field, text)], author=author, reason="contradiction"
    )


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
