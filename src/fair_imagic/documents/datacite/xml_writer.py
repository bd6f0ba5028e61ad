"""DataCite attributes as kernel-4.7 XML (the PyPI package stops at 4.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.documents.datacite.vocabulary import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element

__all__ = ["to_xml"]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
# lxml takes None as the prefix of the default namespace; its type stubs do not.
_NAMESPACES: dict[Any, str] = {None: SCHEMA_VERSION, "xsi": _INSTANCE}
_LOCATION = "https://schema.datacite.org/meta/kernel-4.7/metadata.xsd"

#: JSON key -> XML attribute, wherever the two differ.
_ATTRIBUTES = {
    "lang": _LANGUAGE,
    "schemeUri": "schemeURI",
    "valueUri": "valueURI",
    "rightsUri": "rightsURI",
    "awardUri": "awardURI",
}

#: JSON list -> wrapper element, item element, JSON key of the item's text, attributes.
_SIMPLE_LISTS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "titles": ("titles", "title", "title", ("titleType", "lang")),
    "subjects": (
        "subjects",
        "subject",
        "subject",
        ("subjectScheme", "schemeUri", "valueUri", "classificationCode", "lang"),
    ),
    "dates": ("dates", "date", "date", ("dateType", "dateInformation")),
    "alternateIdentifiers": (
        "alternateIdentifiers",
        "alternateIdentifier",
        "alternateIdentifier",
        ("alternateIdentifierType",),
    ),
    "relatedIdentifiers": (
        "relatedIdentifiers",
        "relatedIdentifier",
        "relatedIdentifier",
        (
            "relatedIdentifierType",
            "relationType",
            "resourceTypeGeneral",
            "relatedMetadataScheme",
            "schemeUri",
            "schemeType",
            "relationTypeInformation",
        ),
    ),
    "rightsList": (
        "rightsList",
        "rights",
        "rights",
        (
            "rightsUri",
            "rightsIdentifier",
            "rightsIdentifierScheme",
            "schemeUri",
            "lang",
        ),
    ),
    "descriptions": (
        "descriptions",
        "description",
        "description",
        ("descriptionType", "lang"),
    ),
}
_PERSON_PARTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "nameIdentifiers": (
        "nameIdentifier",
        "nameIdentifier",
        ("nameIdentifierScheme", "schemeUri"),
    ),
    "affiliation": (
        "affiliation",
        "name",
        ("affiliationIdentifier", "affiliationIdentifierScheme", "schemeUri"),
    ),
}


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
    _agents(root, attributes, "creator", add)
    _single(root, attributes, add)
    _agents(root, attributes, "contributor", add)
    for key in _SIMPLE_LISTS:
        _simple_list(root, attributes, key, add)
    _text_lists(root, attributes, add)
    return etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )


if TYPE_CHECKING:
    Add = Callable[[_Element, str, str], _Element]


def _set(element: _Element, item: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    for key in keys:
        if item.get(key):
            element.set(_ATTRIBUTES.get(key, key), item[key])


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


def _agents(root: _Element, attributes: Mapping[str, Any], kind: str, add: Add) -> None:
    agents = attributes.get(f"{kind}s") or []
    if not agents and kind != "creator":
        return
    wrapper = add(root, f"{kind}s", "")
    for agent in agents:
        element = add(wrapper, kind, "")
        _set(element, agent, ("contributorType",))
        name = add(element, f"{kind}Name", agent["name"])
        _set(name, agent, ("nameType", "lang"))
        for key in ("givenName", "familyName"):
            if agent.get(key):
                add(element, key, agent[key])
        for key, (tag, text, keys) in _PERSON_PARTS.items():
            for part in agent.get(key) or []:
                _set(add(element, tag, part[text]), part, keys)


def _simple_list(
    root: _Element, attributes: Mapping[str, Any], key: str, add: Add
) -> None:
    outer, inner, text, keys = _SIMPLE_LISTS[key]
    items = attributes.get(key) or []
    if not items:
        return
    wrapper = add(root, outer, "")
    for item in items:
        _set(add(wrapper, inner, item[text]), item, keys)


def _text_lists(root: _Element, attributes: Mapping[str, Any], add: Add) -> None:
    for key, inner in (("sizes", "size"), ("formats", "format")):
        if attributes.get(key):
            wrapper = add(root, key, "")
            for text in attributes[key]:
                add(wrapper, inner, text)
