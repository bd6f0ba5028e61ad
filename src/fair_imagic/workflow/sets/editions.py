"""The key that an edition has at an archive, looked up before any key is computed.

No setting that has changed since the first publication makes a second one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import FairImagicError
from fair_imagic.publish.states import Edition, find, unversioned, with_version

if TYPE_CHECKING:
    from fair_imagic.model import Snapshot
    from fair_imagic.publish.base import Target
    from fair_imagic.publish.states import Delivery
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["key_of_edition"]


def key_of_edition(workspace: Workspace, snapshot: Snapshot, target: Target) -> str:
    """Return the key that this version of a record has already; empty for none."""
    try:
        subject, version = target.edition(snapshot)
    except FairImagicError:
        return ""  # no package can be made of it, and that is told where one is
    edition = Edition(
        subject=subject,
        version=version,
        target=target.token,
        practice=workspace.settings.practice_mode,
    )
    found = find(workspace.catalogue.database, edition)
    found = found or _of_older_program(workspace, edition, target)
    return found.key if found is not None else ""


def _of_older_program(
    workspace: Workspace, edition: Edition, target: Target
) -> Delivery | None:
    """Return the publication of which the snapshot alone tells the version."""
    catalogue = workspace.catalogue
    rows = unversioned(catalogue.database, edition)
    for row in sorted(rows, key=lambda one: (not one.is_public, one.id)):
        if not row.snapshot_hash:
            continue  # it was never sent
        sent = catalogue.load_snapshot(row.snapshot_hash)
        if target.edition(sent) != (edition.subject, edition.version):
            continue
        if catalogue.writes:
            return with_version(catalogue.database, row.id, edition.version)
        return row
    return None
