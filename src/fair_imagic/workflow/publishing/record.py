"""The record of a publication: made of its row, in the row's own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.catalogue import Source, SourceKind
from fair_imagic.model import Publication
from fair_imagic.publish.registry import load
from fair_imagic.publish.states import State, deliveries_of
from fair_imagic.rdf import expand, literal
from fair_imagic.workflow.base.edits import Edits

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from fair_imagic.checks import Override
    from fair_imagic.publish.states import Delivery, Keep
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["record_keeper"]


def record_keeper(
    workspace: Workspace, author: str, decisions: tuple[Override, ...] | None
) -> Keep:
    """Return what makes the record of a publication say what its row says.

    ``decisions`` are those in spite of which it is published, once it is; None where
    what the record says of them stays. A publication that no archive has named yet
    has no record.
    """

    def keep(connection: Connection, delivery: Delivery) -> None:
        if delivery.identifier:
            made = decisions if delivery.state is State.PUBLISHED else None
            _keep(workspace, connection, delivery, author, made)

    return keep


def _keep(
    workspace: Workspace,
    connection: Connection,
    delivery: Delivery,
    author: str,
    decisions: tuple[Override, ...] | None,
) -> None:
    source = Source(
        iri=workspace.mint("source", f"archive-{delivery.target}"),
        kind=SourceKind.RULE,
        label=delivery.target,
    )
    edits = Edits(workspace.catalogue, source)
    record = _described(workspace, edits, delivery, decisions or ())
    if decisions is not None:
        # what an earlier version was published in spite of, no longer holds
        edits.clear(record, [expand("fi:decidedPoint")])
    learned = load(delivery.target).facts(delivery.identifier)
    if learned:
        pairs = [(expand(slot), literal(text)) for slot, text in learned]
        edits.put(delivery.subject, pairs)
    reason = f"answer of {delivery.target}"
    if decisions:
        codes = ", ".join(one.code for one in decisions)
        reason = f"{reason}; published in spite of {codes}"
    edits.append(author, reason, within=connection)


def _described(
    workspace: Workspace,
    edits: Edits,
    delivery: Delivery,
    decisions: tuple[Override, ...],
) -> str:
    record = workspace.mint("publication", _name_of(workspace, delivery))
    edits.create(
        Publication(
            iri=record,
            of=delivery.subject,
            target=delivery.target,
            identifier=delivery.identifier or None,
            landing_page=delivery.landing_page or None,
            state=str(delivery.state),
            remote_state=delivery.remote_state or None,
            published_at=delivery.published[:10] or None,
            snapshot=delivery.snapshot_hash,
            decided_points=tuple(one.code for one in decisions),
        )
    )
    return record


def _name_of(workspace: Workspace, delivery: Delivery) -> str:
    """Return the name of the record: later versions are numbered."""
    slug = "-".join(delivery.subject.rsplit("/", 2)[-2:])
    database = workspace.catalogue.database
    rows = deliveries_of(database, delivery.subject, target=delivery.target)
    number = 1 + sum(one.id < delivery.id for one in rows)
    more = f"-{number}" if number > 1 else ""
    return f"{delivery.target}-{slug}{more}"
