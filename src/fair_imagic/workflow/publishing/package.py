"""The one door by which packages are built: under the key that an edition has already.

A publication is looked up by record, version and archive before any key is computed, so
that no setting that has changed since makes a second one.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from fair_imagic.publish.states import Edition, find, unversioned, with_version
from fair_imagic.workflow.sets.published import published_outside

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fair_imagic.config import Settings
    from fair_imagic.model import Snapshot
    from fair_imagic.publish.base import Package, Target
    from fair_imagic.publish.states import Delivery
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["key_held", "package_of"]


def package_of(
    workspace: Workspace,
    snapshot: Snapshot,
    target: Target,
    settings: Settings,
    *,
    sources: Mapping[str, Path] | None = None,
) -> Package:
    """Return what would be sent of a snapshot, or was sent where it is published.

    Outside, records go by the base in force; subject and hash of the package are those
    that they have here.
    """
    bases = workspace.bases
    package = target.build(
        bases.outward_snapshot(snapshot),
        dataclasses.replace(settings, base_iri=bases.outer),
        key=key_held(workspace, snapshot, target),
        sources={bases.outward_iri(iri): at for iri, at in (sources or {}).items()},
        published=published_outside(workspace),
    )
    subject, version = target.edition(snapshot)
    return dataclasses.replace(
        package, subject=subject, version=version, snapshot_hash=snapshot.hash
    )


def key_held(workspace: Workspace, snapshot: Snapshot, target: Target) -> str:
    """Return the key that an edition has at an archive already; empty for none."""
    subject, version = target.edition(snapshot)
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
