"""What the service works on: the workspace of this application, as it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app, g, has_request_context

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["CLOSE", "EXTENSION", "look_as", "whole", "workspace"]

EXTENSION = "fair_imagic"
CLOSE = "fair_imagic.close"


def whole() -> Workspace:
    """Return the workspace of the application that answers this request: all of it."""
    return cast("Workspace", current_app.extensions[EXTENSION])


def workspace() -> Workspace:
    """Return the workspace as who sent this request may see and change it.

    The guard of requests says so before any view runs (:func:`look_as`).
    """
    seen = g.get("seen_workspace") if has_request_context() else None
    return seen if seen is not None else whole()


def look_as(seen: Workspace) -> None:
    """Let the views of this request see what somebody sees."""
    g.seen_workspace = seen
