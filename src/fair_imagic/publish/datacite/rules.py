"""Our own rules for DataCite attributes, at least as strict as the official XSD.

The service validates late and not always (drafts never, other ``schemaVersion`` values
never), so nothing is sent that these rules do not pass. They also say what neither the
XSD nor the JSON schema sees: empty texts, impossible dates, wrong check digits.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.address import has_scheme, is_address
from fair_imagic.documents.datacite import vocabulary
from fair_imagic.documents.datacite.json_form import parts_of_json
from fair_imagic.documents.datacite.kernel import KERNELS, words
from fair_imagic.documents.datacite.record import Record
from fair_imagic.entry.identifier import is_doi, is_swhid, is_url, orcid_in, ror_in
from fair_imagic.publish.datacite.content import LANGUAGE
from fair_imagic.publish.datacite.dates import is_date_or_period
from fair_imagic.publish.datacite.doi import can_be_new
from fair_imagic.publish.datacite.kernel_rules import kernel_points

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fair_imagic.checks import Finding
    from fair_imagic.checks.point import Points

    Attributes = Mapping[str, Any]

__all__ = ["points_to_fix", "record_points"]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BESIDE = ("url", "schemaVersion")
_YEAR = re.compile(r"[12]\d{3}")
#: JSON list -> the key of each item's text.
_ITEMS = {
    "creators": "name",
    "contributors": "name",
    "titles": "title",
    "subjects": "subject",
    "dates": "date",
    "alternateIdentifiers": "alternateIdentifier",
    "relatedIdentifiers": "relatedIdentifier",
    "rightsList": "rights",
    "descriptions": "description",
}
_SYNTAX: dict[str, Callable[[str], bool]] = {
    "DOI": is_doi,
    "URL": is_url,
    "SWHID": is_swhid,
}


def points_to_fix(attributes: Attributes, points: Points) -> Iterator[Finding]:
    """Yield what DataCite would refuse of our own record, then what spoils it."""
    form = parts_of_json(attributes)
    record = Record(
        attributes=attributes,
        tree=form.tree,
        kernel=KERNELS[-1],
        is_new=True,
        odd=(
            *form.odd,
            *((k, attributes[k]) for k in _BESIDE if not _is_text(attributes, k)),
        ),
    )
    yield from record_points(record, points)


def record_points(record: Record, points: Points) -> Iterator[Finding]:
    """Yield what DataCite would refuse of any record, then what spoils it."""
    for place, value in record.odd:
        yield _wrong(points, place, value)
    if record.odd:
        return  # the rules below rely on the right kinds of value
    yield from kernel_points(record.tree, record.kernel, points)
    yield from _core(record, points)
    for rule in (_texts, _people, _lists, _relations, _dates, _rights, _advice):
        yield from rule(record.attributes, points)


def _is_text(attributes: Attributes, key: str) -> bool:
    return isinstance(attributes.get(key, ""), str)


def _wrong(points: Points, place: str, value: object, *, must: bool = True) -> Finding:
    return points.make(
        "wrong-form",
        message="{place} has a form that DataCite does not accept",
        repair="Report this: the record was built wrongly",
        place=place,
        value=repr(value)[:200],
        must=must,
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
            # Empty where a value need not be, DataCite lets it pass.
            yield points.make(
                "empty-text",
                message="{place} is empty",
                repair="Give a value or remove the entry",
                place=place,
                value=text,
                must=_is_needed(place),
            )
        elif _CONTROL.search(text):
            yield points.make(
                "control-character",
                message="{place} contains a character that XML cannot hold",
                repair="Type the text again instead of pasting it",
                place=place,
                value=repr(text)[:200],
            )
        elif text in vocabulary.PLACEHOLDERS:
            yield points.make(
                "placeholder",
                message="{place} is a placeholder for an unknown value",
                repair="Give the real value before the DOI becomes public",
                place=place,
                value=text,
                must=False,
            )
        elif place.endswith("Uri") and is_address(text) and not has_scheme(text):
            yield points.make(
                "address-not-whole",
                message="{place} is a part of an address only",
                repair="Write the whole address, such as https://orcid.org",
                place=place,
                value=text,
                must=False,
            )


def _is_needed(place: str) -> bool:
    """Return whether the standard asks for a value there, wherever it is."""
    top, _dot, key = place.partition(".")
    if not key:
        return "[" not in top
    return key == "name" or _ITEMS.get(top.partition("[")[0]) == key


def _core(record: Record, points: Points) -> Iterator[Finding]:
    attributes = record.attributes
    types = attributes.get("types", {})
    is_fitting = can_be_new if record.is_new else is_doi
    tests = (
        ("doi", is_fitting(attributes.get("doi", ""))),
        ("url", is_url(attributes.get("url", ""))),
        (
            "schemaVersion",
            attributes.get("schemaVersion") == vocabulary.SCHEMA_VERSION,
        ),
        ("publicationYear", _is_year(attributes.get("publicationYear", ""))),
        (
            "types.resourceTypeGeneral",
            types.get("resourceTypeGeneral") in words("resourceType"),
        ),
        ("types.resourceType", bool(types.get("resourceType"))),
        ("publisher.name", bool(attributes.get("publisher", {}).get("name"))),
        ("creators", bool(attributes.get("creators"))),
        ("titles", bool(attributes.get("titles"))),
        (
            "language",
            LANGUAGE.fullmatch(attributes.get("language", "en").strip()) is not None,
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
        yield from _ror(publisher.get("publisherIdentifier"), "publisher", points)


def _agent(agent: Attributes, place: str, points: Points) -> Iterator[Finding]:
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
                place_of_work.get("affiliationIdentifier"),
                f"{place}.affiliation",
                points,
            )


def _ror(text: str | None, place: str, points: Points) -> Iterator[Finding]:
    if text and text.strip() and ror_in(text) is None:
        yield points.make(
            "ror-wrong",
            message="{place} has a ROR id with a wrong form or check digits",
            repair="Copy the full address from ror.org, such as "
            "https://ror.org/051sk4035",
            place=place,
            value=text,
        )


def _lists(attributes: Attributes, points: Points) -> Iterator[Finding]:
    for key, text in _ITEMS.items():
        for number, item in enumerate(attributes.get(key, [])):
            if text not in item:
                yield _wrong(points, f"{key}[{number}].{text}", item)


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
        text = item.get("date", "")
        if text.strip() and not is_date_or_period(text):
            yield points.make(
                "date-wrong",
                message="{value} is not a date or a period",
                repair="Write 2026-11-22 or 2026-11-01/2026-11-22",
                place=f"dates[{number}]",
                value=item.get("date"),
                clause="DataCite Metadata Schema 4, property 8 (W3CDTF, RKMS-ISO8601)",
            )


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
