"""How the XML of DataCite's kernel names what its JSON names otherwise."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AGENTS", "AGENT_PARTS", "LISTS", "XML_ATTRIBUTES", "Items"]


@dataclass(frozen=True)
class Items:
    """The items of a JSON list as XML elements.

    ``text`` is the JSON key of an element's text, empty where the JSON item is the bare
    text; ``attributes`` are the JSON keys that are XML attributes, in their order.
    """

    element: str
    text: str
    attributes: tuple[str, ...] = ()


#: JSON key -> XML attribute, wherever the two differ.
XML_ATTRIBUTES = {
    "lang": "{http://www.w3.org/XML/1998/namespace}lang",
    "schemeUri": "schemeURI",
    "valueUri": "valueURI",
    "rightsUri": "rightsURI",
    "awardUri": "awardURI",
}

#: JSON list and XML wrapper, which have one name -> its items.
LISTS = {
    "titles": Items("title", "title", ("titleType", "lang")),
    "subjects": Items(
        "subject",
        "subject",
        ("subjectScheme", "schemeUri", "valueUri", "classificationCode", "lang"),
    ),
    "dates": Items("date", "date", ("dateType", "dateInformation")),
    "alternateIdentifiers": Items(
        "alternateIdentifier", "alternateIdentifier", ("alternateIdentifierType",)
    ),
    "relatedIdentifiers": Items(
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
    "rightsList": Items(
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
    "descriptions": Items("description", "description", ("descriptionType", "lang")),
    "sizes": Items("size", ""),
    "formats": Items("format", ""),
}

#: JSON list and XML wrapper of people and organisations -> the element of one.
AGENTS = {"creators": "creator", "contributors": "contributor"}

#: JSON list inside a person -> its items.
AGENT_PARTS = {
    "nameIdentifiers": Items(
        "nameIdentifier", "nameIdentifier", ("nameIdentifierScheme", "schemeUri")
    ),
    "affiliation": Items(
        "affiliation",
        "name",
        ("affiliationIdentifier", "affiliationIdentifierScheme", "schemeUri"),
    ),
}
