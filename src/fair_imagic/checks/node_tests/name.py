"""Names of files: what disks and archives do not take, or cannot tell apart."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from fair_imagic.checks.node_tests import facts
from fair_imagic.files import archive_name
from fair_imagic.rdf import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS"]

_PATH = "fi:path"
# Windows takes these for devices, with any ending.
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\.|\Z)", re.IGNORECASE
)
_REFUSED = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
_LONGEST_PART_BYTES = 255
# Windows programs open 260 characters, the drive and the folder above included.
_LONGEST_PATH = 200


def _portable(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield a path with a part that cannot be made on every computer."""
    for term in facts.values(graph, focus, _PATH):
        if any(_is_refused(part) for part in PurePosixPath(text_of(term)).parts):
            yield term


def _is_refused(part: str) -> bool:
    if part in ("/", ".", ".."):
        return part != "/"
    ends_badly = part != part.rstrip(". ")
    return bool(_REFUSED.search(part) or _RESERVED.match(part)) or ends_badly


def _short(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield a path that is too long for a disk or for programs."""
    for term in facts.values(graph, focus, _PATH):
        path = text_of(term)
        parts = PurePosixPath(path).parts
        too_wide = any(len(part.encode()) > _LONGEST_PART_BYTES for part in parts)
        if too_wide or len(path) > _LONGEST_PATH:
            yield term


def _apart(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield paths of a set that a disk cannot tell from another one of the set."""
    return _clashes(graph, focus, seen_as=_as_on_disk)


def _apart_after_renaming(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield paths that only the archive's rules for names make equal."""
    already = set(_apart(graph, focus))
    renamed = _clashes(graph, focus, seen_as=lambda path: archive_name(path).lower())
    return (term for term in renamed if term not in already)


def _as_on_disk(path: str) -> str:
    return unicodedata.normalize("NFC", path).lower()


def _clashes(
    graph: RecordGraph, focus: str, *, seen_as: Callable[[str], str]
) -> Iterator[Term | None]:
    first: dict[str, str] = {}
    for file, path in _paths(graph, focus):
        if first.setdefault(seen_as(text_of(path)), file) != file:
            yield path


def _paths(graph: RecordGraph, focus: str) -> Iterator[tuple[str, Term]]:
    """Yield each file of a set with its path, image by image."""
    for image in facts.links(graph, focus, "dcterms:hasPart"):
        for fileset in facts.links(graph, image, "fi:fileset"):
            for file in facts.links(graph, fileset, "fi:file"):
                for path in facts.values(graph, file, _PATH)[:1]:
                    yield file, path


TESTS = {
    "file-name-portable": _portable,
    "file-name-short": _short,
    "file-names-apart": _apart,
    "file-names-apart-in-archive": _apart_after_renaming,
}
