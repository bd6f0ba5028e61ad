"""The list of publication sets; it loads little, as it is asked for often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import PublicationSet, RecordGraph, view

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["SetRow", "list_sets", "set_row"]

_MOST_LISTED = 20_000


@dataclass(frozen=True)
class SetRow:
    """One publication set in a list; ``software`` are its folders of scripts."""

    iri: str
    name: str
    title: str
    images: int
    software: tuple[str, ...] = ()


# Rows that were read already, each with the last change that it has seen.
_listed: dict[tuple[Path, str], tuple[int, SetRow]] = {}


def list_sets(workspace: Workspace) -> list[SetRow]:
    """Return the publication sets, by name."""
    catalogue = workspace.catalogue
    changes = catalogue.last_changes([PublicationSet.class_iri])
    rows = {
        record: kept[1]
        for record, change in changes.items()
        if (kept := _listed.get((catalogue.folder, record))) and kept[0] == change
    }
    unread = [record for record in changes if record not in rows]
    for record, triples in catalogue.effective_of(unread).items():
        rows[record] = _row(record, triples)
        _listed[catalogue.folder, record] = (changes[record], rows[record])
    if len(_listed) > _MOST_LISTED:
        _listed.clear()
    return [rows[record] for record in sorted(rows)]


def set_row(workspace: Workspace, record: str) -> SetRow:
    """Return what a list says of one set."""
    return _row(record, workspace.catalogue.effective(record))


def _row(record: str, triples: Iterable[Triple]) -> SetRow:
    seen = view(PublicationSet, RecordGraph(triples), record)
    name = record.rpartition("/")[2]
    images, software = len(seen.images), tuple(seen.software)
    return SetRow(record, name, seen.title or name, images, software)
