"""CodeMeta: the description of software as JSON-LD."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.address import document_iri
from fair_imagic.documents.kind import Kind, Reading
from fair_imagic.documents.translation import translation_of
from fair_imagic.documents.tree_path import pointer_text
from fair_imagic.gaps import Gap
from fair_imagic.i18n import both
from fair_imagic.resources import folder

if TYPE_CHECKING:
    from fair_imagic.documents.content import Content

__all__ = ["KIND", "NAMESPACE", "READ_VERSION", "SCHEMA", "declared_version", "terms"]

NAMESPACE = "https://doi.org/10.5063/SCHEMA/CODEMETA-2.0"
"""Version 2.0, the last one that the deposit server of Software Heritage reads."""

READ_VERSION = "2.0"
SCHEMA = "http://schema.org/"
_VERSION = re.compile(r"codemeta[-/](\d\.\d)")
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
        label=str(content.json.get("name") or content.name),
        form=content.json,
        where=lambda place: f"{content.name}, {place}",
    )


def declared_version(context: object) -> str | None:
    """Return the version of CodeMeta that a context names.

    None where the document brings terms of its own: no rule can know those. A context
    without a version, or schema.org alone, counts as the version that is read.
    """
    listed = context if isinstance(context, list) else [context]
    if not all(isinstance(one, str) for one in listed):
        return None
    for one in listed:
        match = _VERSION.search(str(one).lower())
        if match is not None:
            return match[1]
    return READ_VERSION


@cache
def terms(version: str) -> frozenset[str]:
    """Return the terms of a version of CodeMeta."""
    path = folder("mappings") / "standards" / "codemeta-terms.tsv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return frozenset(row["term"] for row in rows if version in row["versions"].split())


_GAPS = (
    Gap(
        "other-properties",
        both(
            "Of the software only title, description, version, licence, keywords and "
            "authors are read; of dates, identifiers, people and names of properties "
            "only what the deposit server refuses is told, and the rest (repository, "
            "funding, references) is not judged"
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
    rules="fair_imagic.publish.software_heritage.document:document_points",
    order=20,
    gaps=_GAPS,
)
