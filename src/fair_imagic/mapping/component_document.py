"""The values of one component, written into its object of a microscope's document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.entry.unit import converted, qudt_unit, written_unit_for
from fair_imagic.mapping.micrometa import MODEL_VERSION, Number, text_of_json
from fair_imagic.model.slots import (
    class_for,
    class_names,
    schema_source,
    schemas_of,
    slots_of,
)
from fair_imagic.rdf import curie, expand, is_iri, text_of

if TYPE_CHECKING:
    from fair_imagic.mapping.micrometa import Json
    from fair_imagic.model.graph import RecordGraph
    from fair_imagic.model.slots import ModelClass, Slot
    from fair_imagic.rdf import Term

__all__ = ["new_component", "place_values"]

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")
# How the application's users write that they have no answer: DataCite's codes.
_NO_ANSWER = {
    expand("fi:unknown"): ":unav",
    expand("fi:notApplicable"): ":unap",
    expand("fi:withheld"): ":unal",
}
_Parts = dict[str, dict[str, "Json"]]


def new_component(
    subject: str, model_class: ModelClass, graph: RecordGraph
) -> dict[str, Json]:
    """Return the object of a component that the document does not have yet."""
    found: dict[str, Json] = {
        "ID": subject.partition("#")[2],
        "Tier": Number(str(model_class.tier or 1)),
        "Schema_ID": _schema_of(subject, model_class, graph),
        "ModelVersion": MODEL_VERSION,
    }
    return found


def _schema_of(subject: str, model_class: ModelClass, graph: RecordGraph) -> str:
    """Return the schema whose implied values (as the light path) the component has."""
    slots = {slot.name: slot for slot in slots_of(model_class.name)}
    for schema_id, implied in schemas_of(model_class.name).items():
        if all(
            word in map(text_of, graph.values(subject, slots[name].iri))
            for name, word in implied.items()
            if name in slots
        ):
            return schema_id
    return next(iter(schemas_of(model_class.name)), f"{model_class.name}.json")


def place_values(
    subject: str, *, was: RecordGraph, now: RecordGraph, parts: _Parts
) -> None:
    """Write what the record says now, and the document did not, into its object.

    ``parts`` are the document's objects by subject; new ones are added.
    """
    model_class = next(filter(None, map(class_for, now.types(subject))), None)
    if model_class is None:
        return
    implied = _implied(parts[subject])
    units = {slot.unit_slot for slot in slots_of(model_class.name)}
    for slot in slots_of(model_class.name):
        if slot.field is None or slot.name in units or slot.name in implied:
            continue
        before = was.values(subject, slot.iri)
        after = now.values(subject, slot.iri)
        if set(before) == set(after):
            if slot.part:
                _inner(subject, slot, after, was=was, now=now, parts=parts)
        elif slot.part:
            _place_parts(subject, slot, after, was=was, now=now, parts=parts)
        else:
            _place(parts[subject], model_class.name, slot, after)


def _implied(part: dict[str, Json]) -> frozenset[str]:
    source = schema_source(text_of_json(part.get("Schema_ID")) or "")
    return frozenset(source.values) if source is not None else frozenset()


def _inner(
    subject: str,
    slot: Slot,
    terms: list[Term],
    *,
    was: RecordGraph,
    now: RecordGraph,
    parts: _Parts,
) -> None:
    """Write the values of the parts described in place."""
    for inner in map(text_of, terms):
        if inner in parts and _in_place(subject, slot, inner):
            place_values(inner, was=was, now=now, parts=parts)


def _place(
    part: dict[str, Json], class_name: str, slot: Slot, terms: list[Term]
) -> None:
    """Write the values of a simple field; none where there is none any more."""
    key = slot.field or slot.name
    was_text = isinstance(part.get(key), str) and not isinstance(part[key], Number)
    texts = [(term, text_of(term)) for term in terms]
    if slot.unit is not None:
        texts = [(term, _in_unit(part, class_name, slot, text)) for term, text in texts]
    values = [_json(term, text, slot, as_text=was_text) for term, text in texts]
    found = [value for value in values if value is not None]
    if not found:
        part.pop(key, None)
    else:
        part[key] = list(found) if slot.multivalued else found[0]


def _json(term: Term, text: str, slot: Slot, *, as_text: bool) -> Json:
    kind = (slot.datatype or "").rpartition("#")[2]
    plain = kind in ("string", "") and not slot.values
    if is_iri(term) and text in _NO_ANSWER:
        return _NO_ANSWER[text] if plain or as_text else None
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    if kind in ("decimal", "integer", "float", "double", "nonNegativeInteger"):
        return text if as_text or not _NUMBER.match(text) else Number(text)
    return text


def _in_unit(part: dict[str, Json], class_name: str, slot: Slot, text: str) -> str:
    """Return the number in the unit that the document writes, which is kept."""
    companion = next(
        (one for one in slots_of(class_name) if one.name == slot.unit_slot), None
    )
    if companion is None or companion.field is None or slot.unit is None:
        return text
    own = curie(slot.unit)
    written = text_of_json(part.get(companion.field)) or ""
    there = qudt_unit(written)
    back = converted(text, own, to=there) if there is not None else None
    if back is not None:
        return back
    part[companion.field] = written_unit_for(own)
    return text


def _place_parts(
    subject: str,
    slot: Slot,
    terms: list[Term],
    *,
    was: RecordGraph,
    now: RecordGraph,
    parts: _Parts,
) -> None:
    """Write the links to components, and the parts described in place."""
    key = slot.field or slot.name
    held = parts[subject].get(key)
    found: list[Json] = []
    for term in terms:
        inner = text_of(term)
        if _in_place(subject, slot, inner):
            part = parts.setdefault(inner, {})
            place_values(inner, was=was, now=now, parts=parts)
            found.append(part)
        else:
            found.append(_link(inner, slot, now))
    if not found:
        if slot.range in class_names() and isinstance(held, str):
            parts[subject][key] = "na"  # what the application writes for no link
        else:
            parts[subject].pop(key, None)
    else:
        many = isinstance(held, list) or (held is None and slot.multivalued)
        parts[subject][key] = found if many else found[0]


def _in_place(subject: str, slot: Slot, inner: str) -> bool:
    return inner.startswith(f"{subject}-{slot.name}-")


def _link(inner: str, slot: Slot, now: RecordGraph) -> str:
    found = next(filter(None, map(class_for, now.types(inner))), None)
    name = found.name if found is not None else slot.range
    return f"{name}/{inner.partition('#')[2]}"
