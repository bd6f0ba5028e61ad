"""Defaults of the facility: values that stand until anybody says something else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fair_imagic import files
from fair_imagic.catalogue import Source, SourceKind
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import _, current_language
from fair_imagic.model import PublicationSet
from fair_imagic.workflow.base.door import Door
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.images.correction import Correction, has_value, keep
from fair_imagic.workflow.images.paths import places_of, slot_at
from fair_imagic.workflow.images.value import give

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["apply", "apply_to_all", "defaults_of", "remove_default", "set_default"]


def defaults_of(workspace: Workspace) -> dict[str, str]:
    """Return the default text of each path, such as ``license`` or ``image.sample``."""
    path = _file(workspace)
    if not path.exists():
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))
    return {str(key): str(value) for key, value in found.items()}


def set_default(workspace: Workspace, path: str, text: str) -> tuple[str, ...]:
    """Keep a default value for a path of publication sets; return what was understood.

    Raises :class:`~fair_imagic.errors.NotFoundError` for a path that is none of a set,
    and InputError for a value that its field cannot hold.
    """
    slot = slot_at(path)
    reading = Door(workspace).read(text, slot, subject="", where=path)
    _write(workspace, {**defaults_of(workspace), path: text.strip()})
    return (reading.note[current_language()],) if reading.note else ()


def remove_default(workspace: Workspace, path: str) -> None:
    """Forget a default. What it has filled in so far stays.

    Raises :class:`~fair_imagic.errors.NotFoundError` where there is none.
    """
    kept = defaults_of(workspace)
    if path not in kept:
        raise NotFoundError(
            _("There is no default for {path}").format(path=path),
            expected=", ".join(kept),
        )
    del kept[path]
    _write(workspace, kept)


def apply(workspace: Workspace, record: str) -> Correction:
    """Fill what a set and its images lack, as one change of the defaults.

    A path that leads nowhere yet (images without a sample) is left alone.
    """
    source = Source(
        iri=workspace.mint("source", "defaults"),
        kind=SourceKind.DEFAULT,
        label=workspace.settings.facility_name or _("facility"),
    )
    edits = Edits(workspace.catalogue, source)
    door = Door(workspace)
    for path, text in defaults_of(workspace).items():
        try:
            places = places_of(workspace, edits, record, path=path)
        except InputError:
            continue  # a link on the way is missing: there is nothing to fill
        for place in places:
            if not has_value(workspace, place):
                give(workspace, edits, door, place, text, where=path)
    return keep(workspace, edits, author="defaults", reason="facility defaults")


def apply_to_all(workspace: Workspace) -> int:
    """Fill what all publication sets lack and return how many values were set."""
    records = sorted(workspace.catalogue.records(PublicationSet.class_iri))
    return sum(apply(workspace, record).values for record in records)


def _file(workspace: Workspace) -> Path:
    return workspace.settings.home / "defaults.json"


def _write(workspace: Workspace, found: dict[str, str]) -> None:
    text = json.dumps(found, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    files.write_atomically(_file(workspace), text)
