"""DataCite attributes as kernel-4.7 XML (the PyPI package stops at 4.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.documents.datacite.vocabulary import SCHEMA_VERSION
from fair_imagic.documents.datacite.xml_names import (
    AGENT_PARTS,
    AGENTS,
    LISTS,
    XML_ATTRIBUTES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element

__all__ = ["to_xml"]

_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
# lxml takes None as the prefix of the default namespace; its type stubs do not.
_NAMESPACES: dict[Any, str] = {None: SCHEMA_VERSION, "xsi": _INSTANCE}
_LOCATION = "https://schema.datacite.org/meta/kernel-4.7/metadata.xsd"


def to_xml(attributes: Mapping[str, Any]) -> bytes:
    """Return the kernel-4.7 document of attributes that passed our own rules."""
    from lxml import etree

    root = etree.Element(f"{{{SCHEMA_VERSION}}}resource", nsmap=_NAMESPACES)
    root.set(f"{{{_INSTANCE}}}schemaLocation", f"{SCHEMA_VERSION} {_LOCATION}")

    def add(parent: _Element, name: str, text: str) -> _Element:
        child = etree.SubElement(parent, f"{{{SCHEMA_VERSION}}}{name}")
        child.text = text or None
        return child

    add(root, "identifier", attributes["doi"]).set("identifierType", "DOI")
    _agents(root, attributes, "creators", add)
    _single(root, attributes, add)
    _agents(root, attributes, "contributors", add)
    for key in LISTS:
        _list(root, attributes, key, add)
    return etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )


if TYPE_CHECKING:
    Add = Callable[[_Element, str, str], _Element]


def _set(element: _Element, item: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    for key in keys:
        if item.get(key):
            element.set(XML_ATTRIBUTES.get(key, key), item[key])


def _single(root: _Element, attributes: Mapping[str, Any], add: Add) -> None:
    publisher = attributes.get("publisher") or {"name": ""}
    element = add(root, "publisher", publisher["name"])
    keys = ("publisherIdentifier", "publisherIdentifierScheme", "schemeUri", "lang")
    _set(element, publisher, keys)
    add(root, "publicationYear", attributes.get("publicationYear", ""))
    types = attributes.get("types") or {}
    element = add(root, "resourceType", types.get("resourceType", ""))
    _set(element, types, ("resourceTypeGeneral",))
    for key in ("language", "version"):
        if attributes.get(key):
            add(root, key, attributes[key])


def _agents(root: _Element, attributes: Mapping[str, Any], key: str, add: Add) -> None:
    agents = attributes.get(key) or []
    if not agents and key != "creators":
        return
    kind = AGENTS[key]
    wrapper = add(root, key, "")
    for agent in agents:
        element = add(wrapper, kind, "")
        _set(element, agent, ("contributorType",))
        name = add(element, f"{kind}Name", agent["name"])
        _set(name, agent, ("nameType", "lang"))
        for part in ("givenName", "familyName"):
            if agent.get(part):
                add(element, part, agent[part])
        for inner, items in AGENT_PARTS.items():
            for one in agent.get(inner) or []:
                _set(
                    add(element, items.element, one[items.text]), one, items.attributes
                )


def _list(root: _Element, attributes: Mapping[str, Any], key: str, add: Add) -> None:
    if not attributes.get(key):
        return
    items = LISTS[key]
    wrapper = add(root, key, "")
    for item in attributes[key]:
        if items.text:
            element = add(wrapper, items.element, item[items.text])
            _set(element, item, items.attributes)
        else:
            add(wrapper, items.element, item)
