"""What the generated shapes say to people, in English and French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.sign import unit_sign
from fair_imagic.i18n import use_language

if TYPE_CHECKING:
    from tools.generate_model.schema import Field, Model, Node

__all__ = [
    "MISSING_REPAIR",
    "REPAIR",
    "UNIT_REPAIR",
    "element_clause",
    "expectation",
    "field_clause",
    "missing_message",
    "unit_message",
    "unit_symbol",
]

REPAIR = {
    "en": "Correct the value, or remove it.",
    "fr": "Corrigez la valeur ou supprimez-la.",
}
UNIT_REPAIR = {
    "en": "Give the unit together with the value.",
    "fr": "Indiquez l’unité avec la valeur.",
}
MISSING_REPAIR = {
    "en": "Write it in the microscope record, or answer “unknown” or “not applicable”.",
    "fr": "Écrivez-le dans la fiche du microscope, ou répondez « inconnu » ou "
    "« sans objet ».",
}
_TYPES = {
    "boolean": ("yes or no (true or false)", "oui ou non (true ou false)"),
    "date": ("a date such as 2026-11-22", "une date, par exemple 2026-11-22"),
    "dateTime": (
        "a date with a time, such as 2026-11-22T10:00:00Z",
        "une date avec l’heure, par exemple 2026-11-22T10:00:00Z",
    ),
    "decimal": ("a number", "un nombre"),
    "integer": ("a whole number", "un nombre entier"),
    "nonNegativeInteger": ("a whole number", "un nombre entier"),
    "string": ("a text", "un texte"),
}
_IDENTIFIER = ("a web identifier (https://...)", "un identifiant web (https://...)")
_LANGUAGES = ("en", "fr")
_SHOWN_VALUES = 8


def field_clause(field: Field) -> dict[str, str]:
    """Return where a field of NBO-Q comes from; empty for fields of our own."""
    if field.source is None:
        return {}
    english, french = _tiers(field)
    return {
        "en": f"NBO v02-01: {field.source}{english}",
        "fr": f"NBO v02-01 : {field.label['fr']}{french}",
    }


def element_clause(node: Node, field: Field) -> dict[str, str]:
    """Return which element and field of NBO-Q a rule of a tier comes from."""
    english, french = _tiers(field)
    name = field.source or field.name
    return {
        "en": f"NBO v02-01{english}, {node.name}: {name}",
        "fr": f"NBO v02-01{french}, {node.label['fr']} : {field.label['fr']}",
    }


def _tiers(field: Field) -> tuple[str, str]:
    if field.tier is None:
        return "", ""
    return f", tier {field.tier}", f", Tier {field.tier}"


def unit_symbol(unit_iri: str, language: str) -> str:
    """Return the sign that people write in a language."""
    with use_language(language):
        return unit_sign(unit_iri)


def expectation(field: Field, model: Model, unit: str | None) -> dict[str, str]:
    """Return what is expected of the values of a field; ``unit`` for unit fields."""
    texts = zip(_LANGUAGES, _what(field, model, unit), strict=True)
    english, french = (
        f"{text}{_in_unit(field, language)}{_bounds(field)}" for language, text in texts
    )
    if not field.multivalued:
        english, french = f"{english}, once", f"{french}, une seule fois"
    if _bounds(field):
        english += "; any other number is impossible"
        french += " ; tout autre nombre est impossible"
    return {
        "en": f"{field.label['en']}: expected {english}.",
        "fr": f"{field.label['fr']} : on attend {french}.",
    }


def unit_message(field: Field) -> dict[str, str]:
    """Return the text about a value that stands without its unit."""
    return {
        "en": f"{field.label['en']}: the value has no unit.",
        "fr": f"{field.label['fr']} : la valeur n’a pas d’unité.",
    }


def _in_unit(field: Field, language: str) -> str:
    return f" ({unit_symbol(field.unit, language)})" if field.unit else ""


def _what(field: Field, model: Model, unit: str | None) -> tuple[str, str]:
    if unit is not None:
        english, french = (unit_symbol(unit, language) for language in _LANGUAGES)
        return f"the unit {english}", f"l’unité {french}"
    if field.values:
        english, french = (_values(field, language) for language in _LANGUAGES)
        return f"one of {english}", f"l’une des valeurs {french}"
    if field.kind == "class":
        label = model.classes[field.range].label
        return f"a link to: {label['en']}", f"un lien vers : {label['fr']}"
    if field.datatype is None:
        return _IDENTIFIER
    english, french = _TYPES[field.datatype.rpartition("#")[2]]
    if field.year:
        return f"{english}, or a year", f"{french}, ou une année"
    return english, french


def _values(field: Field, language: str) -> str:
    names = field.value_labels.get(language, {})
    shown = [names.get(value, value) for value in field.values[:_SHOWN_VALUES]]
    return ", ".join([*shown, "..."] if len(field.values) > _SHOWN_VALUES else shown)


def _bounds(field: Field) -> str:
    least = field.low if field.minimum is None else field.minimum
    low = f" ≥ {least}" if least is not None else ""
    if field.above is not None:
        low = f" > {field.above}"
    most = field.high if field.maximum is None else field.maximum
    comma = "," if low else ""
    return low + (f"{comma} ≤ {most}" if most is not None else "")


def missing_message(node: Node, field: Field) -> dict[str, str]:
    """Return the text about a required field without any answer."""
    return {
        "en": f"{node.label['en']}: “{field.label['en']}” is missing.",
        "fr": f"{node.label['fr']} : il manque « {field.label['fr']} ».",
    }
