"""Where the files of a snapshot lie on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.model import File, views

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.catalogue.locations import Locations
    from fair_imagic.model.snapshot import Snapshot

__all__ = ["sources_of"]


def sources_of(locations: Locations, snapshot: Snapshot) -> dict[str, Path]:
    """Return IRI of a file -> its path, for the files that are still there.

    A file counts as there when its size is the recorded one.
    """
    files = [one for one in views(File, snapshot.graph) if one.sha256]
    places = locations.find((one.sha256 or "", one.byte_size) for one in files)
    found: dict[str, Path] = {}
    for file in files:
        path = places[file.sha256 or ""].path
        if path is not None and path.is_file():
            size = str(path.stat().st_size)
            if file.byte_size in (None, size):
                found[file.iri] = path
    return found
