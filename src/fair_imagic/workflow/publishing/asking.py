"""Ask the archives what they hold of a set; nothing is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.jobs.outbox import refresh
from fair_imagic.publish.registry import load
from fair_imagic.publish.states import State
from fair_imagic.workflow.base.authors import default_author
from fair_imagic.workflow.checking.overrides import overrides_of
from fair_imagic.workflow.publishing import publish
from fair_imagic.workflow.publishing.practice import archives
from fair_imagic.workflow.sets.published import deliveries_about

if TYPE_CHECKING:
    from fair_imagic.publish.states import Delivery
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
    database, asked = workspace.catalogue.database, []
    with archives(workspace.settings) as settings:
        for one in sent:
            now = refresh(database, load(one.target), one.id, settings=settings)
            asked.append(now)
    for before, now in zip(sent, asked, strict=True):
        if now.state is not before.state:
            decided = overrides_of(workspace, now.subject)
            decisions = tuple(d for d in decided if d.target == now.target)
            publish.keep(workspace, now, author or default_author(), decisions)
    return asked
