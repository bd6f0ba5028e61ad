"""A result: one broken constraint, as the rest of the checks sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fair_imagic.rdf import Term

__all__ = ["Result"]


@dataclass(frozen=True)
class Result:
    """One broken constraint: the shape, the node, the value, the constraint's kind."""

    shape: str
    focus: str
    path: str
    value: Term | None
    component: str
    message: str
