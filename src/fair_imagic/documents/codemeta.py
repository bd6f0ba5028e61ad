"""CodeMeta: the description of software as JSON-LD."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.documents.address import document_iri
from fair_imagic.documents.kind import Kind, Reading
from fair_imagic.documents.translation import translation_of
from fair_imagic.documents.tree_path import pointer_text
from fair_imagic.gaps import Gap
from fair_imagic.i18n import both

if TYPE_CHECKING:
    from fair_imagic.documents.content import Content

__all__ = ["KIND", "NAMESPACE", "SCHEMA"]

NAMESPACE = "https://doi.org/10.5063/SCHEMA/CODEMETA-2.0"
"""Version 2.0, the last one that the deposit server of Software Heritage reads."""

SCHEMA = "http://schema.org/"
_TYPES = {"SoftwareSourceCode", "SoftwareApplication"}


def _recognise(content: Content) -> bool:
    if not content.is_json or not isinstance(content.json, dict):
        return False
    value = content.json
    if "@context" not in value or "@graph" in value:
        return False
    return _is_fitting(value["@context"]) and _has_type(value)


def _is_fitting(context: object) -> bool:
    listed = context if isinstance(context, list) else [context]
    texts = [one.lower() for one in listed if isinstance(one, str)]
    return any("codemeta" in one or "schema.org" in one for one in texts)


def _has_type(value: dict[str, Any]) -> bool:
    kind = value.get("@type", value.get("type"))
    names = kind if isinstance(kind, list) else [kind]
    return any(str(one).rpartition(":")[2] in _TYPES for one in names)


def _read(content: Content) -> Reading:
    translation = translation_of(
        "codemeta",
        content.json,
        base=document_iri(content.name),
        where=lambda pointer: f"{content.name}, {pointer_text(pointer) or '/'}",
    )
    return Reading(
        name=content.name,
        root=translation.root,
        triples=translation.triples,
        places=translation.places,
        questions=translation.questions,
    )


_GAPS = (
    Gap(
        "other-properties",
        both(
            "Of the software only title, description, version, licence, keywords and "
            "authors are read; repository, funding, references and the rest are not "
            "judged"
        ),
    ),
    Gap(
        "names-with-prefix",
        both(
            "Names are read as CodeMeta writes them: a name with a prefix "
            "(schema:name) or a full address counts as missing"
        ),
    ),
)

KIND = Kind(
    "codemeta",
    title=lambda: "CodeMeta",
    recognise=_recognise,
    read=_read,
    profiles=("software-heritage",),
    order=20,
    gaps=_GAPS,
)
