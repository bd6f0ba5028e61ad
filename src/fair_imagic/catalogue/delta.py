"""The difference between two effective records, safe for a store that changes text.

An RDF store keeps ``1.90`` and ``1.9`` as the same decimal: taking one out takes the
other out too. So a path that loses a literal gets all its values again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.catalogue.line import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.catalogue.line import Line

__all__ = ["Delta"]


@dataclass
class Delta:
    """Statements to take out of a store, and statements to put in after that."""

    removed: list[Line] = field(default_factory=list)
    added: list[Line] = field(default_factory=list)

    def record(self, old: Iterable[Line], new: Iterable[Line]) -> None:
        """Add what leads from one effective record to another."""
        before = set(old)
        if not before:
            self.added.extend(new)
            return
        after = set(new)
        gone = before - after
        self.removed.extend(gone)
        again = {path_of(line) for line in gone if not line.endswith("> .")}
        again |= {path_of(line) for line in gone if '"^^<' in line}
        self.added.extend(
            line for line in after if line not in before or path_of(line) in again
        )
