"""The LinkML schema as plain data, with everything inherited filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from linkml_runtime.linkml_model import (
        ClassDefinition,
        PermissibleValue,
        SlotDefinition,
    )
    from linkml_runtime.utils.schemaview import SchemaView

__all__ = ["Field", "Model", "Node", "load"]

_DATATYPES_OF_IRIS = frozenset({"uri", "uriorcurie", "curie"})


@dataclass(frozen=True, kw_only=True)
class Field:
    """One slot as one class has it; IRIs are written out."""

    name: str
    iri: str
    label: dict[str, str]
    description: dict[str, str]
    range: str
    kind: str
    datatype: str | None
    values: tuple[str, ...]
    value_labels: dict[str, dict[str, str]]
    multivalued: bool
    pattern: str | None
    minimum: str | None
    maximum: str | None
    unit: str | None
    unit_slot: str | None
    tier: int | None
    required: bool
    methods_text: bool
    public: bool
    unique: bool
    source: str | None
    above: str | None
    low: str | None
    high: str | None
    year: bool


@dataclass(frozen=True, kw_only=True)
class Node:
    """One class; ``ancestors`` are names, nearest first, mixins included."""

    name: str
    module: str
    iri: str
    label: dict[str, str]
    description: dict[str, str]
    record: bool
    context: bool
    personal: bool
    abstract: bool
    tier: int | None
    public_types: tuple[str, ...]
    parents: tuple[str, ...]
    ancestors: tuple[str, ...]
    generic: bool
    schemas: dict[str, dict[str, str]]
    fields: tuple[Field, ...]


@dataclass(frozen=True, kw_only=True)
class Model:
    """All classes by name, and the prefixes in use."""

    classes: dict[str, Node]
    prefixes: dict[str, str]


def load(path: Path) -> Model:
    """Return the schema whose root file is ``path`` (imports followed)."""
    from linkml_runtime.utils.schemaview import SchemaView

    view = SchemaView(str(path), importmap={})
    names = sorted(view.all_classes())
    prefixes = {name: p.prefix_reference for name, p in view.schema.prefixes.items()}
    held = {name: view.get_class(name, strict=True) for name in names}
    classes = {
        name: _node(view, definition)
        for name, definition in held.items()
        if not _is_true(_annotations(definition), "fi:exchange")
    }
    return Model(classes=classes, prefixes=prefixes)


def _node(view: SchemaView, definition: ClassDefinition) -> Node:
    name = str(definition.name)
    notes = _annotations(definition)
    parents = [*([definition.is_a] if definition.is_a else []), *definition.mixins]
    fields = [_field(view, slot) for slot in _slots(view, name)]
    return Node(
        name=name,
        module=str(view.in_schema(name)),
        iri=str(view.get_uri(definition, expand=True)),
        label=_label(definition, notes),
        description=_description(definition, notes),
        record=_is_true(notes, "fi:record"),
        context=_is_true(notes, "fi:context"),
        personal=_is_true(notes, "fi:personal"),
        abstract=bool(definition.abstract or definition.mixin),
        tier=_tier(notes),
        public_types=tuple(
            str(view.expand_curie(str(term))) for term in definition.broad_mappings
        ),
        parents=tuple(str(parent) for parent in parents),
        ancestors=tuple(map(str, view.class_ancestors(name, reflexive=False))),
        generic=_is_true(notes, "fi:generic"),
        schemas=_schemas(notes),
        fields=tuple(_with_unit_slots(fields)),
    )


def _slots(view: SchemaView, name: str) -> list[SlotDefinition]:
    """Return induced slots, those of the furthest ancestor first."""
    names: dict[str, None] = {}
    for ancestor in reversed(view.class_ancestors(name)):
        names |= dict.fromkeys(_own_slots(view.get_class(ancestor, strict=True)))
    induced = [view.induced_slot(slot, name) for slot in names]
    # the address of a record is no field of it: statements have it as their subject
    return [slot for slot in induced if not slot.identifier]


def _own_slots(definition: ClassDefinition) -> list[str]:
    """Return slots, then attributes; a rank of 21 puts one after the second slot."""
    ranks = {str(slot): 10 * place for place, slot in enumerate(definition.slots, 1)}
    last = 10 * len(ranks) + 10
    for name, attribute in definition.attributes.items():
        ranks[str(name)] = last if attribute.rank is None else int(attribute.rank)
    return sorted(ranks, key=ranks.__getitem__)


def _field(view: SchemaView, slot: SlotDefinition) -> Field:
    notes = _annotations(slot)
    range_name = str(slot.range)
    kind, datatype, values = _range(view, range_name)
    return Field(
        name=str(slot.name),
        iri=str(view.get_uri(slot, expand=True)),
        label=_label(slot, notes),
        description=_description(slot, notes),
        range=range_name,
        kind=kind,
        datatype=datatype,
        values=values,
        value_labels=_value_labels(view, (range_name, str(notes.get("fi:words", "")))),
        multivalued=bool(slot.multivalued),
        pattern=slot.pattern,
        minimum=_text(slot.minimum_value),
        maximum=_text(slot.maximum_value),
        unit=_unit(view, slot),
        unit_slot=None,
        tier=_tier(notes),
        required=_is_true(notes, "nboq:required"),
        methods_text=_is_true(notes, "nboq:mm"),
        public=str(notes.get("fi:public", "true")).lower() != "false",
        unique=_is_true(notes, "fi:unique"),
        source=_text(notes.get("nboq:field")),
        above=_text(notes.get("nboq:above")),
        low=_text(notes.get("nboq:low")),
        high=_text(notes.get("nboq:high")),
        year=_is_true(notes, "nboq:year"),
    )


def _range(view: SchemaView, name: str) -> tuple[str, str | None, tuple[str, ...]]:
    """Return the kind (class, enum or type), the datatype and the values."""
    if name in view.all_classes():
        return "class", None, ()
    if name in view.all_enums():
        permitted = view.get_enum(name, strict=True).permissible_values.values()
        meanings = [value.meaning for value in permitted]
        if meanings and all(meanings):
            return "enum", None, tuple(view.expand_curie(m) for m in meanings)
        string = view.expand_curie("xsd:string")
        return "enum", string, tuple(str(value.text) for value in permitted)
    if name in _DATATYPES_OF_IRIS:
        return "type", None, ()
    return "type", view.expand_curie(str(view.induced_type(name).uri)), ()


def _value_labels(
    view: SchemaView, names: tuple[str, ...]
) -> dict[str, dict[str, str]]:
    """Return the names of the values of lists by language, those that differ.

    Beside its range, a field names with ``fi:words`` a list that is no limit.
    """
    lists = [name for name in names if name in view.all_enums()]
    permitted = [
        (str(value.text), value.title, _annotations(value))
        for name in lists
        for value in view.get_enum(name, strict=True).permissible_values.values()
    ]
    english = {text: str(title) for text, title, _notes in permitted if title}
    french = {
        text: str(notes["fi:label_fr"])
        for text, _title, notes in permitted
        if "fi:label_fr" in notes
    }
    return {"en": english, "fr": french} if english or french else {}


def _with_unit_slots(fields: list[Field]) -> list[Field]:
    from dataclasses import replace

    by_iri = {field.iri: field.name for field in fields}
    return [
        replace(field, unit_slot=by_iri.get(f"{field.iri}Unit")) for field in fields
    ]


def _annotations(
    definition: ClassDefinition | SlotDefinition | PermissibleValue,
) -> dict[str, Any]:
    """Return annotations by key (linkml-runtime holds them in two different ways)."""
    from jsonasobj2 import items  # type: ignore[import-untyped]

    return {str(key): note.value for key, note in items(definition.annotations)}


def _is_true(notes: dict[str, Any], key: str) -> bool:
    return str(notes.get(key, "")).lower() == "true"


def _tier(notes: dict[str, Any]) -> int | None:
    return int(notes["nboq:tier"]) if "nboq:tier" in notes else None


def _label(
    definition: ClassDefinition | SlotDefinition, notes: dict[str, Any]
) -> dict[str, str]:
    english = str(definition.title or definition.name).strip()
    return {"en": english, "fr": str(notes.get("fi:label_fr", english)).strip()}


def _description(
    definition: ClassDefinition | SlotDefinition, notes: dict[str, Any]
) -> dict[str, str]:
    english = str(definition.description or "").strip()
    return {"en": english, "fr": str(notes.get("fi:description_fr", "")).strip()}


def _schemas(notes: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Read ``A.json, B.json light_path=Fluorescence`` into its parts."""
    found: dict[str, dict[str, str]] = {}
    for entry in str(notes.get("nboq:schemas", "")).split(","):
        words = entry.split()
        if words:
            found[words[0]] = dict(_pair(word) for word in words[1:])
    return found


def _pair(word: str) -> tuple[str, str]:
    name, _equals, value = word.partition("=")
    return name, value


def _unit(view: SchemaView, slot: SlotDefinition) -> str | None:
    mappings = slot.unit.exact_mappings if slot.unit else []
    return str(view.expand_curie(str(mappings[0]))) if mappings else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
