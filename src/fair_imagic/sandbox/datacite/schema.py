"""A DOI record as kernel 4 XML, and its judgement by the official XSD."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from fair_imagic.sandbox.datacite import kernel
from fair_imagic.sandbox.datacite.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lxml import etree

__all__ = ["kernel_xml", "schema_problems"]

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# attribute, element of one item, key of its text, XML attribute: key
_FLAT: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("titles", "title", "title", {"titleType": "titleType", _LANG: "lang"}),
    (
        "subjects",
        "subject",
        "subject",
        {
            "subjectScheme": "subjectScheme",
            "schemeURI": "schemeUri",
            "valueURI": "valueUri",
            "classificationCode": "classificationCode",
            _LANG: "lang",
        },
    ),
    (
        "dates",
        "date",
        "date",
        {"dateType": "dateType", "dateInformation": "dateInformation"},
    ),
    (
        "alternateIdentifiers",
        "alternateIdentifier",
        "alternateIdentifier",
        {"alternateIdentifierType": "alternateIdentifierType"},
    ),
    (
        "relatedIdentifiers",
        "relatedIdentifier",
        "relatedIdentifier",
        {
            "resourceTypeGeneral": "resourceTypeGeneral",
            "relatedIdentifierType": "relatedIdentifierType",
            "relationType": "relationType",
            "relatedMetadataScheme": "relatedMetadataScheme",
            "schemeURI": "schemeUri",
            "schemeType": "schemeType",
            "relationTypeInformation": "relationTypeInformation",
        },
    ),
    (
        "rightsList",
        "rights",
        "rights",
        {
            "rightsURI": "rightsUri",
            "rightsIdentifier": "rightsIdentifier",
            "rightsIdentifierScheme": "rightsIdentifierScheme",
            "schemeURI": "schemeUri",
            _LANG: "lang",
        },
    ),
    (
        "descriptions",
        "description",
        "description",
        {"descriptionType": "descriptionType", _LANG: "lang"},
    ),
)
_NAME_IDENTIFIER = {
    "nameIdentifierScheme": "nameIdentifierScheme",
    "schemeURI": "schemeUri",
}
_AFFILIATION = {
    "affiliationIdentifier": "affiliationIdentifier",
    "affiliationIdentifierScheme": "affiliationIdentifierScheme",
    "schemeURI": "schemeUri",
}
_PUBLISHER = {
    "publisherIdentifier": "publisherIdentifier",
    "publisherIdentifierScheme": "publisherIdentifierScheme",
    "schemeURI": "schemeUri",
    _LANG: "lang",
}


def kernel_xml(doi: str, attributes: Mapping[str, object]) -> bytes:
    """Return the record as XML (related items are not written)."""
    from lxml import etree

    spaces: dict[str | None, str] = {None: kernel.NAMESPACE}
    # the stubs do not know the default namespace
    root = etree.Element(
        f"{{{kernel.NAMESPACE}}}resource",
        nsmap=spaces,  # type: ignore[arg-type]
    )
    _add(root, "identifier", doi).set("identifierType", "DOI")
    _people(root, attributes, role="creator")
    publisher = attributes.get("publisher")
    content = publisher if isinstance(publisher, dict) else {"name": publisher}
    _item(root, "publisher", content, text="name", names=_PUBLISHER)
    _add(root, "publicationYear", attributes.get("publicationYear"))
    types = attributes.get("types")
    content = types if isinstance(types, dict) else {}
    general = {"resourceTypeGeneral": "resourceTypeGeneral"}
    _item(root, "resourceType", content, text="resourceType", names=general)
    _people(root, attributes, role="contributor")
    for name, element, text, names in _FLAT:
        for item in _wrapped(root, attributes, name):
            _item(item[0], element, item[1], text=text, names=names)
    for name in ("language", "version"):
        if attributes.get(name):
            _add(root, name, attributes[name])
    for name, element in (("sizes", "size"), ("formats", "format")):
        _strings(root, attributes.get(name), name=name, element=element)
    _funding(root, attributes)
    _places(root, attributes)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def schema_problems(
    doi: str, attributes: Mapping[str, object], *, folder: Path
) -> list[Problem]:
    """Return what the official XSD in a folder says against a record."""
    from fair_imagic.rdf import parse_xml

    schema = _schema(folder)
    root = parse_xml(kernel_xml(doi, attributes))
    schema.validate(root)
    return [
        Problem(
            _source(root, error.path or ""),
            f"DOI {doi}: {error.message} at line {error.line}, column {error.column}",
        )
        for error in schema.error_log  # type: ignore[attr-defined]
    ]


@functools.cache
def _schema(folder: Path) -> etree.XMLSchema:
    from lxml import etree

    # Not through rdf.parse_xml: the schema includes the files beside it by name.
    return etree.XMLSchema(etree.parse(str(folder / "metadata.xsd")))


def _source(root: etree._Element, path: str) -> str:
    """Return DataCite's name of the attribute that an error's XPath is inside."""
    step = re.match(r"/\*/\*(?:\[(\d+)\])?", path)
    if step is None:
        return "xml"
    name = str(root[int(step.group(1) or 1) - 1].tag).partition("}")[2]
    return {"publicationYear": "publication_year", "resourceType": "types"}.get(
        name, name
    )


def _add(parent: etree._Element, name: str, text: object = None) -> etree._Element:
    from lxml import etree

    element = etree.SubElement(parent, f"{{{kernel.NAMESPACE}}}{name}")
    element.text = None if text is None else str(text)
    return element


def _item(
    parent: etree._Element,
    name: str,
    content: Mapping[str, object],
    *,
    text: str,
    names: Mapping[str, str],
) -> None:
    element = _add(parent, name, content.get(text))
    for attribute, key in names.items():
        value = content.get(key)
        if value is not None:
            element.set(attribute, str(value))


def _wrapped(
    root: etree._Element, attributes: Mapping[str, object], name: str
) -> list[tuple[etree._Element, dict[str, object]]]:
    value = attributes.get(name)
    if not isinstance(value, list) or not value:
        return []
    wrapper = _add(root, name)
    return [(wrapper, item) for item in value if isinstance(item, dict)]


def _strings(root: etree._Element, value: object, *, name: str, element: str) -> None:
    if isinstance(value, list) and value:
        wrapper = _add(root, name)
        for text in value:
            _add(wrapper, element, text)


def _people(
    root: etree._Element, attributes: Mapping[str, object], *, role: str
) -> None:
    for wrapper, person in _wrapped(root, attributes, f"{role}s"):
        element = _add(wrapper, role)
        if role == "contributor":
            element.set("contributorType", str(person.get("contributorType")))
        names = {"nameType": "nameType", _LANG: "lang"}
        _item(element, f"{role}Name", person, text="name", names=names)
        for name in ("givenName", "familyName"):
            if person.get(name):
                _add(element, name, person[name])
        for item in _objects(person.get("nameIdentifiers")):
            _item(
                element,
                "nameIdentifier",
                item,
                text="nameIdentifier",
                names=_NAME_IDENTIFIER,
            )
        for item in _objects(person.get("affiliation")):
            _item(element, "affiliation", item, text="name", names=_AFFILIATION)


def _objects(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list):
        return []
    return [item if isinstance(item, dict) else {"name": item} for item in value]


def _funding(root: etree._Element, attributes: Mapping[str, object]) -> None:
    for wrapper, item in _wrapped(root, attributes, "fundingReferences"):
        element = _add(wrapper, "fundingReference")
        _add(element, "funderName", item.get("funderName"))
        if item.get("funderIdentifier"):
            names = {
                "funderIdentifierType": "funderIdentifierType",
                "schemeURI": "schemeUri",
            }
            _item(
                element, "funderIdentifier", item, text="funderIdentifier", names=names
            )
        if item.get("awardNumber"):
            names = {"awardURI": "awardUri"}
            _item(element, "awardNumber", item, text="awardNumber", names=names)
        if item.get("awardTitle"):
            _add(element, "awardTitle", item["awardTitle"])


def _places(root: etree._Element, attributes: Mapping[str, object]) -> None:
    for wrapper, item in _wrapped(root, attributes, "geoLocations"):
        element = _add(wrapper, "geoLocation")
        if item.get("geoLocationPlace"):
            _add(element, "geoLocationPlace", item["geoLocationPlace"])
        for name in ("geoLocationPoint", "geoLocationBox"):
            shape = item.get(name)
            if isinstance(shape, dict):
                drawn = _add(element, name)
                for key, number in shape.items():
                    _add(drawn, key, number)
