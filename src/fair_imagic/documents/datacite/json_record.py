"""DataCite JSON: the attributes of a DOI, alone or as the REST API wraps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.checks.point import Points
from fair_imagic.documents.address import document_iri
from fair_imagic.documents.datacite.vocabulary import SCHEMA_VERSION
from fair_imagic.documents.kind import Document, Kind
from fair_imagic.documents.select import pointer_of, pointer_text
from fair_imagic.documents.translation import mapped
from fair_imagic.i18n import _
from fair_imagic.model.pid import doi_of
from fair_imagic.publish.datacite.rules import points_to_fix
from fair_imagic.workflow.checking.own_rules import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.checks import Finding
    from fair_imagic.documents.content import Content

__all__ = ["KIND", "document_of"]

_PARTS = {"creators", "titles", "publisher", "publicationYear", "types"}
# What our rules do not look into: it neither counts as wrong nor as checked.
_NOT_CHECKED = ("geoLocations", "fundingReferences", "relatedItems")
# What DataCite derives or keeps for itself beside the record.
_DERIVED = frozenset(
    [
        "prefix",
        "suffix",
        "identifiers",
        "container",
        "contentUrl",
        "metadataVersion",
        "source",
        "isActive",
        "state",
        "reason",
        "created",
        "registered",
        "published",
        "updated",
        "xml",
        "viewCount",
        "viewsOverTime",
        "downloadCount",
        "downloadsOverTime",
        "referenceCount",
        "citationCount",
        "citationsOverTime",
        "partCount",
        "partOfCount",
        "versionCount",
        "versionOfCount",
        "event",
        "mode",
    ]
)


def _recognise(content: Content) -> bool:
    if not content.is_json:
        return False
    value = _attributes(content.json)
    if not isinstance(value, dict) or "@context" in value:
        return False
    named = str(value.get("schemaVersion", "")).startswith("http://datacite.org/")
    return named or len(_PARTS & value.keys()) >= 3


def _attributes(value: Any) -> Any:
    data = value.get("data", value) if isinstance(value, dict) else value
    return data.get("attributes", data) if isinstance(data, dict) else data


def _read(content: Content) -> Document:
    value = content.json
    wrapped = "data" in value or "attributes" in value
    start = _wrapping(value) if wrapped else ""

    def where(place: str) -> str:
        return f"{content.name}, {start}{place}"

    return document_of(_attributes(value), content, where=where)


def _wrapping(value: dict[str, Any]) -> str:
    outer = "/data" if "data" in value else ""
    inner = value.get("data", value)
    return f"{outer}/attributes" if "attributes" in inner else outer


def document_of(
    attributes: dict[str, Any], content: Content, *, where: Callable[[str], str]
) -> Document:
    """Return the document of DataCite attributes.

    ``where`` gives the place in the document of a JSON pointer into the attributes.
    """
    plain = _plain(attributes)
    base = document_iri(content.name)
    found = mapped("datacite", plain, base=base, where=lambda p: where(pointer_text(p)))
    return Document(
        name=content.name,
        snapshot=found.snapshot,
        profiles=("datacite",),
        places=found.places,
        asked=found.asked,
        findings=tuple(_points(plain, base, where)),
        remarks=tuple(_remarks(attributes, content.name)),
    )


def _remarks(attributes: dict[str, Any], name: str) -> Iterator[str]:
    parts = [part for part in _NOT_CHECKED if attributes.get(part)]
    if parts:
        text = _("{name}: not looked at: {parts}")
        yield text.format(name=name, parts=", ".join(parts))


def _points(
    plain: dict[str, Any], base: str, where: Callable[[str], str]
) -> Iterator[Finding]:
    titles = plain.get("titles")
    first = titles[0] if isinstance(titles, list) and titles else {}
    label = str(first.get("title", "")) if isinstance(first, dict) else ""
    points = Points("datacite", base, label or base.rpartition("/")[2])
    found = points_to_fix(plain, points)
    # The address of the landing page is given beside the record, when it is registered.
    kept = (one for one in found if "url" in plain or one.code != "datacite/url-needed")
    yield from placed(kept, lambda place: where(pointer_of(place)))


def _plain(attributes: dict[str, Any]) -> dict[str, Any]:
    """Return attributes in the form that our rules know: as one would send them."""
    found = {
        key: _without_gaps(value)
        for key, value in attributes.items()
        if key not in _DERIVED and key not in _NOT_CHECKED and value not in (None, "")
    }
    if not found.get("doi"):
        found["doi"] = _doi(attributes.get("identifiers"))
    found = {key: value for key, value in found.items() if value != ""}
    if isinstance(found.get("publisher"), str):
        found["publisher"] = {"name": found["publisher"]}
    if isinstance(found.get("publicationYear"), int):
        found["publicationYear"] = str(found["publicationYear"])
    # A version in the name is what DataCite itself writes into its examples.
    if str(found.get("schemaVersion", SCHEMA_VERSION)).startswith(SCHEMA_VERSION):
        found["schemaVersion"] = SCHEMA_VERSION
    for key, change in _CHANGES.items():
        if isinstance(found.get(key), list):
            found[key] = [
                change(one) if isinstance(one, dict) else one for one in found[key]
            ]
    types = found.get("types")
    if isinstance(types, dict) and not types.get("resourceType"):
        # The schema lets the free text be empty beside the word of the closed list.
        found["types"] = {**types, "resourceType": types.get("resourceTypeGeneral", "")}
    return found


def _without_gaps(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_gaps(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part is not None}
    return [_without_gaps(one) for one in value] if isinstance(value, list) else value


def _doi(identifiers: object) -> str:
    found = identifiers if isinstance(identifiers, list) else []
    for one in found:
        if isinstance(one, dict) and one.get("identifierType") == "DOI":
            text = str(one.get("identifier", ""))
            return text.removeprefix("https://doi.org/")
    return ""


def _person(person: dict[str, Any]) -> dict[str, Any]:
    """Return a person with affiliations as objects (older records have texts)."""
    places = person.get("affiliation")
    if not isinstance(places, list):
        return person
    named = [{"name": one} if isinstance(one, str) else one for one in places]
    return {**person, "affiliation": named}


def _rights(item: dict[str, Any]) -> dict[str, Any]:
    """Return rights with a text: the schema is content with an address or an id."""
    text = item.get("rightsIdentifier") or item.get("rightsUri")
    return item if item.get("rights") or not text else {**item, "rights": text}


def _relation(item: dict[str, Any]) -> dict[str, Any]:
    """Return a relation with its DOI bare: DataCite takes its address as well."""
    doi = doi_of(str(item.get("relatedIdentifier", "")))
    is_doi = item.get("relatedIdentifierType") == "DOI" and doi is not None
    return {**item, "relatedIdentifier": doi} if is_doi else item


_CHANGES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "creators": _person,
    "contributors": _person,
    "rightsList": _rights,
    "relatedIdentifiers": _relation,
}

KIND = Kind("datacite-json", lambda: "DataCite JSON", _recognise, _read)
