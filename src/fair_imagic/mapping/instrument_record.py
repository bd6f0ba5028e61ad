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
    MODEL_VERSION,
    Json,
    flattened,
    is_drawing,
    is_later_version,
    micrometa_text,
    parse_micrometa,
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

__all__ = ["Described", "InstrumentRecord", "describe", "read_instrument"]

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
    for a person about them, each with the place in the file that it is about;
    ``identifier`` is the file's own, ``document`` the file's text.
    """

    iri: str
    name: str
    identifier: str
    statements: tuple[MappedStatement, ...]
    facts: tuple[RawFact, ...]
    problems: tuple[str, ...]
    document: str = ""


@dataclass(frozen=True)
class Described:
    """A document in the model's terms; ``parts`` are its objects by subject IRI."""

    statements: tuple[MappedStatement, ...]
    facts: tuple[RawFact, ...]
    problems: tuple[str, ...]
    parts: dict[str, dict[str, Json]]


@dataclass
class _Collected:
    instrument: str
    component_ids: frozenset[str]
    parts: dict[str, dict[str, Json]] = field(default_factory=dict)
    statements: list[MappedStatement] = field(default_factory=list)
    facts: list[RawFact] = field(default_factory=list)
    problems: dict[str, None] = field(default_factory=dict)

    def say(self, subject: str, predicate: str, value: Term, place: str) -> None:
        triple = (iri(subject), iri(predicate), value)
        self.statements.append(MappedStatement(triple, place, f"micrometa:{place}"))

    def tell(self, place: str, problem: str) -> None:
        self.problems[f"{place}: {problem}"] = None

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
    text = micrometa_text(path)
    document = parse_micrometa(text, path)
    name = text_of_json(document.get("Name")) or path.name.partition(".")[0]
    root = instrument_iri or mint(base_iri, "instrument", name)
    found = describe(document, root, name=name)
    return InstrumentRecord(
        iri=root,
        name=name,
        identifier=text_of_json(document.get("ID")) or "",
        statements=found.statements,
        facts=found.facts,
        problems=found.problems,
        document=text,
    )


def describe(document: dict[str, Json], root: str, *, name: str = "") -> Described:
    """Return what a microscope's document says about the instrument ``root``.

    ``name`` is its title where the document has none.
    """
    collected = _Collected(root, frozenset())
    components = _components(document, collected)
    collected.component_ids = frozenset(part_id for part_id, _p, _w in components)
    collected.parts[root] = document
    collected.say(root, "rdf:type", iri("nboq:Instrument"), "Schema_ID")
    if "Name" not in document and name:
        collected.say(root, "dcterms:title", literal(name), "file name")
    _version_known(document, "", collected)
    _own_values(document, collected)
    for part_id, part, place in components:
        _component(part_id, part, place, collected)
    return Described(
        statements=tuple(dict.fromkeys(collected.statements)),
        facts=tuple(collected.facts),
        problems=tuple(collected.problems),
        parts=collected.parts,
    )


def _version_known(part: dict[str, Json], place: str, collected: _Collected) -> None:
    version = text_of_json(part.get("ModelVersion")) or ""
    if is_later_version(version):
        message = _("model version {found} is later than {known}; all is kept").format(
            found=version, known=MODEL_VERSION
        )
        collected.tell(f"{place}.ModelVersion".lstrip("."), message)


def _components(
    document: dict[str, Json], collected: _Collected
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
            if part_id in found:
                message = _("the identifier {found} is that of {other} too")
                other = found[part_id][2]
                collected.tell(
                    f"{place}.ID", message.format(found=part_id, other=other)
                )
            if not part_id or part_id in found:
                part_id = slug(place)
            found[part_id] = (part_id, part, place)
        else:
            collected.tell(place, _("this is no component; it is kept as it is"))
            collected.keep("Instrument", place, part, place)
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
        message = _("the model has no {kind} yet; its values are kept as they are")
        collected.tell(f"{place}.Schema_ID", message.format(kind=kind))
        collected.keep(kind, f"{place}", part, place)
        return
    _version_known(part, place, collected)
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
    collected.parts[subject] = part
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
        collected.tell(f"{place}.{key}", message.format(kind=class_name, field=key))


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
        collected.tell(where, _unit_problem(slot, unit))
    elif slot.values and text.strip() not in slot.values and not _no_answer(found):
        message = _("{found} is not one of the values of {field}; it is kept")
        collected.tell(where, message.format(found=text, field=slot.field))


def _no_answer(found: list[tuple[str, Term]]) -> bool:
    return any(term.startswith("<") for _predicate, term in found)


def _unit_problem(slot: Slot, unit: WrittenUnit | None) -> str:
    message = _("the unit {unit} does not fit {field}; the value is kept")
    written = (unit.text if unit else None) or _("(none)")
    return message.format(unit=written, field=slot.field)


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
                message = _("it refers to {found}, which is not there")
                collected.tell(where, message.format(found=text))
