"""Ask the archives what they hold of a set; nothing is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.jobs.outbox import refresh
from fair_imagic.publish.registry import load
from fair_imagic.publish.states import State
from fair_imagic.workflow.base.authors import default_author
from fair_imagic.workflow.checking.overrides import overrides_of
from fair_imagic.workflow.publishing.practice import archives
from fair_imagic.workflow.publishing.record import record_keeper
from fair_imagic.workflow.sets.deliveries import deliveries_about

if TYPE_CHECKING:
    from fair_imagic.publish.states import Delivery, Keep
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["ask"]

_SENT = (State.SENDING, State.UNKNOWN, State.PUBLISHED)


def ask(
    workspace: Workspace, name: str, *, author: str | None = None
) -> list[Delivery]:
    """Return the publications of a set as their archives see them now.

    One whose answer was lost becomes published where the archive has it. Raises
    :class:`~fair_imagic.errors.RemoteUnavailableError` where an archive does not
    answer.
    """
    record = workspace.record("set", name)
    sent = [one for one in deliveries_about(workspace, record) if one.state in _SENT]
    if not sent:
        return []
    with archives(workspace.settings) as settings:
        return [
            refresh(
                workspace.catalogue.database,
                load(one.target),
                one.id,
                settings=settings,
                keep=_keeper(workspace, one, author or default_author()),
            )
            for one in sent
        ]


def _keeper(workspace: Workspace, one: Delivery, author: str) -> Keep:
    """Return what makes the record: the decisions in force count where it is new."""
    if one.is_public:
        return record_keeper(workspace, author, None)
    decided = overrides_of(workspace, one.subject)
    decisions = tuple(d for d in decided if d.target == one.target)
    return record_keeper(workspace, author, decisions)
