"""What is public already, and under which identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.publish.base import Published
from fair_imagic.publish.states import State, all_deliveries

if TYPE_CHECKING:
    from fair_imagic.workflow.workspace import Workspace

__all__ = ["published_names"]


def published_names(workspace: Workspace) -> tuple[Published, ...]:
    """Return everything that is public already, under which identifier."""
    return tuple(
        Published(
            of=one.subject,
            target=one.target,
            identifier=one.identifier,
            url=one.landing_page or one.url,
            published_at=one.published,
        )
        for one in all_deliveries(workspace.catalogue.database)
        if one.state is State.PUBLISHED
    )
