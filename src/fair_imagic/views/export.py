"""The records of a set or collection as a document that other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.model import exchange_json, with_public_types
from fair_imagic.rdf import to_jsonld, to_turtle
from fair_imagic.workflow.checking.subject import find_subject, snapshot_of

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["export_text"]


def export_text(
    workspace: Workspace, name: str, *, form: str = "json", public: bool = False
) -> str:
    """Return a set, collection or microscope and all that it reaches as a text.

    ``json`` is a LinkML document of ``schema/records.yaml``; Turtle and JSON-LD name
    public types too. ``public`` leaves out what never leaves the house. Raises
    NotFoundError for a name that nothing has.
    """
    record = find_subject(workspace, name, kinds=("set", "collection", "instrument"))
    snapshot = snapshot_of(workspace, record)
    graph = snapshot.public_graph if public else snapshot.graph
    if form == "json":
        return exchange_json(graph)
    statements = sorted(set(with_public_types(graph.triples)))
    return to_turtle(statements) if form == "turtle" else to_jsonld(statements)
