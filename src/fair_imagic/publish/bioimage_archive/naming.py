"""File names that the BioImage Archive accepts, with the way back to ours."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from fair_imagic.files import archive_name
from fair_imagic.publish.study import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.model import File

__all__ = ["archive_names", "name_table", "unique"]


def unique(name: str, taken: set[str]) -> str:
    """Return the name, numbered before its extension where it is taken already.

    Names that differ in case only count as the same: users' disks may not tell them
    apart.
    """
    found, number = name, 1
    while found.lower() in taken:
        number += 1
        path = PurePosixPath(name)
        ending = "".join(path.suffixes)[-16:]
        found = f"{name.removesuffix(ending)}-{number}{ending}"
    taken.add(found.lower())
    return found


def archive_names(files: Iterable[File]) -> dict[str, str]:
    """Return IRI of a file -> its name in the submission, each name once."""
    taken: set[str] = set()
    ordered = sorted(files, key=lambda file: (said(file.path), file.iri))
    return {
        file.iri: unique(archive_name(f"files/{said(file.path)}"), taken)
        for file in ordered
    }


def name_table(files: Iterable[File], names: dict[str, str]) -> dict[str, str]:
    """Return name in the submission -> our name, for every name that differs."""
    renamed = {names[file.iri]: said(file.path) for file in files}
    return {new: old for new, old in sorted(renamed.items()) if new != f"files/{old}"}
