"""Files and folders as they lie on the disk, where somebody looked there.

Whoever asks for a check says what became of a file or of a folder of scripts
(``fi:storedState``), and of a storage root that is not mounted (``fi:absentStorage``);
where nobody looked, nothing is said.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fair_imagic.checks.node_tests import facts
from fair_imagic.rdf import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

    NodeTest = Callable[[RecordGraph, str], Iterator[Term | None]]

__all__ = ["CHANGED", "MISSING", "TESTS"]

MISSING = "missing"
CHANGED = "changed"


def _is_not(graph: RecordGraph, focus: str, *, state: str) -> Iterator[Term | None]:
    """Yield the path of a file (nothing for a folder) that is in this state."""
    found = facts.values(graph, focus, "fi:storedState")
    if state in map(text_of, found):
        yield facts.first(graph, focus, "fi:path")


def _storage(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield the name of the storage root that is not there, with this file in it."""
    yield from facts.values(graph, focus, "fi:absentStorage")


def _version(
    graph: RecordGraph, focus: str, *, published: bool
) -> Iterator[Term | None]:
    """Yield the changes of the files that came before, or after, a publication."""
    after = facts.values(graph, focus, "fi:changedSincePublication")
    for change in facts.values(graph, focus, "fi:changedFile"):
        if (change in after) is published:
            yield change


TESTS: dict[str, NodeTest] = {
    "file-is-there": partial(_is_not, state=MISSING),
    "file-storage-is-there": _storage,
    "file-is-unchanged": partial(_is_not, state=CHANGED),
    "file-version-is-seen": partial(_version, published=False),
    "published-file-is-unchanged": partial(_version, published=True),
    "folder-is-there": partial(_is_not, state=MISSING),
    "folder-is-unchanged": partial(_is_not, state=CHANGED),
    "folder-is-accepted": partial(_is_not, state="refused"),
    "folder-is-unpacked": partial(_is_not, state="only-an-archive"),
    "folder-has-licence": partial(_is_not, state="no-licence"),
    "folder-has-readme": partial(_is_not, state="no-readme"),
}
