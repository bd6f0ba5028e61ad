"""The published set as schema.org JSON-LD and as Turtle, and what both say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fair_imagic import rdf
from fair_imagic.model import with_public_types
from fair_imagic.publish.landing.dcat import dcat_statements
from fair_imagic.publish.study import ror_of, said
from fair_imagic.publish.wording import byte_size_text, instrument_name
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.publish.landing.facts import Landing
    from fair_imagic.publish.study import Agent
    from fair_imagic.rdf import Triple

__all__ = ["jsonld_statements", "page_statements", "to_jsonld", "to_turtle"]

_BIOSCHEMAS = "https://bioschemas.org/profiles/Dataset/1.0-RELEASE"
_LANGUAGE = iri("dcterms:language")
# What schema.org's own context would say of the terms that we use.
_CONTEXT: dict[str, Any] = {
    "@vocab": rdf.PREFIXES["schema"],
    "dct": rdf.PREFIXES["dcterms"],
    **{name: {"@type": "@id"} for name in ("license", "url", "sameAs", "contentUrl")},
}


def to_jsonld(landing: Landing) -> str:
    """Return schema.org JSON-LD that follows the Bioschemas Dataset profile."""
    return json.dumps(_document(landing), indent=1, ensure_ascii=False)


def jsonld_statements(landing: Landing) -> list[Triple]:
    """Return what the JSON-LD says, read without fetching schema.org's context."""
    document = json.dumps({**_document(landing), "@context": _CONTEXT})
    return list(rdf.parse(document.encode(), format="jsonld"))


def _document(landing: Landing) -> dict[str, Any]:
    study = landing.study
    document: dict[str, Any] = {
        "@context": ["https://schema.org/", {"dct": rdf.PREFIXES["dcterms"]}],
        "@id": landing.identifier,
        "@type": "Dataset",
        "dct:conformsTo": {"@id": _BIOSCHEMAS},
        "identifier": landing.identifier,
        "url": landing.url,
        "name": study.title,
        "alternateName": study.record.iri.rpartition("/")[2],
        "description": said(study.record.description),
        "keywords": [said(word) for word in study.record.keywords],
        "license": landing.licence.iri if landing.licence else "",
        "creator": [_person(one) for one in study.creators],
        "publisher": _publisher(landing),
        "maintainer": _facility(landing),
        **_dates(landing),
        "version": landing.version,
        "inLanguage": said(study.record.language),
        "isAccessibleForFree": True,
        "citation": landing.citation,
        **_acquisition(landing),
        "size": byte_size_text(study.byte_size) if study.files else "",
        "sameAs": _copy(landing),
        "distribution": [*_downloads(landing)],
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": landing.catalogue_url,
            "name": landing.facility,
        },
    }
    return {name: value for name, value in document.items() if value not in ("", [])}


def _copy(landing: Landing) -> str:
    """Return the archive's page on the same set: Bioschemas wants one, not a list."""
    record = landing.study.record.iri
    found = (one.address for one in landing.others if one.of == record)
    return next(filter(None, found), "")


def _dates(landing: Landing) -> dict[str, str]:
    """Return when the images were acquired, the set published and last changed."""
    days = [said(one.image.acquired_at)[:10] for one in landing.study.images]
    return {
        "dateCreated": max(days, default=""),
        "datePublished": landing.issued,
        "dateModified": (landing.snapshot.taken_at or "")[:10],
    }


def _acquisition(landing: Landing) -> dict[str, Any]:
    study = landing.study
    return {
        "isBasedOn": [
            {"@type": "Product", "@id": one.iri, "name": instrument_name(one)}
            for one in study.instruments
        ],
        "measurementTechnique": sorted(
            {said(one.image.imaging_method_label) for one in study.images} - {""}
        ),
        "variableMeasured": sorted(
            {said(c.name) for one in study.images for c in one.channels} - {""}
        ),
    }


def _person(agent: Agent) -> dict[str, Any]:
    orcid = f"https://orcid.org/{agent.orcid}" if agent.orcid else ""
    found: dict[str, Any] = {
        "@type": "Person",
        "@id": orcid or agent.person.iri,
        "name": agent.name,
    }
    if agent.given_name and agent.family_name:
        found |= {"givenName": agent.given_name, "familyName": agent.family_name}
    places = []
    for one in agent.affiliations:
        if said(one.name):
            places.append(_organisation(ror_of(one) or one.iri, said(one.name)))
    return found | ({"affiliation": places} if places else {})


def _publisher(landing: Landing) -> dict[str, str]:
    organisation = landing.study.publisher
    if organisation is None:
        return _facility(landing)
    return _organisation(ror_of(organisation) or organisation.iri, landing.publisher)


def _facility(landing: Landing) -> dict[str, str]:
    return _organisation(f"{landing.catalogue_url}#facility", landing.facility)


def _organisation(address: str, name: str) -> dict[str, str]:
    return {"@type": "Organization", "@id": address, "name": name}


def _downloads(landing: Landing) -> Iterator[dict[str, str]]:
    for file in landing.study.files:
        address = landing.file_urls.get(file.iri)
        if address:
            found = {
                "@type": "DataDownload",
                "@id": address,
                "contentUrl": address,
                "name": said(file.path),
                "encodingFormat": said(file.media_type),
                "contentSize": f"{said(file.byte_size)} B",
                "sha256": said(file.sha256),
            }
            yield {name: value for name, value in found.items() if value}
    address = f"{landing.url}/metadata.ttl"
    yield {
        "@type": "DataDownload",
        "@id": address,
        "name": "NBO-Q metadata",
        "contentUrl": address,
        "encodingFormat": "text/turtle",
    }


def page_statements(landing: Landing) -> tuple[list[Triple], list[Triple]]:
    """Return what the Turtle says: of the page's set, and the records behind it."""
    kept = [one for one in landing.snapshot.public_own if one[1] != _LANGUAGE]
    page = [*dcat_statements(landing)]
    about = {subject for subject, _p, _o in page}
    return (
        [*page, *(one for one in kept if one[0] in about)],
        [one for one in kept if one[0] not in about],
    )


def to_turtle(landing: Landing) -> str:
    """Return DCAT about the set, and its NBO-Q records as they were published."""
    page, records = page_statements(landing)
    return rdf.to_turtle(with_public_types([*page, *records]))
