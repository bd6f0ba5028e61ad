"""CodeMeta: the description of software as JSON-LD."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.documents.address import document_iri
from fair_imagic.documents.kind import Document, Kind
from fair_imagic.documents.select import pointer_text
from fair_imagic.documents.translation import mapped

if TYPE_CHECKING:
    from fair_imagic.documents.content import Content

__all__ = ["KIND"]

_TYPES = {"SoftwareSourceCode", "SoftwareApplication"}


def _recognise(content: Content) -> bool:
    if not content.is_json or not isinstance(content.json, dict):
        return False
    value = content.json
    if "@context" not in value or "@graph" in value:
        return False
    return _is_known(value["@context"]) and _has_type(value)


def _is_known(context: object) -> bool:
    listed = context if isinstance(context, list) else [context]
    texts = [one.lower() for one in listed if isinstance(one, str)]
    return any("codemeta" in one or "schema.org" in one for one in texts)


def _has_type(value: dict[str, Any]) -> bool:
    found = value.get("@type", value.get("type"))
    names = found if isinstance(found, list) else [found]
    return any(str(one).rpartition(":")[2] in _TYPES for one in names)


def _read(content: Content) -> Document:
    found = mapped(
        "codemeta",
        content.json,
        base=document_iri(content.name),
        where=lambda pointer: f"{content.name}, {pointer_text(pointer) or '/'}",
    )
    return Document(
        name=content.name,
        snapshot=found.snapshot,
        profiles=("software-heritage",),
        places=found.places,
        asked=found.asked,
    )


KIND = Kind("codemeta", lambda: "CodeMeta", _recognise, _read)
