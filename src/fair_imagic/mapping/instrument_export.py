"""A microscope record as a file that the Micro-Meta App reads.

The document that was imported is the ground: only what the record says otherwise is
written over it, so that drawing state, links and fields unknown here come back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic.mapping.component_document import new_component, place_values
from fair_imagic.mapping.instrument_record import describe
from fair_imagic.mapping.json_text import json_text
from fair_imagic.mapping.micrometa import MODEL_VERSION, Json, Number, parse_micrometa
from fair_imagic.model.graph import RecordGraph
from fair_imagic.model.slots import class_for
from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.rdf import Triple

__all__ = ["export_instrument"]

_COMPONENT = expand("nboq:component")


def export_instrument(
    root: str, statements: Iterable[Triple], *, document: str = ""
) -> str:
    """Return the record ``root`` as the text of a Micro-Meta App file.

    ``document`` is the text of the file it was imported from; without one the file
    holds what the record says. Values that did not change keep their text.
    """
    content = parse_micrometa(document, Path("document")) if document else _fresh(root)
    before = describe(content, root)
    was = RecordGraph(one.triple for one in before.statements)
    now = RecordGraph(statements)
    parts = dict(before.parts)
    _add_components(content, root, now=now, parts=parts)
    for subject in [one for one in now.subjects if one in parts]:
        place_values(subject, was=was, now=now, parts=parts)
    _drop_components(content, root, was=was, now=now, parts=parts)
    return json_text(content) + "\n"


def _fresh(root: str) -> dict[str, Json]:
    return {
        "Name": root.rpartition("/")[2],
        "Schema_ID": "Instrument.json",
        "ID": root.rpartition("/")[2],
        "Tier": Number("1"),
        "ValidationTier": Number("1"),
        "ModelVersion": MODEL_VERSION,
        "components": [],
        "linkedFields": {},
    }


def _linked(graph: RecordGraph, root: str) -> list[str]:
    return [text_of(term) for term in graph.values(root, _COMPONENT)]


def _add_components(
    content: dict[str, Json],
    root: str,
    *,
    now: RecordGraph,
    parts: dict[str, dict[str, Json]],
) -> None:
    """Add the components that the document does not have."""
    for subject in sorted(one for one in _linked(now, root) if one not in parts):
        found = next(filter(None, map(class_for, now.types(subject))), None)
        if found is None:
            continue
        parts[subject] = new_component(subject, found, now)
        if "MicroscopeStand" in found.ancestors and not content.get("MicroscopeStand"):
            content["MicroscopeStand"] = parts[subject]
            continue
        listed = content.setdefault("components", [])
        if isinstance(listed, list):
            listed.append(parts[subject])


def _drop_components(
    content: dict[str, Json],
    root: str,
    *,
    was: RecordGraph,
    now: RecordGraph,
    parts: dict[str, dict[str, Json]],
) -> None:
    """Leave out the components that the record has no more, and their links."""
    gone = set(_linked(was, root)) - set(_linked(now, root))
    objects = [parts[one] for one in gone if one in parts]
    listed = content.get("components")
    if isinstance(listed, list):
        # by identity: two components may be equal
        content["components"] = [
            part for part in listed if not any(part is one for one in objects)
        ]
    if any(content.get("MicroscopeStand") is one for one in objects):
        del content["MicroscopeStand"]
    names = tuple(one.partition("#")[2] for one in gone)
    fields = content.get("linkedFields")
    if names and isinstance(fields, dict):
        kept = {k: v for k, v in fields.items() if not k.endswith(names)}
        content["linkedFields"] = kept
