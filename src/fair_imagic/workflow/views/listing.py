"""Lists for pages: one query of the internal index, its rows as texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.rdf import PREFIXES, text_of

if TYPE_CHECKING:
    from fair_imagic.workflow.workspace import Workspace

__all__ = ["rows"]

_PREFIXES = "".join(f"PREFIX {name}: <{base}>\n" for name, base in PREFIXES.items())
_TIMEOUT_S = 20


def rows(workspace: Workspace, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT query, unbound values as empty texts."""
    result = workspace.catalogue.query(
        _PREFIXES + query, scope="internal", timeout_s=_TIMEOUT_S
    )
    return [
        tuple("" if term is None else text_of(term) for term in row)
        for row in result.rows
    ]
