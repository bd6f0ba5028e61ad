"""Stand-ins: images that take the place of others are described like them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.model.personal import tells_of_people
from fair_imagic.rdf import expand, is_iri, text_of

if TYPE_CHECKING:
    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.edits import Edits
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["describe_like"]

# What a stand-in says of itself, or what holds of the image it stands for only.
_OWN = frozenset(
    expand(name)
    for name in (
        "dcterms:isPartOf",
        "fi:contentKind",
        "fi:fileset",
        "fi:goneFromFile",
        "fi:measure",
        "fi:recordContradiction",
        "fi:seriesIndex",
        "fi:standsFor",
        "prov:wasDerivedFrom",
        "prov:wasGeneratedBy",
    )
)
_MEASURE = "#measure-"


def describe_like(
    workspace: Workspace, edits: Edits, image: str, original: str
) -> None:
    """Say of an image what is known of another, but no text about people."""
    values: dict[str, list[tuple[str, str]]] = {}
    for triple in workspace.catalogue.effective(original):
        subject, path, value = _moved(triple, original, image)
        is_own = path in _OWN if subject == image else _MEASURE in subject
        if is_own or (not is_iri(value) and tells_of_people(text_of(value))):
            continue
        values.setdefault(subject, []).append((path, value))
    for subject, pairs in values.items():
        edits.put(subject, pairs)


def _moved(triple: Triple, old: str, new: str) -> tuple[str, str, str]:
    """Return a statement about a record or its parts as one about another record."""
    subject, path, value = triple
    part = f"<{old}#"
    moved = f"<{new}#{value[len(part) :]}" if value.startswith(part) else value
    return new + text_of(subject).removeprefix(old), text_of(path), moved
