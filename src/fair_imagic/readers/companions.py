"""Files that another file names: found beside it, never outside its folder.

A file that was renamed is recognised by the identifier (UUID) that its own OME-XML
has. One that is missing, empty or out of reach is a flaw of the set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError, UnreadableFileError
from fair_imagic.files import confined
from fair_imagic.readers.flaw import Flaw
from fair_imagic.readers.ome_text import identifier_in, ome_text
from fair_imagic.readers.tiff_file import TIFF_MAGIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from fair_imagic.readers.opened import OpenedFile

__all__ = ["Members", "NamedFile", "members_of"]

# A folder with more files than this is not searched for a renamed one.
_MOST_SEARCHED = 500
_PLACE = "TiffData/UUID"


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as a document names it; the identifier may be empty."""

    name: str
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Members:
    """The files of a set that are there, by the names that the document gives them."""

    by_name: Mapping[str, Path]
    flaws: tuple[Flaw, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the files, each once."""
        return tuple(dict.fromkeys(self.by_name.values()))


def members_of(file: OpenedFile, named: Iterable[NamedFile]) -> Members:
    """Return the named files that are beside ``file``, and a flaw for each other one.

    ``file`` itself is not among them.
    """
    found: dict[str, Path] = {}
    lost: dict[str, tuple[NamedFile, str]] = {}
    for one in named:
        path, reason = _there(file.path, one.name)
        if path is None:
            lost[one.name] = (one, reason)
        elif path != file.path:
            found[one.name] = path
    flaws = []
    known = _identifiers(file, set(found.values())) if lost else {}
    for one, reason in lost.values():
        path = known.get(one.identifier)
        if path is None:
            flaws.append(Flaw("missing_member", f"{one.name}{reason}", _PLACE))
        else:
            found[one.name] = path
            flaws.append(Flaw("renamed_member", f"{one.name}: {path.name}", _PLACE))
    return Members(found, tuple(flaws))


def _there(path: Path, name: str) -> tuple[Path | None, str]:
    """Return where a named file is, or None and what is odd about it."""
    try:
        other = confined(path.parent, name)
    except InputError:
        return None, ""
    if not other.is_file():
        return None, ""
    if not other.stat().st_size:
        return None, " (0 B)"
    return other, ""


def _identifiers(file: OpenedFile, known: set[Path]) -> dict[str, Path]:
    """Return the TIFF files beside ``file`` that no name leads to, by identifier."""
    beside = [path for path in sorted(file.path.parent.iterdir()) if path.is_file()]
    if len(beside) > _MOST_SEARCHED:
        return {}
    found: dict[str, Path] = {}
    for path in beside:
        if path == file.path or path in known:
            continue
        try:
            member = file.member(path)
        except UnreadableFileError:
            continue
        if member.head[:4] in TIFF_MAGIC:
            identifier = identifier_in(ome_text(member) or b"")
            if identifier:
                found.setdefault(identifier, path)
    return found
