"""The slot table: what the model knows about each class and each of its fields.

Read once from ``slots.json``, which is generated from ``schema/``; forms, mappings,
shapes and pages are driven by it. Labels and descriptions are ``{"en", "fr"}``.
"""

from __future__ import annotations

import copyreg
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model.unknown_field import unknown_field
from fair_imagic.rdf import expand

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ModelClass",
    "SchemaSource",
    "Slot",
    "class_for",
    "class_named",
    "class_names",
    "private_paths",
    "schema_source",
    "schemas_of",
    "slot_for",
    "slot_for_field",
    "slot_named",
    "slots_of",
]


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A field of a class: its property, what values it takes, in which unit.

    ``range`` is a class, an enumeration or a type name of the schema; ``datatype``
    is a datatype IRI, or None where values are IRIs. ``required`` means "demanded at
    ``tier``" and is never checked here. ``values`` lists an enumeration,
    ``value_labels`` names its values by language, where they do not stand as they are;
    a field of texts can have some too.
    ``above``, ``low`` and ``high`` are limits of physics (the first is exclusive);
    ``year`` tells that of a date the year alone is enough.
    A value of a slot that is not ``public`` never leaves the house; one of a slot that
    is ``unique`` names its record, and no other has it.
    """

    name: str
    iri: str
    label: Mapping[str, str]
    description: Mapping[str, str]
    range: str
    datatype: str | None
    unit: str | None
    multivalued: bool
    tier: int | None
    required: bool
    record_link: bool
    context: bool
    part: bool
    values: tuple[str, ...]
    value_labels: Mapping[str, Mapping[str, str]]
    unit_slot: str | None
    methods_text: bool
    public: bool
    field: str | None
    above: str | None
    low: str | None
    high: str | None
    year: bool
    unique: bool = False


@dataclass(frozen=True, kw_only=True)
class ModelClass:
    """A class of the model; ``ancestors`` are the names of its superclasses.

    What is said of a ``personal`` one can be destroyed: see ``model.sheet``.
    ``public_types`` are classes of wider vocabularies that exports name too.
    """

    name: str
    iri: str
    label: Mapping[str, str]
    description: Mapping[str, str]
    record: bool
    context: bool
    personal: bool
    abstract: bool
    tier: int | None
    ancestors: tuple[str, ...]
    public_types: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SchemaSource:
    """What a Micro-Meta ``Schema_ID`` stands for: a class, and values it implies."""

    class_name: str
    values: Mapping[str, str]


def slots_of(class_name: str) -> tuple[Slot, ...]:
    """Return the slots of a class, inherited ones included, in display order.

    Raises :class:`~fair_imagic.errors.NotFoundError` for an unknown class.
    """
    class_named(class_name)
    return _slots_of(class_name)


def slot_for(class_iri: str, predicate_iri: str) -> Slot | None:
    """Return the slot of a class with this property, or None."""
    name = _names_by_iri().get(class_iri)
    return None if name is None else _by_predicate(name).get(predicate_iri)


def slot_for_field(class_name: str, field: str) -> Slot | None:
    """Return the slot that an NBO v02-01 field name (``LensNA``) stands for."""
    return next((s for s in slots_of(class_name) if s.field == field), None)


def slot_named(class_name: str, name: str) -> Slot:
    """Return the slot of a class that a person names: ``license`` or ``dcat:keyword``.

    Raises :class:`~fair_imagic.errors.NotFoundError` with the nearest fields.
    """
    wanted = name.strip()
    for slot in slots_of(class_name):
        if wanted in (slot.name, slot.iri) or expand(wanted) == slot.iri:
            return slot
    # the fields of its images are what else a path from a set may mean
    images = slots_of("Image") if class_name == "PublicationSet" else ()
    raise unknown_field(
        class_named(class_name), slots_of(class_name), name, images=images
    )


def class_for(class_iri: str) -> ModelClass | None:
    """Return the class with this IRI, or None."""
    name = _names_by_iri().get(class_iri)
    return None if name is None else _class(name)


def class_named(class_name: str) -> ModelClass:
    """Return the class with this name.

    Raises :class:`~fair_imagic.errors.NotFoundError` where there is none.
    """
    if class_name not in _table()["classes"]:
        raise NotFoundError(
            _("The model has no class {name}").format(name=class_name),
            expected=", ".join(class_names()),
        )
    return _class(class_name)


@cache
def class_names() -> tuple[str, ...]:
    """Return the names of all classes, sorted."""
    return tuple(sorted(_table()["classes"]))


def schema_source(schema_id: str) -> SchemaSource | None:
    """Return what a Micro-Meta ``Schema_ID`` stands for, or None where unknown."""
    found = _table()["schemas"].get(schema_id)
    if found is None:
        return None
    values = MappingProxyType(dict(found["values"]))
    return SchemaSource(class_name=found["class"], values=values)


@cache
def schemas_of(class_name: str) -> Mapping[str, Mapping[str, str]]:
    """Return each Micro-Meta ``Schema_ID`` of a class with the values it implies."""
    return {
        schema_id: MappingProxyType(dict(entry["values"]))
        for schema_id, entry in _table()["schemas"].items()
        if entry["class"] == class_name
    }


@cache
def private_paths() -> frozenset[str]:
    """Return the properties whose values are never public, whatever they belong to."""
    return frozenset(
        entry["iri"] for entry in _table()["slots"].values() if not entry["public"]
    )


def _mapping(entries: dict[str, Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType(entries)


# Reports hold slots, and go from one process to another; pickle knows no mappings that
# cannot be changed.
copyreg.pickle(MappingProxyType, lambda one: (_mapping, (dict(one),)))


@cache
def _table() -> dict[str, Any]:
    path = Path(__file__).with_name("slots.json")
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return table


@cache
def _names_by_iri() -> dict[str, str]:
    return {entry["iri"]: name for name, entry in _table()["classes"].items()}


@cache
def _class(name: str) -> ModelClass:
    entry = _table()["classes"][name]
    texts = {key: MappingProxyType(entry[key]) for key in ("label", "description")}
    lists = {key: tuple(entry.get(key, ())) for key in ("ancestors", "public_types")}
    return ModelClass(name=name, **(entry | texts | lists))


@cache
def _slots_of(class_name: str) -> tuple[Slot, ...]:
    keys: dict[str, str] = {}
    # Furthest ancestor first: its slots come first, the nearest says how they are.
    for owner in (*reversed(_class(class_name).ancestors), class_name):
        keys |= _keys_by_owner().get(owner, {})
    return tuple(map(_slot, keys.values()))


@cache
def _keys_by_owner() -> dict[str, dict[str, str]]:
    """Return for each class the slots that stand under its name, by their names."""
    keys: dict[str, dict[str, str]] = {}
    for key in _table()["slots"]:
        owner, _dot, name = key.partition(".")
        keys.setdefault(owner, {})[name] = key
    return keys


@cache
def _slot(key: str) -> Slot:
    entry = _table()["slots"][key]
    plain = {
        "name": key.partition(".")[2],
        "values": tuple(entry["values"]),
        **{
            text: MappingProxyType(entry[text])
            for text in ("label", "description", "value_labels")
        },
    }
    return Slot(**(entry | plain))


@cache
def _by_predicate(class_name: str) -> dict[str, Slot]:
    return {slot.iri: slot for slot in _slots_of(class_name)}
