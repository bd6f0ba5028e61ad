"""Our own rules for DataCite attributes, at least as strict as the official XSD.

The service validates late and not always (drafts never, other ``schemaVersion`` values
never), so nothing is sent that these rules do not pass. They also say what neither the
XSD nor the JSON schema sees: empty texts, impossible dates, wrong check digits.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.datacite import vocabulary
from fair_imagic.entry.identifier import is_doi, is_ror, is_swhid, is_url, orcid_in
from fair_imagic.publish.datacite.doi import can_be_new

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fair_imagic.checks import Finding
    from fair_imagic.checks.point import Points

    Attributes = Mapping[str, Any]

__all__ = ["points_to_fix"]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2}))?)?)?")
_CODE = re.compile(r"[^\s<>\"{}|\\^`]+")
_YEAR = re.compile(r"[12]\d{3}")
_KNOWN = {
    "doi", "url", "schemaVersion", "types", "creators", "titles", "publisher",
    "publicationYear", "subjects", "contributors", "dates", "language",
    "alternateIdentifiers", "relatedIdentifiers", "sizes", "formats", "version",
    "rightsList", "descriptions",
}  # fmt: skip
#: JSON list -> the key of each item's text and the closed lists of its other keys.
_ITEMS: dict[str, tuple[str, dict[str, frozenset[str]], tuple[str, ...]]] = {
    "creators": ("name", {"nameType": vocabulary.NAME_TYPES}, ()),
    "contributors": (
        "name",
        {
            "nameType": vocabulary.NAME_TYPES,
            "contributorType": vocabulary.CONTRIBUTOR_TYPES,
        },
        ("contributorType",),
    ),
    "titles": ("title", {"titleType": vocabulary.TITLE_TYPES}, ()),
    "subjects": ("subject", {}, ()),
    "dates": ("date", {"dateType": vocabulary.DATE_TYPES}, ("dateType",)),
    "alternateIdentifiers": (
        "alternateIdentifier",
        {},
        ("alternateIdentifierType",),
    ),
    "relatedIdentifiers": (
        "relatedIdentifier",
        {
            "relatedIdentifierType": vocabulary.IDENTIFIER_TYPES,
            "relationType": vocabulary.RELATION_TYPES,
            "resourceTypeGeneral": vocabulary.RESOURCE_TYPES,
        },
        ("relatedIdentifierType", "relationType"),
    ),
    "rightsList": ("rights", {}, ()),
    "descriptions": (
        "description",
        {"descriptionType": vocabulary.DESCRIPTION_TYPES},
        ("descriptionType",),
    ),
}
_NESTED = {
    "nameIdentifiers": ("nameIdentifier", "nameIdentifierScheme"),
    "affiliation": ("name", ""),
}
_SYNTAX: dict[str, Callable[[str], bool]] = {
    "DOI": is_doi,
    "URL": is_url,
    "SWHID": is_swhid,
}


def points_to_fix(attributes: Attributes, points: Points) -> Iterator[Finding]:
    """Yield what DataCite would refuse, then what spoils the record."""
    broken = [*_shape(attributes, points)]
    yield from broken
    if broken:
        return  # the rules below may rely on the right kinds of value
    for rule in (_texts, _core, _people, _lists, _relations, _dates, _rights, _advice):
        yield from rule(attributes, points)


def _shape(attributes: Attributes, points: Points) -> Iterator[Finding]:
    for key in sorted(attributes.keys() - _KNOWN):
        yield _wrong(points, key, attributes[key])
    for key in ("publisher", "types"):
        if not _is_texts(attributes.get(key, {})):
            yield _wrong(points, key, attributes[key])
    for key in ("sizes", "formats"):
        value = attributes.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            yield _wrong(points, key, value)
    for key in ("doi", "url", "schemaVersion", "publicationYear", "language"):
        if not isinstance(attributes.get(key, ""), str):
            yield _wrong(points, key, attributes[key])
    if not isinstance(attributes.get("version", ""), str):
        yield _wrong(points, "version", attributes["version"])
    for key in _ITEMS:
        value = attributes.get(key, [])
        items = value if isinstance(value, list) else [value]
        if items is not value or not all(_is_item(item) for item in items):
            yield _wrong(points, key, value)


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())


def _is_item(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    nested = [value.get(key, []) for key in _NESTED]
    flat = {key: text for key, text in value.items() if key not in _NESTED}
    parts_are_texts = all(
        isinstance(parts, list) and all(_is_texts(part) for part in parts)
        for parts in nested
    )
    return parts_are_texts and _is_texts(flat)


def _wrong(points: Points, place: str, value: object) -> Finding:
    return points.make(
        "wrong-form",
        message="{place} has a form that DataCite does not accept",
        repair="Report this: the record was built wrongly",
        place=place,
        value=repr(value)[:200],
    )


def _every_text(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _every_text(part, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _every_text(part, f"{place}[{number}]")


def _texts(attributes: Attributes, points: Points) -> Iterator[Finding]:
    for place, text in _every_text(dict(attributes), ""):
        if not text.strip():
            yield points.make(
                "empty-text",
                message="{place} is empty",
                repair="Give a value or remove the entry",
                place=place,
                value=text,
            )
        elif _CONTROL.search(text):
            yield points.make(
                "control-character",
                message="{place} contains a character that XML cannot hold",
                repair="Type the text again instead of pasting it",
                place=place,
                value=repr(text)[:200],
            )
        elif not _fits(place.rpartition(".")[2], text):
            yield _wrong(points, place, text)
        elif text in vocabulary.PLACEHOLDERS:
            yield points.make(
                "placeholder",
                message="{place} is a placeholder for an unknown value",
                repair="Give the real value before the DOI becomes public",
                place=place,
                value=text,
                must=False,
            )


def _fits(key: str, text: str) -> bool:
    """Return whether a text fits its key, wherever in the record that is."""
    if key == "classificationCode":  # an address, or the bare code of its scheme
        return _CODE.fullmatch(text) is not None
    if key.endswith("Uri"):
        return is_url(text)
    return key != "lang" or _LANGUAGE.fullmatch(text) is not None


def _core(attributes: Attributes, points: Points) -> Iterator[Finding]:
    types = attributes.get("types", {})
    tests = (
        ("doi", can_be_new(attributes.get("doi", ""))),
        ("url", is_url(attributes.get("url", ""))),
        (
            "schemaVersion",
            attributes.get("schemaVersion") == vocabulary.SCHEMA_VERSION,
        ),
        ("publicationYear", _is_year(attributes.get("publicationYear", ""))),
        (
            "types.resourceTypeGeneral",
            types.get("resourceTypeGeneral") in vocabulary.RESOURCE_TYPES,
        ),
        ("types.resourceType", bool(types.get("resourceType"))),
        ("publisher.name", bool(attributes.get("publisher", {}).get("name"))),
        ("creators", bool(attributes.get("creators"))),
        ("titles", bool(attributes.get("titles"))),
        (
            "language",
            _LANGUAGE.fullmatch(attributes.get("language", "en")) is not None,
        ),
    )
    for place, holds in tests:
        if not holds:
            value = attributes.get(place)
            yield points.make(
                f"{place.partition('.')[0].lower()}-needed",
                message="DataCite needs a valid {place}",
                repair="Fill in {place} in the publication set",
                place=place,
                value=None if value is None else str(value),
            )


def _is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None and int(text) <= date.today().year + 10


def _people(attributes: Attributes, points: Points) -> Iterator[Finding]:
    for key in ("creators", "contributors"):
        for number, agent in enumerate(attributes.get(key, [])):
            yield from _agent(agent, f"{key}[{number}]", points)
    publisher = attributes.get("publisher", {})
    if publisher.get("publisherIdentifierScheme") == "ROR":
        yield from _ror(publisher.get("publisherIdentifier", ""), "publisher", points)


def _agent(agent: Attributes, place: str, points: Points) -> Iterator[Finding]:
    for key, (text, scheme) in _NESTED.items():
        for part in agent.get(key, []):
            if not part.get(text) or (scheme and not part.get(scheme)):
                yield _wrong(points, f"{place}.{key}", part)
    for name in agent.get("nameIdentifiers", []):
        found = name.get("nameIdentifier", "")
        if name.get("nameIdentifierScheme") == "ORCID" and orcid_in(found) is None:
            yield points.make(
                "orcid-wrong",
                message="The ORCID iD of {name} has a wrong form or check digit",
                repair="Copy the ORCID iD from the person's ORCID page",
                place=f"{place}.nameIdentifiers",
                value=found,
                name=agent.get("name", ""),
            )
    for place_of_work in agent.get("affiliation", []):
        if place_of_work.get("affiliationIdentifierScheme") == "ROR":
            yield from _ror(
                place_of_work.get("affiliationIdentifier", ""),
                f"{place}.affiliation",
                points,
            )


def _ror(text: str, place: str, points: Points) -> Iterator[Finding]:
    if not is_ror(text):
        yield points.make(
            "ror-wrong",
            message="{place} has a ROR id with a wrong form or check digits",
            repair="Copy the full address from ror.org, such as "
            "https://ror.org/051sk4035",
            place=place,
            value=text,
        )


def _lists(attributes: Attributes, points: Points) -> Iterator[Finding]:
    for key, (text, closed, needed) in _ITEMS.items():
        for number, item in enumerate(attributes.get(key, [])):
            place = f"{key}[{number}]"
            for name in (text, *needed):
                if not item.get(name):
                    yield _wrong(points, f"{place}.{name}", item)
            for name, values in closed.items():
                if name in item and item[name] not in values:
                    yield points.make(
                        "not-in-list",
                        message="{place} is not a value that DataCite knows",
                        repair="Choose one of DataCite's values",
                        place=f"{place}.{name}",
                        value=item[name],
                    )


def _relations(attributes: Attributes, points: Points) -> Iterator[Finding]:
    for number, item in enumerate(attributes.get("relatedIdentifiers", [])):
        place = f"relatedIdentifiers[{number}]"
        holds = _SYNTAX.get(item.get("relatedIdentifierType", ""), bool)
        if not holds(item.get("relatedIdentifier", "")):
            yield _wrong(points, place, item.get("relatedIdentifier"))
        scheme = {"relatedMetadataScheme", "schemeUri", "schemeType"} & item.keys()
        if scheme and item.get("relationType") not in ("HasMetadata", "IsMetadataFor"):
            yield _wrong(points, f"{place}.{min(scheme)}", item.get("relationType"))
    for number, item in enumerate(attributes.get("alternateIdentifiers", [])):
        if item.get("alternateIdentifierType", "").upper() == "DOI":
            place = f"alternateIdentifiers[{number}]"
            yield _wrong(points, place, item.get("alternateIdentifier"))


def _dates(attributes: Attributes, points: Points) -> Iterator[Finding]:
    for number, item in enumerate(attributes.get("dates", [])):
        parts = item.get("date", "").split("/")
        if len(parts) > 2 or not all(_is_day(part) for part in parts):
            yield points.make(
                "date-wrong",
                message="{value} is not a date or a period",
                repair="Write 2026-11-22 or 2026-11-01/2026-11-22",
                place=f"dates[{number}]",
                value=item.get("date"),
            )


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text[:10]}{'-01-01'[len(text) - 4 :]}"[:10])
    except ValueError:
        return False
    return True


def _rights(attributes: Attributes, points: Points) -> Iterator[Finding]:
    rights = attributes.get("rightsList", [])
    for number, item in enumerate(rights):
        if len(item.get("rights", "")) > 2000:
            yield _wrong(points, f"rightsList[{number}].rights", item["rights"])
    if not any(item.get("rightsIdentifier") for item in rights):
        yield points.make(
            "licence-unknown",
            message="No licence of the SPDX list is given",
            repair="Choose a licence, such as CC-BY-4.0",
            place="rightsList",
            value=rights[0].get("rights") if rights else None,
            must=False,
        )


def _advice(attributes: Attributes, points: Points) -> Iterator[Finding]:
    kinds = {one.get("descriptionType") for one in attributes.get("descriptions", [])}
    if "Abstract" not in kinds:
        yield points.make(
            "abstract-missing",
            message="There is no abstract",
            repair="Describe the publication set in a few sentences",
            place="descriptions",
            must=False,
        )
    if not attributes.get("subjects"):
        yield points.make(
            "keywords-missing",
            message="There are no keywords",
            repair="Add keywords to the publication set",
            place="subjects",
            must=False,
        )
