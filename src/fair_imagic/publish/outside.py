"""The one door by which packages are built: records by the names they have outside."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from fair_imagic.config import Settings
    from fair_imagic.model.bases import Bases
    from fair_imagic.model.snapshot import Snapshot
    from fair_imagic.publish.base import Package, Published, Target

__all__ = ["package_outside", "published_outside"]


def package_outside(
    target: Target,
    snapshot: Snapshot,
    settings: Settings,
    *,
    bases: Bases,
    key: str,
    sources: Mapping[str, Path] | None = None,
    published: Iterable[Published] = (),
) -> Package:
    """Return what would be sent of a snapshot, or was sent where it is published; pure.

    ``key`` is the one that the edition has already, empty for none. Subject and hash of
    the package are those that they have here, inside.
    """
    package = target.build(
        bases.outward_snapshot(snapshot),
        dataclasses.replace(settings, base_iri=bases.outer),
        key=key,
        sources={bases.outward_iri(iri): at for iri, at in (sources or {}).items()},
        published=published_outside(published, bases),
    )
    subject, version = target.edition(snapshot)
    return dataclasses.replace(
        package, subject=subject, version=version, snapshot_hash=snapshot.hash
    )


def published_outside(
    published: Iterable[Published], bases: Bases
) -> tuple[Published, ...]:
    """Return what is public, about records as they are named outside."""
    return tuple(
        dataclasses.replace(one, of=bases.outward_iri(one.of)) for one in published
    )
