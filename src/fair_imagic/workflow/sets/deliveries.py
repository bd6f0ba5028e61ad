"""What is public already, and under which identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.model import Publication, RecordGraph, view
from fair_imagic.publish.registry import published, title_of
from fair_imagic.publish.states import State, all_deliveries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.publish.base import Published
    from fair_imagic.publish.states import Delivery
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "archives_by_decision",
    "changed_since",
    "deliveries_about",
    "public_deliveries",
    "published_names",
]


def published_names(workspace: Workspace) -> tuple[Published, ...]:
    """Return everything that is public already, under which identifier."""
    return tuple(
        published(
            of=one.subject,
            target=one.target,
            identifier=one.identifier,
            url=one.landing_page or one.url,
            published_at=one.published,
            version=one.version or "",
        )
        for one in public_deliveries(workspace)
    )


def public_deliveries(workspace: Workspace) -> list[Delivery]:
    """Return what is public, oldest first; what practice archives got, in practice."""
    practice = workspace.settings.practice_mode
    return [
        one
        for one in all_deliveries(workspace.catalogue.database)
        if one.state is State.PUBLISHED and (practice or not one.practice)
    ]


def changed_since(
    workspace: Workspace, deliveries: Iterable[Delivery]
) -> frozenset[int]:
    """Return the numbers of what is public of a set that says something else now.

    A deposit of scripts is not the set that it was sent with.
    """
    catalogue = workspace.catalogue
    public = [one for one in deliveries if one.state is State.PUBLISHED]
    unchanged = catalogue.unchanged(sorted({one.snapshot_hash for one in public}))
    return frozenset(
        one.id
        for one in public
        if one.snapshot_hash not in unchanged
        and catalogue.snapshot_root(one.snapshot_hash) == one.subject
        and catalogue.changed_since(one.snapshot_hash)
    )


def archives_by_decision(workspace: Workspace, record: str) -> tuple[str, ...]:
    """Return the names of the archives that got a set by decision of the facility."""
    catalogue = workspace.catalogue
    records = catalogue.records(Publication.class_iri)
    found = (
        view(Publication, RecordGraph(triples), one)
        for one, triples in catalogue.effective_of(records).items()
    )
    tokens = {
        one.target or ""
        for one in found
        if one.of == record and one.decided_points and one.state == State.PUBLISHED
    }
    return tuple(title_of(token) for token in sorted(tokens))


def deliveries_about(workspace: Workspace, record: str) -> list[Delivery]:
    """Return the publications of a set and of what it links to, as its scripts."""
    linked = {term[1:-1] for *_sp, term in workspace.catalogue.effective(record)}
    found = all_deliveries(workspace.catalogue.database)
    return [one for one in found if one.subject in linked | {record}]
