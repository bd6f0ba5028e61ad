"""The small picture of an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import NotFoundError
from fair_imagic.files import confined
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["thumbnail_path"]


def thumbnail_path(workspace: Workspace, name: str) -> Path:
    """Return the PNG made at import. Raises NotFoundError where there is none."""
    path = confined(workspace.thumbnails, f"{name}.png")
    if not path.is_file():
        raise NotFoundError(_("There is no picture of this image"), found=name[:80])
    return path
