"""Record: what all generated classes of the model have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

__all__ = ["Record"]


@dataclass(frozen=True, kw_only=True)
class Record:
    """A described thing, named by its IRI; fields hold texts or tuples of texts."""

    class_iri: ClassVar[str] = ""

    iri: str
