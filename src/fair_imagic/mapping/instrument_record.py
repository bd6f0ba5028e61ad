"""A microscope of the Micro-Meta App as statements about an instrument."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.i18n import _
from fair_imagic.mapping.component_values import (
    WrittenUnit,
    link_target,
    terms_for,
    written_unit,
)
from fair_imagic.mapping.image import MappedStatement
from fair_imagic.mapping.micrometa import (
    Json,
    flattened,
    is_drawing,
    load_micrometa,
    text_of_json,
)
from fair_imagic.model.identifiers import mint, slug
from fair_imagic.model.slots import (
    class_named,
    class_names,
    schema_source,
    slot_for_field,
    slots_of,
)
from fair_imagic.rdf import iri, literal
from fair_imagic.readers.base import RawFact

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.model.slots import Slot
    from fair_imagic.rdf import Term

__all__ = ["InstrumentRecord", "read_instrument"]

# Keys that say which form was filled in, not what the part is.
_FORM_KEYS = {
    "Schema_ID",
    "Tier",
    "ValidationTier",
    "ModelVersion",
    "AppVersion",
    "Extension",
    "Domain",
    "Category",
}


@dataclass(frozen=True)
class InstrumentRecord:
    """What a microscope file says.

    ``facts`` are the values that have no place in the model, ``problems`` sentences
    for a person about them; ``identifier`` is the file's own.
    """

    iri: str
    name: str
    identifier: str
    statements: tuple[MappedStatement, ...]
    facts: tuple[RawFact, ...]
    problems: tuple[str, ...]


@dataclass
class _Collected:
    instrument: str
    component_ids: frozenset[str]
    statements: list[MappedStatement] = field(default_factory=list)
    facts: list[RawFact] = field(default_factory=list)
    problems: dict[str, None] = field(default_factory=dict)

    def say(self, subject: str, predicate: str, value: Term, place: str) -> None:
        triple = (iri(subject), iri(predicate), value)
        self.statements.append(MappedStatement(triple, place, f"micrometa:{place}"))

    def keep(self, owner: str, key: str, value: Json, place: str) -> None:
        for where, text in flattened(value, place):
            name = f"micrometa:{owner}.{key}{where.removeprefix(place)}"
            self.facts.append(RawFact(name, text, None, where))


def read_instrument(
    path: Path, *, base_iri: str = "", instrument_iri: str | None = None
) -> InstrumentRecord:
    """Return the microscope that a Micro-Meta App file describes.

    Without ``instrument_iri`` one is made from ``base_iri`` and the name. Components
    are ``{instrument}#{their ID}``. Raises
    :class:`~fair_imagic.errors.InputError` for other files.
    """
    document = load_micrometa(path)
    name = text_of_json(document.get("Name")) or path.name.partition(".")[0]
    root = instrument_iri or mint(base_iri, "instrument", name)
    identifier = text_of_json(document.get("ID")) or ""
    components = _components(document)
    known = frozenset(part_id for part_id, _part, _place in components)
    collected = _Collected(root, known)
    collected.say(root, "rdf:type", iri("nboq:Instrument"), "Schema_ID")
    if "Name" not in document:
        collected.say(root, "dcterms:title", literal(name), "file name")
    _own_values(document, collected)
    for part_id, part, place in components:
        _component(part_id, part, place, collected)
    return InstrumentRecord(
        iri=root,
        name=name,
        identifier=identifier,
        statements=tuple(dict.fromkeys(collected.statements)),
        facts=tuple(collected.facts),
        problems=tuple(collected.problems),
    )


def _components(
    document: dict[str, Json],
) -> list[tuple[str, dict[str, Json], str]]:
    """Return identifier, content and place of the stand and all components."""
    listed = document.get("components")
    parts: list[tuple[Json, str]] = [
        (part, f"components[{number}]")
        for number, part in enumerate(listed if isinstance(listed, list) else [])
    ]
    stand = document.get("MicroscopeStand")
    if stand is not None:
        parts.insert(0, (stand, "MicroscopeStand"))
    found: dict[str, tuple[str, dict[str, Json], str]] = {}
    for part, place in parts:
        if isinstance(part, dict):
            part_id = (text_of_json(part.get("ID")) or "").strip()
            if not part_id or part_id in found:
                part_id = slug(place)
            found[part_id] = (part_id, part, place)
    return list(found.values())


def _own_values(document: dict[str, Json], collected: _Collected) -> None:
    for key, value in document.items():
        if key in ("components", "MicroscopeStand", "Schema_ID") or is_drawing(key):
            continue
        slot = slot_for_field("Instrument", key)
        text = text_of_json(value)
        if slot is None or text is None:
            collected.keep("Instrument", key, value, key)
        else:
            _value(collected.instrument, slot, value, None, (collected, key))


def _component(
    part_id: str, part: dict[str, Json], place: str, collected: _Collected
) -> None:
    schema = text_of_json(part.get("Schema_ID")) or ""
    source = schema_source(schema)
    if source is None:
        kind = schema.removesuffix(".json") or _("(none)")
        collected.problems[
            _("The model has no {kind} yet; its values are kept as they are").format(
                kind=kind
            )
        ] = None
        collected.keep(kind, f"{place}", part, place)
        return
    subject = f"{collected.instrument}#{part_id}"
    collected.say(collected.instrument, "nboq:component", iri(subject), place)
    _described(subject, source.class_name, part, (collected, place))
    slots = {slot.name: slot for slot in slots_of(source.class_name)}
    for name, word in source.values.items():
        where = f"{place}.Schema_ID"
        collected.say(subject, slots[name].iri, literal(word), where)


def _described(
    subject: str,
    class_name: str,
    part: dict[str, Json],
    target: tuple[_Collected, str],
) -> None:
    """Say the type and the values of a component or of a part of one."""
    collected, place = target
    type_iri = class_named(class_name).iri
    collected.say(subject, "rdf:type", iri(type_iri), f"{place}.Schema_ID")
    units = {slot.unit_slot for slot in slots_of(class_name)}
    for key, value in part.items():
        if key in _FORM_KEYS or is_drawing(key) or value is None:
            continue
        slot = slot_for_field(class_name, key)
        if slot is None:
            _unknown(class_name, key, value, target)
        elif slot.name not in units:
            unit = written_unit(slot, class_name, part)
            _value(subject, slot, value, unit, (collected, f"{place}.{key}"))


def _unknown(
    class_name: str, key: str, value: Json, target: tuple[_Collected, str]
) -> None:
    collected, place = target
    collected.keep(class_name, key, value, f"{place}.{key}")
    if text_of_json(value) != "na":  # written by the application: nothing linked
        message = _("{kind} has no field {field} in the model; its value is kept")
        collected.problems[message.format(kind=class_name, field=key)] = None


def _value(
    subject: str,
    slot: Slot,
    value: Json,
    unit: WrittenUnit | None,
    target: tuple[_Collected, str],
) -> None:
    collected, where = target
    if slot.part:
        _parts(subject, slot, value, target)
        return
    owner = subject.partition("#")[2]
    text = text_of_json(value)
    if text is None:
        collected.keep(owner, slot.name, value, where)
        return
    found = terms_for(text, slot, unit)
    for predicate, term in found:
        collected.say(subject, predicate, term, where)
    if not found and text.strip():
        collected.keep(owner, slot.name, value, where)
        message = _("The unit of {field} cannot be converted; its value is kept")
        collected.problems[message.format(field=where)] = None


def _parts(
    subject: str, slot: Slot, value: Json, target: tuple[_Collected, str]
) -> None:
    """Say the links to other components and the parts described in place."""
    collected, place = target
    many = value if isinstance(value, list) else [value]
    for number, item in enumerate(many):
        where = f"{place}[{number}]" if isinstance(value, list) else place
        if isinstance(item, dict) and slot.range in class_names():
            part = f"{subject}-{slot.name}-{number}"
            collected.say(subject, slot.iri, iri(part), where)
            _described(part, slot.range, item, (collected, where))
            continue
        text = text_of_json(item)
        linked = link_target(text or "", collected.component_ids)
        if linked is not None:
            part = f"{collected.instrument}#{linked}"
            collected.say(subject, slot.iri, iri(part), where)
        else:
            collected.keep(subject.partition("#")[2], slot.name, item, where)
            if text not in ("na", "", None):
                message = _("{field} refers to {found}, which is not there")
                collected.problems[message.format(field=where, found=text)] = None
