"""Whose a record is to change: what others' values come to, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.i18n import _
from fair_imagic.rdf import record_of
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.people.sight import FACILITY_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.catalogue import Change
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["note_on", "permitted", "with_note_on"]


def note_on(workspace: Workspace, thing: str) -> str:
    """Return what to know before a value of a thing is changed; empty where nothing.

    The staff is told that a value goes into a record of the facility, which counts for
    all images made with it; somebody else that it is not theirs to change.
    """
    record = record_of(thing)
    kind = record.removeprefix(workspace.settings.base_iri).partition("/")[0]
    if not workspace.may_edit(record):
        text = _("not changed: the keepers of {title} must do it, ask them")
    elif kind in FACILITY_KINDS:
        text = _("goes into the record of {title}, for all that was made with it")
    else:
        return ""
    return text.format(title=label_of(workspace, record))


def with_note_on(workspace: Workspace, thing: str, text: str) -> str:
    """Return a text with that note after it."""
    return " · ".join(filter(None, (text, note_on(workspace, thing))))


def permitted(
    workspace: Workspace, changes: Sequence[Change]
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Return the changes that are this somebody's to make, and notes on all of them.

    Raises :class:`~fair_imagic.errors.InputError` where none is.
    """
    notes = tuple(filter(None, (note_on(workspace, one.record) for one in changes)))
    sight = workspace.catalogue.sight
    if sight is None:
        return tuple(changes), notes
    editable = sight.editable([change.record for change in changes])
    kept = tuple(change for change in changes if change.record in editable)
    if changes and not kept:
        sight.refuse_records([change.record for change in changes])
    return kept, notes
