"""Lists for pages: one query of the internal index, its rows as texts."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from fair_imagic.errors import ConflictError
from fair_imagic.rdf import text_of

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["rows"]

# What a command beside the service has just appended is waited for, but not for long.
_WAIT_S = 2


def rows(workspace: Workspace, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT query, unbound values as empty texts."""
    catalogue = workspace.catalogue
    with contextlib.suppress(ConflictError):
        catalogue.wait_projected(catalogue.last_number(), timeout_s=_WAIT_S)
    return [
        tuple("" if term is None else text_of(term) for term in row)
        for row in catalogue.rows(query)
    ]
