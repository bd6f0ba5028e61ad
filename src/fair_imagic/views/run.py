"""Processing runs: they are told on the pages of the images that they made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _
from fair_imagic.rdf import iri
from fair_imagic.workflow.base.listing import rows

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["first_image"]


def first_image(workspace: Workspace, name: str) -> str:
    """Return the first image that a run made. Raises NotFoundError for no run."""
    record = workspace.record("run", name)
    found = rows(
        workspace,
        f"SELECT ?image WHERE {{ ?image prov:wasGeneratedBy {iri(record)} }} "
        "ORDER BY ?image LIMIT 1",
    )
    if not found:
        raise NotFoundError(_("This run made no image"), found=name[:80])
    return found[0][0]
