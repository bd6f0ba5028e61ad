"""What the service works on: the workspace of this application."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["CLOSE", "EXTENSION", "workspace"]

EXTENSION = "fair_imagic"
CLOSE = "fair_imagic.close"


def workspace() -> Workspace:
    """Return the workspace of the application that answers this request."""
    return cast("Workspace", current_app.extensions[EXTENSION])
