"""Who speaks: the sources of what a person enters, directly or in a table."""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Source, SourceKind, actors
from fair_imagic.entry.character import cleaned

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["default_author", "person_source", "table_source"]


def default_author() -> str:
    """Return ``FAIR_IMAGIC_AUTHOR``, else the name of the account in use."""
    named = cleaned(os.environ.get("FAIR_IMAGIC_AUTHOR", "")).text
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def person_source(workspace: Workspace, author: str) -> Source:
    """Return the source of what a person enters: it tells nobody who that is."""
    catalogue = workspace.catalogue
    actor = actors.in_use(catalogue.database, author, write=catalogue.writes)
    return Source(
        iri=workspace.mint("source", f"person-{actor}"),
        kind=SourceKind.PERSON,
        label=author,
    )


def table_source(workspace: Workspace, *, sha256: str, label: str) -> Source:
    """Return the source of what a table says; the same content is the same source."""
    return Source(
        iri=workspace.mint("source", f"table-{sha256[:16]}"),
        kind=SourceKind.TABLE,
        label=label,
        sha256=sha256,
    )
