"""A correction: values gathered for records, kept as one change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import ChangeSet
from fair_imagic.rdf import iri, record_of
from fair_imagic.workflow.microscopes.control_in_force import concerned, follow
from fair_imagic.workflow.people.keeping import permitted

if TYPE_CHECKING:
    from fair_imagic.workflow.base.edits import Edits
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.paths import Place

__all__ = ["Correction", "has_value", "keep"]


@dataclass(frozen=True)
class Correction:
    """What a correction did: the journal number and what it touched.

    ``notes`` say what was understood of texts that were not simply taken.
    """

    number: int | None
    records: int
    values: int
    skipped: int = 0
    notes: tuple[str, ...] = ()


def has_value(workspace: Workspace, place: Place) -> bool:
    """Return whether the record says anything at a place."""
    wanted = (iri(place.subject), iri(place.slot.iri))
    record = workspace.catalogue.effective(record_of(place.subject))
    return any((s, p) == wanted for s, p, _o in record)


def keep(
    workspace: Workspace,
    edits: Edits,
    *,
    author: str,
    reason: str,
    skipped: int = 0,
    seen: int | None = None,
) -> Correction:
    """Keep gathered values as one change, and say what it did.

    ``seen`` is the last change that the author has seen: raises ConflictError where a
    later one speaks of the same values.

    Of somebody who may not change all of these records, the others are kept, and the
    notes say whom to ask for the rest; raises InputError where nothing is left.
    """
    changes = edits.changes()
    if not changes:
        return Correction(
            number=None, records=0, values=0, skipped=skipped, notes=edits.notes
        )
    reason = f"{reason}: {edits.reasons}" if edits.reasons else reason
    changes, notes = permitted(workspace, changes)
    for note in notes:
        edits.tell(note)
    number = workspace.catalogue.append(ChangeSet(author, reason, changes, seen=seen))
    follow(workspace, concerned(changes), author=author)
    return Correction(
        number=number,
        records=len(changes),
        values=sum(len(change.added) for change in changes),
        skipped=skipped,
        notes=edits.notes,
    )
