"""The curated files that repair the sources and add French labels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.generate_model.nboq.names import class_name

if TYPE_CHECKING:
    from tools.generate_model.nboq.xsd import SourceField

__all__ = ["Overrides", "SchemaModule", "read_overrides"]

_REPAIRED = frozenset(
    {"name", "type", "is_element", "tier", "required", "default", "multivalued"}
)


@dataclass(frozen=True, kw_only=True)
class SchemaModule:
    """One file of the schema and the elements of the source that it holds."""

    title: str
    description: str
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Overrides:
    """What ``overrides/`` says; field keys are ``Field`` or ``Class.Field``."""

    modules: dict[str, SchemaModule]
    value_lists: SchemaModule
    labels: dict[str, dict[str, str]]
    class_labels: dict[str, dict[str, str]]
    descriptions: dict[str, dict[str, str]]
    class_descriptions: dict[str, dict[str, str]]
    fields: dict[str, dict[str, Any]]
    extra: dict[str, dict[str, dict[str, Any]]]
    class_settings: dict[str, dict[str, Any]]
    extra_enums: dict[str, dict[str, Any]]
    left_out: frozenset[str]
    limits: dict[str, dict[str, Any]]
    units: dict[str, str]
    ucum: dict[str, str]
    default_units: dict[str, str]
    value_labels: dict[str, dict[str, str]]
    value_terms: dict[str, str]
    close_value_terms: dict[str, str]

    @property
    def classes(self) -> tuple[str, ...]:
        """Return the elements that become classes, in the order of the modules."""
        return tuple(c for module in self.modules.values() for c in module.classes)

    def class_name(self, name: str) -> str:
        """Return the name that a class of the source has in the model."""
        return str(self.class_settings.get(name, {}).get("name", class_name(name)))

    def repair(self, owner: str, name: str) -> dict[str, Any]:
        """Return the repairs of a field: general ones, then those of its class."""
        general = self.fields.get(name, {})
        return general | self.fields.get(f"{owner}.{name}", {})

    def repaired(self, owner: str, field: SourceField) -> SourceField:
        """Return the field of the source with its defects repaired."""
        changes = self.repair(owner, field.name)
        return replace(field, **{k: v for k, v in changes.items() if k in _REPAIRED})

    def label(self, owner: str, name: str) -> dict[str, str]:
        """Return the curated label of a field, or nothing."""
        return self.labels.get(f"{owner}.{name}") or self.labels.get(name, {})

    def description(self, owner: str, name: str) -> dict[str, str]:
        """Return the help text of a field, or nothing."""
        own = self.descriptions.get(f"{owner}.{name}")
        return own or self.descriptions.get(name, {})

    def value(self, enum: str, value: str) -> dict[str, Any]:
        """Return what the schema says of a value of a list: its names and terms."""
        names = self.value_labels.get(value, {})
        said: dict[str, Any] = {"title": names["en"]} if names.get("en") else {}
        for key, held in (
            ("exact_mappings", self.value_terms),
            ("close_mappings", self.close_value_terms),
        ):
            if terms := held.get(f"{enum}.{value}", "").split():
                said[key] = terms
        if names.get("fr"):
            said["annotations"] = {"fi:label_fr": names["fr"]}
        return said

    def unit(self, symbol: str) -> dict[str, Any]:
        """Return a unit as LinkML says it: in UCUM, where it has it, and as its IRI."""
        iri = self.units[symbol]
        code = {"ucum_code": self.ucum[iri]} if iri in self.ucum else {}
        return {**code, "exact_mappings": [iri]}

    def is_left_out(self, owner: str, name: str) -> bool:
        """Return whether a field is left out of the model on purpose."""
        return name in self.left_out or f"{owner}.{name}" in self.left_out


def read_overrides(folder: Path | None = None) -> Overrides:
    """Return the curated overrides that are kept beside this module."""
    held = _sections(folder or Path(__file__).with_name("overrides"))
    return Overrides(
        modules={name: _module(name, said) for name, said in held["modules"].items()},
        value_lists=_module("value_lists", held.get("value_lists") or {}),
        labels=_labels(held["labels"]),
        class_labels=_labels(held["class_labels"]),
        descriptions=_sentences(held.get("descriptions") or {}),
        class_descriptions=_sentences(held.get("class_descriptions") or {}),
        fields=held.get("fields") or {},
        extra=held.get("extra") or {},
        class_settings=held.get("class_settings") or {},
        extra_enums=held.get("extra_enums") or {},
        left_out=frozenset(held.get("left_out") or ()),
        limits=held.get("limits") or {},
        units=held["units"],
        ucum=held["ucum"],
        default_units=held["default_units"],
        value_labels=_labels(held.get("value_labels") or {}),
        value_terms=held.get("value_terms") or {},
        close_value_terms=held.get("close_value_terms") or {},
    )


def _module(name: str, said: dict[str, Any]) -> SchemaModule:
    return SchemaModule(
        title=said.get("title", name),
        description=said.get("description", ""),
        classes=tuple(said.get("classes", ())),
    )


def _sections(folder: Path) -> dict[str, Any]:
    """Return the sections of all files; a section may be split, its entries not."""
    import yaml

    found: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        for section, said in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            held = found.get(section)
            if held is None:
                found[section] = said
                continue
            twice = sorted(set(held) & set(said))
            if twice:
                entries = ", ".join(map(str, twice))
                raise ValueError(f"{path}: {entries} stand in another file too")
            found[section] = [*held, *said] if isinstance(said, list) else held | said
    return found


def _labels(held: dict[str, str]) -> dict[str, dict[str, str]]:
    """Read ``Field: English | French``."""
    found = {}
    for name, text in held.items():
        english, _bar, french = (part.strip() for part in text.partition("|"))
        found[name] = {"en": english, "fr": french}
    return found


def _sentences(held: dict[str, str]) -> dict[str, dict[str, str]]:
    """Read texts in both languages and end those with a full stop that need one."""
    return {
        name: {lang: t if t.endswith("?") else f"{t}." for lang, t in texts.items()}
        for name, texts in _labels(held).items()
    }
