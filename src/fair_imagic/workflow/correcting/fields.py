"""What may be typed or chosen for a field of a thing: for the cells of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.contradiction import is_contradiction
from fair_imagic.model import RecordGraph, slot_for
from fair_imagic.rdf import record_of
from fair_imagic.workflow.base.field import field_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fair_imagic.model import Slot
    from fair_imagic.workflow.base.field import Field
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["fields_in"]


def _slots(classes: Iterable[str], path: str) -> list[Slot]:
    return [slot for one in classes if (slot := slot_for(one, path)) is not None]


def fields_in(workspace: Workspace) -> Callable[[str, str], Field | None]:
    """Return a function from a thing and a property to its field.

    It answers with None where no value can be typed.
    """
    types: dict[str, tuple[str, ...]] = {}
    known: dict[tuple[tuple[str, ...], str], Field | None] = {}

    def field(subject: str, path: str) -> Field | None:
        if subject not in types:
            record = RecordGraph(workspace.catalogue.effective(record_of(subject)))
            types[subject] = tuple(record.types(subject))
        key = (types[subject], path)
        if path and any(map(is_contradiction, _slots(types[subject], path))):
            return field_for(workspace, types[subject], path, subjects=[subject])
        if key not in known:
            known[key] = field_for(workspace, types[subject], path) if path else None
        return known[key]

    return field
