"""The list of publication sets; it loads little, as it is asked for often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import PublicationSet, RecordGraph, view

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["SetRow", "list_sets"]


@dataclass(frozen=True)
class SetRow:
    """One publication set in a list."""

    iri: str
    name: str
    title: str
    images: int


def list_sets(workspace: Workspace) -> list[SetRow]:
    """Return the publication sets, by name."""
    rows = []
    for record in sorted(workspace.catalogue.records(PublicationSet.class_iri)):
        graph = RecordGraph(workspace.catalogue.effective(record))
        seen = view(PublicationSet, graph, record)
        name = record.rpartition("/")[2]
        rows.append(SetRow(record, name, seen.title or name, len(seen.images)))
    return rows
