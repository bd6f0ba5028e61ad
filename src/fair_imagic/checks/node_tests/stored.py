"""Files as they lie on the disk, where the check was asked to look there.

Whoever asks for a check says what became of a file (``fi:storedState``); where nobody
looked, nothing is said.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fair_imagic.checks.node_tests import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["CHANGED", "MISSING", "TESTS"]

MISSING = "missing"
CHANGED = "changed"


def _is_not(graph: RecordGraph, focus: str, *, state: str) -> Iterator[Term | None]:
    """Yield the path of a file that is in this state."""
    if said.text(graph, focus, "fi:storedState") == state:
        yield said.first(graph, focus, "fi:path")


TESTS = {
    "file-is-there": partial(_is_not, state=MISSING),
    "file-is-unchanged": partial(_is_not, state=CHANGED),
}
