"""Builds the LinkML classes of the chosen NBO classes and of their bases."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tools.generate_model.nboq.attribute import attribute, companion_units
from tools.generate_model.nboq.names import class_name, label

if TYPE_CHECKING:
    from tools.generate_model.nboq.overrides import Overrides
    from tools.generate_model.nboq.xsd import Source, SourceClass, SourceField

__all__ = ["COMPONENT", "Assembly"]

COMPONENT = "Component"
# the slot of core.yaml under which LinkML's own tools keep the address of a record
IDENTIFIER = "iri"
_KEPT_SETTINGS = ("fi:record", "fi:context", "nboq:schemas")
_HARDWARE = frozenset({"MicroscopeHardwareSpecifications", "MicroscopeSpecifications"})


@dataclass(frozen=True)
class Assembly:
    """The sources, the overrides, and the (class, field) pairs marked M&M.

    ``app_schemas`` are the schema files of the Micro-Meta App that exist.
    """

    source: Source
    overrides: Overrides
    marked: frozenset[tuple[str, str]]
    app_schemas: frozenset[str] = frozenset()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The elements that become classes, in the order of the overrides."""
        return self.overrides.classes

    @cached_property
    def shared_types(self) -> frozenset[str]:
        """Complex types that several elements extend: they become abstract classes."""
        uses = Counter(
            base
            for element in self.source.elements.values()
            if not element.abstract
            for base in self.source.chain(element.name)
        )
        return frozenset(name for name, count in uses.items() if count > 1)

    def classes(self) -> dict[str, dict[str, Any]]:
        """Return all LinkML classes: Component, the abstract bases, the elements."""
        bases: dict[str, None] = {}
        for element in self.chosen:
            chain = [b for b in self.source.chain(element) if b in self.shared_types]
            bases |= dict.fromkeys(reversed(chain))
        found = {COMPONENT: self._component()}
        found |= {self.type_name(b): self._class(self.source.types[b]) for b in bases}
        for element in self.chosen:
            name = self.overrides.class_name(element)
            found[name] = self._class(self.source.elements[element])
        return found

    def module_of(self) -> dict[str, str]:
        """Return the module of each class; a base goes with its first descendant."""
        first = next(iter(self.overrides.modules))
        found = {COMPONENT: first}
        for module, held in self.overrides.modules.items():
            for element in held.classes:
                for base in self.source.chain(element):
                    if base in self.shared_types:
                        found.setdefault(self.type_name(base), module)
                found[self.overrides.class_name(element)] = module
        return found

    def enums(self) -> dict[str, Any]:
        """Return all enumerations of the source, and those of our own."""
        return {
            name: self._enum(name)
            for name, held in sorted(self.source.simple.items())
            if held.values
        } | self.overrides.extra_enums

    def type_name(self, name: str) -> str:
        """Return the class name of a complex type; an element may have the same."""
        made = self.overrides.class_name(name)
        return f"{made}Type" if name in self.chosen else made

    def _enum(self, name: str) -> dict[str, Any]:
        values = tuple(filter(None, self.source.simple[name].values))
        if not name.startswith("Units"):
            return {
                "implements": ["rdfs:Literal"],
                "permissible_values": {
                    value: self.overrides.value(name, value) for value in values
                },
            }
        return {
            "annotations": {"nboq:unit_family": True},
            "permissible_values": {
                # LinkML makes Python names of these, which Python folds (µ to μ)
                unicodedata.normalize("NFKC", value): self._unit(value)
                for value in values
            },
        }

    def _unit(self, value: str) -> dict[str, str]:
        folded = unicodedata.normalize("NFKC", value)
        title = {} if folded == value else {"title": value}
        meaning = self.overrides.units.get(value)
        return title | ({} if meaning is None else {"meaning": meaning})

    def _component(self) -> dict[str, Any]:
        return {
            "class_uri": "nboq:Component",
            "mixin": True,
            "title": "Component",
            **self._help_text(COMPONENT),
            "slots": [IDENTIFIER],
            "annotations": self._annotations(COMPONENT, {}),
            "attributes": self.overrides.extra[COMPONENT],
        }

    def _class(self, held: SourceClass) -> dict[str, Any]:
        is_type = held is self.source.types.get(held.name)
        is_type = is_type and held.name in self.shared_types
        local_name = class_name(held.name)
        if is_type and held.name in self.chosen:
            local_name = f"{local_name}Type"
        entry: dict[str, Any] = {"class_uri": f"nboq:{local_name}"}
        parent = self._parent(held)
        if parent:
            entry["is_a"] = self.type_name(parent)
        if self._joins_components(held, parent):
            entry["mixins"] = [COMPONENT]
        if is_type:
            entry["abstract"] = True
        if parent is None:
            entry["slots"] = [IDENTIFIER]
        curated = self.overrides.class_labels.get(held.name, {})
        entry["title"] = curated.get("en") or label(held.name)
        entry |= self._help_text(held.name)
        settings = self.overrides.class_settings.get(held.name, {})
        if "broad_mappings" in settings:
            entry["broad_mappings"] = settings["broad_mappings"]
        entry["annotations"] = self._annotations(held.name, held.notes, is_type=is_type)
        attributes = self._attributes(held, in_component=self._is_component(held))
        if not is_type and self._joins_components(held, parent):
            attributes |= self._own_words(held)
        if attributes:
            entry["attributes"] = attributes
        return entry

    def _help_text(self, name: str) -> dict[str, str]:
        found = self.overrides.class_descriptions.get(name)
        return {"description": found["en"]} if found else {}

    def _own_words(self, held: SourceClass) -> dict[str, dict[str, Any]]:
        """Return what the bases say of fields that every component has.

        Without this the component's version would win: it is mixed in last.
        """
        found: dict[str, dict[str, Any]] = {}
        for base in reversed(self.source.chain(held.name)):
            if base in self.shared_types:
                own = self._attributes(self.source.types[base], in_component=False)
                shared = self.overrides.extra[COMPONENT]
                found |= {k: v for k, v in own.items() if shared.get(k, v) != v}
        return found

    def _annotations(
        self, name: str, notes: dict[str, str], *, is_type: bool = True
    ) -> dict[str, Any]:
        curated = self.overrides.class_labels.get(name, {})
        settings = self.overrides.class_settings.get(name, {})
        found: dict[str, Any] = {"fi:label_fr": curated["fr"]} if curated else {}
        help_text = self.overrides.class_descriptions.get(name)
        if help_text:
            found["fi:description_fr"] = help_text["fr"]
        if "Tier" in notes:
            found["nboq:tier"] = int(notes["Tier"])
        if "Extension" in notes:
            found["nboq:extension"] = notes["Extension"].strip()
        if "fi:named" not in settings:
            found["fi:generic"] = True
        schemas = "" if is_type else self._schemas(name, notes)
        if schemas:
            found["nboq:schemas"] = schemas
        kept = {key: settings[key] for key in _KEPT_SETTINGS if key in settings}
        return found | kept

    def _schemas(self, name: str, notes: dict[str, str]) -> str:
        """Return the Micro-Meta schemas of an element; a split one has several."""
        split = notes.get("Split", "").strip("[]")
        parts = [part.strip() for part in split.split(";") if part.strip()]
        if not parts:
            return f"{name}.json" if f"{name}.json" in self.app_schemas else ""
        return ", ".join(
            f"{part}_{name}.json light_path={part.partition('_')[0]}"
            for part in parts
            if f"{part}_{name}.json" in self.app_schemas
        )

    def _parent(self, held: SourceClass) -> str | None:
        base = held.base
        while base in self.source.types and base not in self.shared_types:
            base = self.source.types[base].base
        return base if base in self.shared_types else None

    def _is_component(self, held: SourceClass) -> bool:
        """Return whether all concrete elements of a class are hardware or software."""
        elements = [
            element
            for element in self.source.elements.values()
            if not element.abstract
            and held.name in (element.name, *self.source.chain(element.name))
        ]
        return bool(elements) and all(
            element.notes.get("Domain") in _HARDWARE
            and element.notes.get("Category") != "ChildElement"
            and element.name != "Instrument"
            for element in elements
        )

    def _joins_components(self, held: SourceClass, parent: str | None) -> bool:
        above = parent is not None and self._is_component(self.source.types[parent])
        return self._is_component(held) and not above

    def _attributes(
        self, held: SourceClass, *, in_component: bool
    ) -> dict[str, dict[str, Any]]:
        fields = [self.overrides.repaired(held.name, f) for f in self._fields(held)]
        if self.overrides.class_settings.get(held.name, {}).get("links") == "left out":
            fields = [field for field in fields if not field.is_element]
        units = companion_units(fields, self.overrides.default_units)
        known = self.overrides.extra[COMPONENT] if in_component else {}
        found: dict[str, dict[str, Any]] = {}
        for field in fields:
            made = attribute(self, held.name, field, units)
            if made is not None and known.get(made[0]) != made[1]:
                found[made[0]] = made[1]
        return found | self.overrides.extra.get(held.name, {})

    def _fields(self, held: SourceClass) -> list[SourceField]:
        """Return own fields, after those of bases that only this class extends."""
        own = list(held.fields)
        base = held.base
        while base in self.source.types and base not in self.shared_types:
            own = [*self.source.types[base].fields, *own]
            base = self.source.types[base].base
        return own
