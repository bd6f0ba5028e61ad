"""Builds one LinkML attribute from one field of the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.generate_model.nboq.names import label, property_name, slot_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tools.generate_model.nboq.assemble import Assembly
    from tools.generate_model.nboq.xsd import SourceField

__all__ = ["attribute", "companion_units"]

_PRIMITIVES = {
    "float": "decimal",
    "double": "decimal",
    "decimal": "decimal",
    "boolean": "boolean",
    "date": "date",
    "dateTime": "moment",
    "anyURI": "uri",
    "integer": "integer",
    "int": "integer",
    "long": "integer",
    "positiveInteger": "integer",
    "nonNegativeInteger": "integer",
}
# Values of lists are texts in the records; without this OWL would make them classes.
VALUE_OF_LIST = {"implements": ["owl:DatatypeProperty"]}
_UNIT_TEXT = {
    "en": "Unit in which the value is given.",
    "fr": "Unité dans laquelle la valeur est donnée.",
}
_LOWEST = {"positiveInteger": 1, "nonNegativeInteger": 0}


def attribute(
    assembly: Assembly, owner: str, field: SourceField, units: Mapping[str, str]
) -> tuple[str, dict[str, Any]] | None:
    """Return slot name and LinkML attribute, or None where the model has no place.

    ``units`` gives the default unit symbol of the fields that have a unit.
    """
    overrides = assembly.overrides
    ranged = _range(assembly, owner, field)
    if ranged is None or overrides.is_left_out(owner, field.written):
        return None
    repair = overrides.repair(owner, field.written)
    name = _plain(field)
    labels = _labels(assembly, owner, field)
    entry: dict[str, Any] = {
        "slot_uri": repair.get("slot_uri", f"nboq:{property_name(name)}"),
        **ranged,
        **({"multivalued": True} if field.multivalued else {}),
        "title": labels["en"],
    }
    help_text = _UNIT_TEXT if _is_unit(field) else overrides.description(owner, name)
    french = {"fi:label_fr": labels["fr"]} if "fr" in labels else {}
    if help_text:
        entry["description"] = help_text["en"]
        french["fi:description_fr"] = help_text["fr"]
    symbol = units.get(field.name, repair.get("unit"))
    if symbol is not None:
        entry["unit"] = overrides.unit(symbol)
    entry["annotations"] = french | _annotations(assembly, owner, field)
    return str(repair.get("slot", slot_name(name))), entry


def companion_units(
    fields: Sequence[SourceField], defaults: Mapping[str, str]
) -> dict[str, str]:
    """Return the unit symbol of each field that has a ``...Unit`` field.

    ``defaults`` gives it by unit family, for the fields whose source names none.
    """
    return {
        field.name.removesuffix("Unit"): field.default or defaults[field.type]
        for field in fields
        if _is_unit(field)
    }


def _labels(assembly: Assembly, owner: str, field: SourceField) -> dict[str, str]:
    name = _plain(field)
    if not _is_unit(field):
        return {"en": label(name)} | assembly.overrides.label(owner, name)
    value = name.removesuffix("Unit")
    held = {"en": label(value)} | assembly.overrides.label(owner, value)
    words = {"en": "unit", "fr": "unité"}
    return {language: f"{text} ({words[language]})" for language, text in held.items()}


def _annotations(assembly: Assembly, owner: str, field: SourceField) -> dict[str, Any]:
    found: dict[str, Any] = {}
    tier = field.tier or _tier_of_target(assembly, field)
    if tier is not None:
        found["nboq:tier"] = tier
    if field.required:
        found["nboq:required"] = True
    if (owner, field.written) in assembly.marked:
        found["nboq:mm"] = True
    overrides = assembly.overrides
    repair = overrides.repair(owner, field.written)
    if _is_unit(field):
        found["nboq:unit_family"] = field.type.removeprefix("Units")
    for key, value in overrides.limits.get(field.name, {}).items():
        found[f"nboq:{key}" if key != "source" else "nboq:limits_source"] = value
    source = _without_link(field.written) if field.is_element else field.written
    found["nboq:field"] = repair.get("field", source)
    return found


def _plain(field: SourceField) -> str:
    """Return the name without what only says how the XSD links."""
    return _without_link(field.name) if field.is_element else field.name


def _without_link(name: str) -> str:
    if name.endswith("Ref"):
        return name.removesuffix("Ref")
    return name.removesuffix("Group")


def _is_unit(field: SourceField) -> bool:
    return field.name.endswith("Unit") and field.type.startswith("Units")


def _range(assembly: Assembly, owner: str, field: SourceField) -> dict[str, Any] | None:
    if _is_unit(field):
        return {"range": "uriorcurie"}
    target = assembly.overrides.repair(owner, field.written).get("range")
    if target is not None:
        return {"range": assembly.overrides.class_name(target)}
    return _link(assembly, field) if field.is_element else _literal(assembly, field)


def _literal(assembly: Assembly, field: SourceField) -> dict[str, Any]:
    """Return range and bounds of an attribute, through its chain of simple types."""
    simple = assembly.source.simple
    type_name, found = field.type, dict[str, Any]()
    while type_name in simple:
        if simple[type_name].values:
            return {"range": type_name, **VALUE_OF_LIST}
        bounds = simple[type_name].bounds
        found |= _bound(bounds, "min", "minimum_value")
        found |= _bound(bounds, "max", "maximum_value")
        type_name = simple[type_name].base
    primitive = type_name.removeprefix("xsd:")
    if primitive in _LOWEST:
        found.setdefault("minimum_value", _LOWEST[primitive])
    if "year" in assembly.overrides.limits.get(field.name, {}):
        return {"range": "day_or_year"}
    return {"range": _PRIMITIVES.get(primitive, "string")} | found


def _bound(bounds: Mapping[str, str], which: str, key: str) -> dict[str, float | int]:
    # an exclusive bound is kept as inclusive: the source itself tells people to
    # enter 0 for "does not apply" in fields that it types as positive
    text = bounds.get(f"{which}Inclusive") or bounds.get(f"{which}Exclusive")
    if text is None:
        return {}
    number = float(text)
    return {key: int(number) if number.is_integer() else number}


def _targets(assembly: Assembly, field: SourceField) -> list[str]:
    elements = assembly.source.elements
    for text in (field.name, field.type):
        stem = text.removesuffix("Ref")
        for name in (stem, f"{stem}Group"):
            if name in elements and not name.endswith("Ref"):
                return assembly.source.members(name)
    return []


def _link(assembly: Assembly, field: SourceField) -> dict[str, Any] | None:
    """Return the class that a child or reference leads to, None where not chosen."""
    targets = _targets(assembly, field)
    kept = [target for target in targets if target in assembly.chosen]
    if not kept:
        return None
    if len(targets) == 1:
        return {"range": assembly.overrides.class_name(kept[0])}
    chains = [assembly.source.chain(target) for target in targets]
    shared = [
        base
        for base in chains[0]
        if base in assembly.shared_types and all(base in chain for chain in chains)
    ]
    name = assembly.type_name(shared[0]) if shared else "Component"
    return {"range": name}


def _tier_of_target(assembly: Assembly, field: SourceField) -> int | None:
    """Return the tier of the linked class, for child elements without their own."""
    tiers = [
        int(assembly.source.elements[target].notes["Tier"])
        for target in (_targets(assembly, field) if field.is_element else [])
        if "Tier" in assembly.source.elements[target].notes
    ]
    return min(tiers, default=None)
