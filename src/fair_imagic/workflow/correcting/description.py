"""What people say of a whole set: all that was edited, as one change or none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import PublicationSet, slot_named
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.door import Door
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.images.correction import Correction, keep
from fair_imagic.workflow.people.newcomers import Newcomers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["FIELDS", "Described", "describe"]

#: The fields of a set that people fill in, in the order in which they are asked for.
FIELDS = (
    "title",
    "description",
    "creators",
    "contributors",
    "publisher",
    "keywords",
    "license",
    "issued",
    "funding_statement",
    "acknowledgements",
    "language",
    "version",
    "declared_tier",
    "fulfils",
)


@dataclass(frozen=True)
class Described:
    """What a description came to: the change, or by field what stands against it."""

    change: Correction | None
    flaws: Mapping[str, InputError] = field(default_factory=dict)


def describe(
    workspace: Workspace,
    name: str,
    texts: Mapping[str, str],
    *,
    author: str,
    seen: int | None = None,
) -> Described:
    """Give fields of a set what texts say, as one change; an empty text removes.

    Nothing is kept where one of the texts cannot be used. Raises NotFoundError for a
    set that is not there, and ConflictError where the same fields were changed after
    the change that was ``seen`` last.
    """
    record = workspace.record("set", name)
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    door = Door(workspace, Newcomers(workspace))
    flaws: dict[str, InputError] = {}
    for key, text in texts.items():
        if key not in FIELDS:
            flaws[key] = InputError(
                _("A set has no such field"), expected=", ".join(FIELDS), found=key[:80]
            )
            continue
        slot = slot_named(PublicationSet.__name__, key)
        if not text.strip():
            edits.remove(record, slot.iri)
            continue
        try:
            edits.take(record, slot, door.read(text, slot, subject=record))
        except InputError as error:
            flaws[key] = error
    if flaws:
        return Described(None, flaws)
    change = keep(workspace, edits, author=author, reason="description", seen=seen)
    return Described(change)
