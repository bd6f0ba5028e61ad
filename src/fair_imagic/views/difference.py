"""What a set says now and did not when it was published: field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import RecordGraph
from fair_imagic.rdf import record_of, text_of
from fair_imagic.views.history import Step, steps_between
from fair_imagic.workflow.base.label import label_in
from fair_imagic.workflow.checking.subject import snapshot_of

if TYPE_CHECKING:
    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["ChangedRecord", "changed_records"]


@dataclass(frozen=True, kw_only=True)
class ChangedRecord:
    """Records that changed in the same way since they were published."""

    labels: tuple[str, ...]
    steps: tuple[Step, ...]


def changed_records(
    workspace: Workspace, snapshot_hash: str
) -> tuple[ChangedRecord, ...]:
    """Return what changed since a snapshot was published, the set itself first."""
    before = workspace.catalogue.load_snapshot(snapshot_hash)
    after = snapshot_of(workspace, before.root)
    then = {*before.own, *before.context}
    now = {*after.own, *after.context}
    added, removed = _by_record(now - then), _by_record(then - now)
    graph = RecordGraph(dict.fromkeys((*now, *then)))
    groups: dict[tuple[Step, ...], list[str]] = {}
    for record in sorted({*added, *removed}, key=lambda one: (one != before.root, one)):
        steps = steps_between(
            workspace, graph, added.get(record, ()), removed.get(record, ())
        )
        if steps:
            groups.setdefault(steps, []).append(label_in(now | then, record))
    return tuple(
        ChangedRecord(labels=tuple(labels), steps=steps)
        for steps, labels in groups.items()
    )


def _by_record(triples: set[Triple]) -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = {}
    for triple in sorted(triples):
        found.setdefault(record_of(text_of(triple[0])), []).append(triple)
    return found
