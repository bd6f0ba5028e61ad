"""Reads the NBO XSD into classes, groups and simple types."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from fair_imagic.rdf import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["SimpleType", "Source", "SourceClass", "SourceField", "read_xsd"]

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_NOTE = re.compile(r"\s*([A-Za-z_]+)\s*=\s*(.*)", re.DOTALL)
_PARTICLES = frozenset({f"{_XSD}sequence", f"{_XSD}choice", f"{_XSD}all"})


@dataclass(frozen=True, kw_only=True)
class SourceField:
    """An attribute or child element; ``written`` is its name in the source."""

    name: str
    written: str
    type: str
    is_element: bool
    required: bool
    multivalued: bool
    tier: int | None
    default: str | None


@dataclass(frozen=True, kw_only=True)
class SourceClass:
    """A global element or a named complex type; ``fields`` are its own ones."""

    name: str
    base: str | None
    abstract: bool
    group: str | None
    notes: dict[str, str]
    fields: tuple[SourceField, ...]


@dataclass(frozen=True, kw_only=True)
class SimpleType:
    """A simple type: its primitive base, values and bounds."""

    base: str
    values: tuple[str, ...] = ()
    bounds: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Source:
    """The whole XSD; a substitution group is an abstract element."""

    elements: dict[str, SourceClass]
    types: dict[str, SourceClass]
    simple: dict[str, SimpleType]

    def chain(self, element: str) -> list[str]:
        """Return the names of the complex types an element extends, nearest first."""
        found: list[str] = []
        base = self.elements[element].base
        while base is not None and base in self.types:
            found.append(base)
            base = self.types[base].base
        return found

    def members(self, group: str) -> list[str]:
        """Return the concrete elements that may stand for an element."""
        heads, found = [group], []
        while heads:
            head = heads.pop(0)
            for element in self.elements.values():
                if element.group == head:
                    heads.append(element.name)
            if not self.elements[head].abstract:
                found.append(head)
        return found


def read_xsd(path: Path) -> Source:
    """Return the classes and types of the XSD file."""
    root = parse_xml(path.read_bytes(), where=path.name)
    elements = {e.get("name"): _class(e) for e in root.findall(f"{_XSD}element")}
    types = {t.get("name"): _class(t) for t in root.findall(f"{_XSD}complexType")}
    simple = {t.get("name"): _simple(t) for t in root.findall(f"{_XSD}simpleType")}
    elements = {name: _with_group_type(e, elements) for name, e in elements.items()}
    return Source(elements=elements, types=types, simple=simple)


def _with_group_type(
    element: SourceClass, elements: dict[str, SourceClass]
) -> SourceClass:
    """Give an element without a type of its own the type of its group."""
    head = element.group
    base = element.base
    while base is None and not element.fields and head is not None:
        base, head = elements[head].base, elements[head].group
    return replace(element, base=base)


def _class(node: Any) -> SourceClass:
    body = node if node.tag == f"{_XSD}complexType" else node.find(f"{_XSD}complexType")
    extension = None if body is None else _extension(body)
    inner = body if extension is None else extension
    base = node.get("type") if extension is None else extension.get("base")
    return SourceClass(
        name=node.get("name"),
        base=base,
        abstract=node.get("abstract") == "true",
        group=node.get("substitutionGroup"),
        notes=_notes(node),
        fields=() if inner is None else tuple(_fields(inner)),
    )


def _extension(body: Any) -> Any:
    """Return the extension of a type itself, not one inside of its fields."""
    for content in ("complexContent", "simpleContent"):
        found = body.find(f"{_XSD}{content}/{_XSD}extension")
        if found is not None:
            return found
    return None


def _fields(node: Any, *, optional: bool = False) -> Iterator[SourceField]:
    for child in node:
        if child.tag in _PARTICLES:
            # one of several is enough where the source gives a choice
            chosen = child.tag == f"{_XSD}choice" or child.get("minOccurs") == "0"
            yield from _fields(child, optional=optional or chosen)
        elif child.tag in (f"{_XSD}element", f"{_XSD}attribute"):
            made = _source_field(child)
            yield replace(made, required=False) if optional else made


def _source_field(node: Any) -> SourceField:
    is_element = node.tag == f"{_XSD}element"
    name = (node.get("name") or node.get("ref")).strip()
    wanted = node.get("minOccurs", "1") != "0"
    tier = _notes(node).get("Tier")
    return SourceField(
        name=name,
        written=name,
        type=node.get("type") or node.get("ref") or "string",
        is_element=is_element,
        required=wanted if is_element else node.get("use") == "required",
        multivalued=node.get("maxOccurs", "1") != "1",
        tier=int(tier) if tier else None,
        default=node.get("default"),
    )


def _notes(node: Any) -> dict[str, str]:
    texts = node.findall(f"{_XSD}annotation/{_XSD}documentation")
    matches = (_NOTE.match(text.text or "") for text in texts)
    return {m[1]: m[2].strip() for m in matches if m}


def _simple(node: Any) -> SimpleType:
    restriction = node.find(f"{_XSD}restriction")
    if restriction is None:
        return SimpleType(base="xsd:string")
    values = [e.get("value") for e in restriction.findall(f"{_XSD}enumeration")]
    bounds = {
        child.tag.removeprefix(_XSD): child.get("value")
        for child in restriction.iterchildren(tag=f"{_XSD}*")
        if child.tag.endswith("clusive")
    }
    return SimpleType(
        base=restriction.get("base"),
        values=tuple(dict.fromkeys(values)),
        bounds=bounds,
    )
