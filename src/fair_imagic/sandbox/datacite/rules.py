"""The rules of kernel 4 for a DOI that becomes registered or findable.

Written from the standard, apart from the product's own rules, so that the judge shares
no mistake with the judged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.sandbox.datacite import kernel
from fair_imagic.sandbox.datacite.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["kernel_problems"]

_DATE = re.compile(
    r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])"
    r"(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AT = "at line 4, column 0"

# attribute, key, closed list, whether the key must be there
_CLOSED = (
    ("creators", "nameType", kernel.NAME_TYPES, False),
    ("contributors", "nameType", kernel.NAME_TYPES, False),
    ("contributors", "contributorType", kernel.CONTRIBUTOR_TYPES, True),
    ("titles", "titleType", kernel.TITLE_TYPES, False),
    ("dates", "dateType", kernel.DATE_TYPES, True),
    ("descriptions", "descriptionType", kernel.DESCRIPTION_TYPES, True),
    (
        "relatedIdentifiers",
        "relatedIdentifierType",
        kernel.RELATED_IDENTIFIER_TYPES,
        True,
    ),
    ("relatedIdentifiers", "relationType", kernel.RELATION_TYPES, True),
    ("relatedIdentifiers", "resourceTypeGeneral", kernel.RESOURCE_TYPES, False),
    ("relatedItems", "relatedItemType", kernel.RESOURCE_TYPES, True),
    ("relatedItems", "relationType", kernel.RELATION_TYPES, True),
    ("relatedItems", "numberType", kernel.NUMBER_TYPES, False),
    (
        "fundingReferences",
        "funderIdentifierType",
        kernel.FUNDER_IDENTIFIER_TYPES,
        False,
    ),
)
# attribute, key that must hold text
_TEXTS = (
    ("creators", "name", "creatorName"),
    ("contributors", "name", "contributorName"),
    ("titles", "title", "title"),
    ("subjects", "subject", "subject"),
    ("descriptions", "description", "description"),
    ("relatedIdentifiers", "relatedIdentifier", "relatedIdentifier"),
    ("alternateIdentifiers", "alternateIdentifier", "alternateIdentifier"),
    ("alternateIdentifiers", "alternateIdentifierType", "alternateIdentifierType"),
    ("fundingReferences", "funderName", "funderName"),
)


def kernel_problems(doi: str, attributes: Mapping[str, object]) -> list[Problem]:
    """Return what keeps the metadata of a DOI from being public."""
    found = [
        *_required(attributes),
        *_texts(attributes),
        *_closed(attributes),
        *_dates(attributes),
        *_control_characters(attributes),
    ]
    return [Problem(p.source, f"DOI {doi}: {p.title} {_AT}") for p in found]


def _missing(element: str) -> str:
    name = f"{{{kernel.NAMESPACE}}}{element}"
    return f"Missing child element(s). Expected is ( {name} )."


def _required(attributes: Mapping[str, object]) -> Iterator[Problem]:
    for name, element in (("creators", "creator"), ("titles", "title")):
        if not items(attributes, name):
            yield Problem(name, _missing(element))
    publisher = attributes.get("publisher")
    if isinstance(publisher, dict):
        publisher = publisher.get("name")
    if not _is_text(publisher):
        yield Problem("publisher", _missing("publisher"))
    year = str(attributes.get("publicationYear") or "")
    if not re.fullmatch(r"[1-9]\d{3}", year):
        yield Problem(
            "publication_year",
            f"[facet 'pattern'] The value '{year}' is not accepted by the pattern "
            "'[\\d]{4}'.",
        )
    types = attributes.get("types")
    general = types.get("resourceTypeGeneral") if isinstance(types, dict) else None
    if general not in kernel.RESOURCE_TYPES:
        yield Problem("types", _not_in(general, kernel.RESOURCE_TYPES))


def items(attributes: Mapping[str, object], name: str) -> list[dict[str, object]]:
    """Return the objects of a list attribute."""
    value = attributes.get(name)
    if not isinstance(value, list):
        return []
    return [item for item in value if isinstance(item, dict)]


def _texts(attributes: Mapping[str, object]) -> Iterator[Problem]:
    for name, key, element in _TEXTS:
        for item in items(attributes, name):
            if not _is_text(item.get(key)):
                yield Problem(
                    name,
                    f"Element '{{{kernel.NAMESPACE}}}{element}': [facet 'minLength'] "
                    "The value has a length of '0'.",
                )


def _closed(attributes: Mapping[str, object]) -> Iterator[Problem]:
    for name, key, allowed, is_required in _CLOSED:
        for item in items(attributes, name):
            value = item.get(key)
            if value is None and not is_required:
                continue
            if value not in allowed:
                yield Problem(name, f"attribute '{key}': " + _not_in(value, allowed))


def _dates(attributes: Mapping[str, object]) -> Iterator[Problem]:
    for item in items(attributes, "dates"):
        text = str(item.get("date") or "")
        ends = text.split("/")
        good = len(ends) <= 2 and any(ends)
        if not good or not all(_DATE.fullmatch(end) for end in ends if end):
            yield Problem("dates", f"The value '{text}' is not a date or range.")


def _control_characters(attributes: Mapping[str, object]) -> Iterator[Problem]:
    for name, value in attributes.items():
        if any(_CONTROL.search(text) for text in _strings(value)):
            yield Problem(name, "xmlParseCharRef: invalid xmlChar value.")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _not_in(value: object, allowed: frozenset[str]) -> str:
    names = ", ".join(f"'{name}'" for name in sorted(allowed))
    return (
        f"[facet 'enumeration'] The value '{value or ''}' is not an element of the "
        f"set {{{names}}}."
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
