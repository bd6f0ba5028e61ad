"""DataCite JSON: the attributes of a DOI, alone or as the REST API wraps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.documents.address import document_iri
from fair_imagic.documents.datacite.json_form import parts_of_json
from fair_imagic.documents.datacite.kernel import KERNELS
from fair_imagic.documents.datacite.record import Record
from fair_imagic.documents.datacite.vocabulary import SCHEMA_VERSION
from fair_imagic.documents.kind import Kind, Reading
from fair_imagic.documents.translation import translation_of
from fair_imagic.documents.tree_path import pointer_of, pointer_text
from fair_imagic.entry.identifier import doi_of
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.documents.content import Content
    from fair_imagic.documents.datacite.part import Part

__all__ = ["KIND", "reading_of"]

_PARTS = {"creators", "titles", "publisher", "publicationYear", "types"}
_TEXTS = ("doi", "url", "language", "version", "publicationYear", "schemaVersion")
# What DataCite derives or keeps for itself beside the record.
_DERIVED_TYPES = ("schemaOrg", "bibtex", "citeproc", "ris")
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

    # DataCite makes the XML of a record in JSON itself, of the newest kernel.
    return reading_of(_attributes(value), content, where=where, kernel=KERNELS[-1])


def _wrapping(value: dict[str, Any]) -> str:
    outer = "/data" if "data" in value else ""
    inner = value.get("data", value)
    return f"{outer}/attributes" if "attributes" in inner else outer


def reading_of(
    attributes: dict[str, Any],
    content: Content,
    *,
    where: Callable[[str], str],
    kernel: str,
    tree: Part | None = None,
) -> Reading:
    """Return what DataCite attributes say.

    ``where`` gives the place in the document of a JSON pointer into the attributes, or
    of a path of ``tree``, the document's own XML.
    """
    plain = _plain(attributes)
    form = parts_of_json(plain)
    record = Record(
        attributes=plain,
        tree=tree or form.tree,
        kernel=kernel,
        odd=() if tree else tuple(form.odd),
    )
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
        form=record,
        where=lambda place: where(place if "/" in place else pointer_of(place)),
        remarks=(_judged_by(content.name, kernel),),
    )


def _first_title(plain: dict[str, Any]) -> str:
    titles = plain.get("titles")
    first = titles[0] if isinstance(titles, list) and titles else {}
    return str(first.get("title", "")) if isinstance(first, dict) else ""


def _judged_by(name: str, kernel: str) -> str:
    text = _("{name}: judged by kernel {kernel} of DataCite's schema")
    return text.format(name=name, kernel=kernel)


def _plain(attributes: dict[str, Any]) -> dict[str, Any]:
    """Return attributes in the form that our rules know: as one would send them."""
    record = {
        key: _without_gaps(value)
        for key, value in attributes.items()
        if key not in _DERIVED and not _is_gap(key, value)
    }
    doi = record.get("doi") or _doi(attributes.get("identifiers"))
    record |= {"doi": doi} if doi else {}
    if isinstance(record.get("publisher"), str):
        record["publisher"] = {"name": record["publisher"]}
    record = _year(record)
    # A version in the name is what DataCite itself writes into its examples.
    if str(record.get("schemaVersion", SCHEMA_VERSION)).startswith(SCHEMA_VERSION):
        record["schemaVersion"] = SCHEMA_VERSION
    for key, change in _CHANGES.items():
        if isinstance(record.get(key), list):
            record[key] = [
                change(one) if isinstance(one, dict) else one for one in record[key]
            ]
    if isinstance(record.get("types"), dict):
        record["types"] = _types(record["types"])
    return record


def _types(types: dict[str, Any]) -> dict[str, Any]:
    """Return the types without those that DataCite derives, and with a text.

    The schema lets the free text be empty beside the word of the closed list.
    """
    own = {key: value for key, value in types.items() if key not in _DERIVED_TYPES}
    if not own.get("resourceType"):
        own["resourceType"] = own.get("resourceTypeGeneral", "")
    return own


def _year(item: dict[str, Any]) -> dict[str, Any]:
    """Return a record with its year as a text: DataCite takes a number as well."""
    year = item.get("publicationYear")
    is_number = isinstance(year, int) and not isinstance(year, bool)
    return {**item, "publicationYear": str(year)} if is_number else item


def _is_gap(key: str, value: Any) -> bool:
    """Return whether nothing is given: DataCite writes null, others an empty text."""
    return value is None or (value == "" and key in _TEXTS)


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


def _place(item: dict[str, Any]) -> dict[str, Any]:
    """Return a place with its polygons as objects of points.

    DataCite writes a polygon as a list of points with a key each, and one polygon
    without the list of polygons around it.
    """
    polygons = item.get("geoLocationPolygon")
    if not isinstance(polygons, list):
        return item
    listed = polygons if all(isinstance(one, list) for one in polygons) else [polygons]
    return {**item, "geoLocationPolygon": [_polygon(one) for one in listed]}


def _polygon(points: list[Any]) -> Any:
    if not all(isinstance(one, dict) for one in points):
        return points
    polygon: dict[str, Any] = {"polygonPoint": []}
    for one in points:
        for key, value in one.items():
            if key == "polygonPoint":
                polygon[key].append(value)
            else:
                polygon[key] = value
    return polygon


_CHANGES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "creators": _person,
    "contributors": _person,
    "rightsList": _rights,
    "relatedIdentifiers": _relation,
    "geoLocations": _place,
    "relatedItems": _year,
}

_GAPS = (
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
