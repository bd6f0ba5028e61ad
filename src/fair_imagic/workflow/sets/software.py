"""Software records: the scripts that belong to a publication set."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import Software, slot_named
from fair_imagic.rdf import expand, iri, text_of
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.door import Door
from fair_imagic.workflow.base.edits import Edits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["add"]


def add(
    workspace: Workspace,
    name: str,
    folder: Path,
    *,
    author: str,
    set_name: str | None = None,
    title: str | None = None,
    description: str | None = None,
    version: str = "1.0",
    license: str | None = None,
    authors: Sequence[str] = (),
) -> str:
    """Keep a folder of scripts as a software record and return its IRI.

    ``authors`` are people of the catalogue; ``set_name`` is the publication set that
    the scripts belong to. The folder stays where it is. Raises
    :class:`~fair_imagic.errors.InputError` for a folder that is missing or empty.
    """
    if not folder.is_dir() or not any(folder.iterdir()):
        raise InputError(
            _("This is not a folder with files"), where=str(folder), found=name
        )
    record = workspace.mint("software", name)
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    read = partial(_read, Door(workspace), record)
    edits.create(
        Software(
            iri=record,
            title=read("title", title or name)[0],
            description=read("description", description)[0] if description else None,
            version=read("version", version)[0],
            license=read("license", license)[0] if license else None,
            authors=tuple(one for text in authors for one in read("authors", text)),
        )
    )
    if set_name is not None:
        _link(workspace, edits, workspace.record("set", set_name), record)
    edits.append(author, "software")
    workspace.catalogue.locations.note_folder(record, folder)
    return record


def _read(door: Door, record: str, field: str, text: str) -> tuple[str, ...]:
    """Return what a text says in a field of a software record."""
    slot = slot_named(Software.__name__, field)
    reading = door.read(text, slot, subject=record, where=field)
    return tuple(text_of(term) for _path, term in reading.terms)


def _link(workspace: Workspace, edits: Edits, owner: str, software: str) -> None:
    predicate = expand("fi:software")
    effective = workspace.catalogue.effective(owner)
    linked = {o for _s, p, o in effective if p == iri(predicate)} | {iri(software)}
    edits.put(owner, [(predicate, term) for term in sorted(linked)])
