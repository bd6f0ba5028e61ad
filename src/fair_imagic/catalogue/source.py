"""Sources: the artefacts that statements come from, and which one prevails."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Source", "SourceKind"]


class SourceKind(StrEnum):
    """What kind of artefact says something; a higher level replaces a lower one."""

    DEFAULT = "default"
    FILE = "file"
    INSTRUMENT = "instrument"
    SETTINGS = "settings"
    RULE = "rule"
    TABLE = "table"
    PERSON = "person"

    @property
    def level(self) -> int:
        """Return the rank. A table is as good as a person: the latest prevails."""
        return _LEVELS[self]


_LEVELS = {
    SourceKind.DEFAULT: 0,
    SourceKind.FILE: 1,
    SourceKind.INSTRUMENT: 2,
    SourceKind.SETTINGS: 3,
    SourceKind.RULE: 4,
    SourceKind.TABLE: 5,
    SourceKind.PERSON: 5,
}


@dataclass(frozen=True)
class Source:
    """One artefact: a file version, a table upload, one person's change, ...

    ``time`` is ISO text; ``sha256`` belongs to files and tables.
    """

    iri: str
    kind: SourceKind
    label: str
    sha256: str | None = None
    time: str | None = None
