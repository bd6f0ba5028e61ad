"""Where the IRI of a record leads, whichever of its IRIs it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.catalogue import aliases
from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _
from fair_imagic.publish.address import landing_path_of
from fair_imagic.rdf import record_of
from fair_imagic.workflow.sets.deliveries import public_deliveries

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["public_page_of", "record_of_iri"]


def record_of_iri(workspace: Workspace, iri: str) -> str:
    """Return the record that an IRI names, in force or an alias.

    Raises :class:`~fair_imagic.errors.NotFoundError` where there is none.
    """
    named = record_of(workspace.bases.inward_iri(iri))
    record = aliases.current(workspace.catalogue.database, named)
    if not workspace.catalogue.exists(record):
        raise NotFoundError(_("There is no such record"), found=iri[:300])
    return record


def public_page_of(workspace: Workspace, record: str) -> str:
    """Return the path of the landing page that shows a record, empty for none."""
    catalogue = workspace.catalogue
    for one in public_deliveries(workspace):
        root = catalogue.load_snapshot(one.snapshot_hash)
        if record in (one.subject, root.root) or record in root.own_graph:
            return f"/{landing_path_of(root.root)}"
    return ""
