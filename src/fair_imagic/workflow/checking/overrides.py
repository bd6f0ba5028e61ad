"""Overrides in force: which decisions of the facility a set has, and what they lift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks import Override
from fair_imagic.model import Override as OverrideRecord
from fair_imagic.model import RecordGraph, view
from fair_imagic.publish.registry import available
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.catalogue import HistoryEntry
    from fair_imagic.checks import Finding
    from fair_imagic.publish.base import Target
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["change_of", "covering", "overrides_of", "records_of_decisions"]


def overrides_of(workspace: Workspace, record: str) -> tuple[Override, ...]:
    """Return the decisions in force for a set, sorted by archive and point."""
    catalogue = workspace.catalogue
    records = catalogue.records(OverrideRecord.class_iri)
    if not records:
        return ()
    targets = available()
    found = []
    for one, triples in catalogue.effective_of(records).items():
        said = view(OverrideRecord, RecordGraph(triples), one)
        if said.of != record:
            continue
        made = change_of(catalogue.history(one))
        found.append(
            Override(
                record=one,
                code=said.point_code or "",
                target=said.target or "",
                profiles=_own_profiles(targets.get(said.target or "")),
                reason=said.reason or "",
                author=made.author,
                time=made.time,
            )
        )
    return tuple(sorted(found, key=lambda o: (o.target, o.code)))


def records_of_decisions(workspace: Workspace, record: str) -> list[str]:
    """Return the records of all decisions about a set, those taken back too."""
    catalogue = workspace.catalogue
    said = (iri("fi:overrideOf"), iri(record))
    return [
        one
        for one in catalogue.records_under(f"{workspace.settings.base_iri}override/")
        if any(
            triple[1:] == said
            for entry in catalogue.history(one)
            for triple in entry.added
        )
    ]


def _own_profiles(target: Target | None) -> tuple[str, ...]:
    """Return the requirements of one archive alone.

    Those that it shares with others stay as they are: a decision holds for one archive.
    """
    if target is None:
        return ()
    return (target.token,) if target.token in target.profiles else target.profiles


def covering(
    overrides: Iterable[Override], finding: Finding, target: str
) -> Override | None:
    """Return the decision that lifts a point for an archive; None for a legal one."""
    if finding.legal:
        return None
    wanted = (target, finding.code)
    return next((one for one in overrides if (one.target, one.code) == wanted), None)


def change_of(history: list[HistoryEntry]) -> HistoryEntry:
    """Return the change that made a decision, the last where it was made again."""
    return [entry for entry in history if entry.inverse_of is None][-1]
