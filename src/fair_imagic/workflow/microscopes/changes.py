"""Changes of a microscope record, and what they mean for its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change, ChangeSet
from fair_imagic.clock import today
from fair_imagic.errors import NotFoundError
from fair_imagic.workflow.microscopes.versions import (
    begin_version,
    mirrored,
    version_iri,
    versions_of,
)

if TYPE_CHECKING:
    from fair_imagic.catalogue import Source
    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["keep_change"]


def keep_change(
    workspace: Workspace,
    change: Change,
    *,
    valid_from: str | None,
    author: str,
    reason: str,
) -> tuple[int | None, str]:
    """Keep a change of an instrument; return the journal number and the version.

    ``valid_from`` is the day from which the microscope was so: a version starts then,
    and those before stay as they are. ``""`` corrects the latest version. With None a
    change counts from today. All of it is one change set.
    """
    instrument = change.record
    versions = versions_of(workspace, instrument)
    said = _said(workspace, instrument)
    changes: list[Change] = []
    if not versions and said:  # a record from before there were versions
        changes = begin_version(
            workspace, instrument, "", said=said, source=change.source
        )
    latest = versions[-1].valid_from if versions else ""
    day = _day(valid_from, known=bool(versions or said), latest=latest)
    version = version_iri(workspace, instrument, day)
    exists = any(one.iri == version for one in versions) or (bool(said) and not day)
    if day >= latest:
        changes.append(change)
    if exists:
        changes.append(mirrored(change, version))
    else:
        after = _after(said, change)
        changes += begin_version(
            workspace, instrument, day, said=after, source=change.source
        )
    kept = tuple(one for one in changes if one.added or one.removed)
    if not kept:
        return None, version
    return workspace.catalogue.append(ChangeSet(author, reason, kept)), version


def _day(valid_from: str | None, *, known: bool, latest: str) -> str:
    if not known:
        return valid_from or ""
    if valid_from is None:
        return max(today().isoformat(), latest)
    return valid_from or latest


def _said(workspace: Workspace, instrument: str) -> dict[Source, tuple[Triple, ...]]:
    """Return what each source says about an instrument now."""
    try:
        entries = workspace.catalogue.history(instrument)
    except NotFoundError:
        return {}
    sources = {entry.source.iri: entry.source for entry in entries}
    said = {
        one: workspace.catalogue.source_statements(instrument, one.iri)
        for one in sources.values()
    }
    return {one: triples for one, triples in said.items() if triples}


def _after(
    said: dict[Source, tuple[Triple, ...]], change: Change
) -> dict[Source, frozenset[Triple]]:
    after = {
        one: frozenset(triples)
        for one, triples in said.items()
        if one.iri != change.source.iri
    }
    own = [triples for one, triples in said.items() if one.iri == change.source.iri]
    before = frozenset(own[0]) if own else frozenset()
    after[change.source] = (before - change.removed) | change.added
    return after
