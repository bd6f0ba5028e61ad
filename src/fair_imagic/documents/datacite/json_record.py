"""DataCite JSON: the attributes of a DOI, alone or as the REST API wraps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.documents.address import document_iri
from fair_imagic.documents.datacite.vocabulary import SCHEMA_VERSION
from fair_imagic.documents.kind import Kind, Reading
from fair_imagic.documents.translation import translation_of
from fair_imagic.documents.tree_path import pointer_of, pointer_text
from fair_imagic.entry.identifier import doi_of
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.documents.content import Content

__all__ = ["KIND", "PARTS_NOT_JUDGED", "reading_of"]

_PARTS = {"creators", "titles", "publisher", "publicationYear", "types"}
# What no rule looks into: it neither counts as wrong nor as checked.
_NOT_JUDGED = ("geoLocations", "fundingReferences", "relatedItems")
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


def _read(content: Content) -> Reading:
    value = content.json
    wrapped = "data" in value or "attributes" in value
    start = _wrapping(value) if wrapped else ""

    def where(place: str) -> str:
        return f"{content.name}, {start}{place}"

    return reading_of(_attributes(value), content, where=where)


def _wrapping(value: dict[str, Any]) -> str:
    outer = "/data" if "data" in value else ""
    inner = value.get("data", value)
    return f"{outer}/attributes" if "attributes" in inner else outer


def reading_of(
    attributes: dict[str, Any], content: Content, *, where: Callable[[str], str]
) -> Reading:
    """Return what DataCite attributes say.

    ``where`` gives the place in the document of a JSON pointer into the attributes.
    """
    plain = _plain(attributes)
    base = document_iri(content.name)
    translation = translation_of(
        "datacite", plain, base=base, where=lambda p: where(pointer_text(p))
    )
    return Reading(
        name=content.name,
        root=base,
        label=_first_title(plain) or base.rpartition("/")[2],
        triples=translation.triples,
        places=translation.places,
        questions=translation.questions,
        form=plain,
        where=lambda place: where(pointer_of(place)),
        remarks=tuple(_remarks(attributes, content.name)),
    )


def _first_title(plain: dict[str, Any]) -> str:
    titles = plain.get("titles")
    first = titles[0] if isinstance(titles, list) and titles else {}
    return str(first.get("title", "")) if isinstance(first, dict) else ""


def _remarks(attributes: dict[str, Any], name: str) -> Iterator[str]:
    parts = [part for part in _NOT_JUDGED if attributes.get(part)]
    if parts:
        text = _("{name}: not looked at: {parts}")
        yield text.format(name=name, parts=", ".join(parts))


def _plain(attributes: dict[str, Any]) -> dict[str, Any]:
    """Return attributes in the form that our rules know: as one would send them."""
    record = {
        key: _without_gaps(value)
        for key, value in attributes.items()
        if key not in _DERIVED and key not in _NOT_JUDGED and value not in (None, "")
    }
    if not record.get("doi"):
        record["doi"] = _doi(attributes.get("identifiers"))
    record = {key: value for key, value in record.items() if value != ""}
    if isinstance(record.get("publisher"), str):
        record["publisher"] = {"name": record["publisher"]}
    if isinstance(record.get("publicationYear"), int):
        record["publicationYear"] = str(record["publicationYear"])
    # A version in the name is what DataCite itself writes into its examples.
    if str(record.get("schemaVersion", SCHEMA_VERSION)).startswith(SCHEMA_VERSION):
        record["schemaVersion"] = SCHEMA_VERSION
    for key, change in _CHANGES.items():
        if isinstance(record.get(key), list):
            record[key] = [
                change(one) if isinstance(one, dict) else one for one in record[key]
            ]
    types = record.get("types")
    if isinstance(types, dict) and not types.get("resourceType"):
        # The schema lets the free text be empty beside the word of the closed list.
        record["types"] = {
            **types,
            "resourceType": types.get("resourceTypeGeneral", ""),
        }
    return record


def _without_gaps(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_gaps(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part is not None}
    return [_without_gaps(one) for one in value] if isinstance(value, list) else value


def _doi(identifiers: object) -> str:
    listed = identifiers if isinstance(identifiers, list) else []
    for one in listed:
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

PARTS_NOT_JUDGED = Gap(
    "parts-not-judged",
    both("geoLocations, fundingReferences and relatedItems are not looked at"),
)
_GAPS = (
    PARTS_NOT_JUDGED,
    Gap(
        "what-datacite-adds",
        both(
            "What DataCite derives or counts itself (state, days of registration, "
            "citations, ...) is passed over"
        ),
    ),
    Gap(
        "addresses-not-opened",
        both("The landing page and related addresses are not opened"),
    ),
)

KIND = Kind(
    "datacite-json",
    title=lambda: "DataCite JSON",
    recognise=_recognise,
    read=_read,
    profiles=("datacite",),
    rules="fair_imagic.publish.datacite.document:document_points",
    order=60,
    gaps=_GAPS,
)
