"""Where the files of a snapshot lie on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.model import File, views

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fair_imagic.catalogue.locations import Locations
    from fair_imagic.model.snapshot import Snapshot

__all__ = ["places_of", "sources_of"]


def places_of(locations: Locations, snapshot: Snapshot) -> dict[str, Path]:
    """Return IRI of a file -> where it lies, or lay last; nobody asks whether it does.

    Files of which no place is known are left out.
    """
    return {
        file.iri: path
        for file, path in _places(locations, snapshot)
        if path is not None
    }


def sources_of(locations: Locations, snapshot: Snapshot) -> dict[str, Path]:
    """Return IRI of a file -> its path, for the files that are still there.

    A file counts as there when its size is the recorded one.
    """
    found: dict[str, Path] = {}
    for file, path in _places(locations, snapshot):
        if path is not None and path.is_file():
            size = str(path.stat().st_size)
            if file.byte_size in (None, size):
                found[file.iri] = path
    return found


def _places(
    locations: Locations, snapshot: Snapshot
) -> Iterator[tuple[File, Path | None]]:
    files = [one for one in views(File, snapshot.graph) if one.sha256]
    places = locations.find((one.sha256 or "", one.byte_size) for one in files)
    for file in files:
        yield file, places[file.sha256 or ""].path
