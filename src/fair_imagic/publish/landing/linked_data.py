"""The published set as schema.org JSON-LD and as DCAT in Turtle."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fair_imagic import rdf
from fair_imagic.publish.study import ror_of, said
from fair_imagic.publish.wording import size_text
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.publish.landing.facts import Landing
    from fair_imagic.publish.study import Agent
    from fair_imagic.rdf import Triple

__all__ = ["to_jsonld", "to_turtle"]

_BIOSCHEMAS = "https://bioschemas.org/profiles/Dataset/1.0-RELEASE"
_LANGUAGE = iri("dcterms:language")
_LANGUAGES = {"en": "ENG", "fr": "FRA"}
_EU = "http://publications.europa.eu/resource/authority/language/"


def to_jsonld(landing: Landing) -> str:
    """Return schema.org JSON-LD that follows the Bioschemas Dataset profile."""
    study = landing.study
    document: dict[str, Any] = {
        "@context": ["https://schema.org/", {"dct": rdf.PREFIXES["dcterms"]}],
        "@id": landing.identifier,
        "@type": "Dataset",
        "dct:conformsTo": {"@id": _BIOSCHEMAS},
        "identifier": landing.identifier,
        "url": landing.url,
        "name": study.title,
        "description": said(study.record.description),
        "keywords": [said(word) for word in study.record.keywords],
        "license": landing.licence.iri if landing.licence else "",
        "creator": [_person(one) for one in study.creators],
        "publisher": _publisher(landing),
        "datePublished": landing.issued,
        "version": landing.version,
        "inLanguage": said(study.record.language),
        "isAccessibleForFree": True,
        "citation": landing.citation,
        "measurementTechnique": sorted(
            {said(one.image.imaging_method_label) for one in study.images} - {""}
        ),
        "variableMeasured": sorted(
            {said(c.name) for one in study.images for c in one.channels} - {""}
        ),
        "size": size_text(study.byte_size) if study.files else "",
        "sameAs": [one.address for one in landing.others if one.address],
        "distribution": [*_downloads(landing)],
        "includedInDataCatalog": {"@type": "DataCatalog", "name": landing.facility},
    }
    kept = {name: value for name, value in document.items() if value not in ("", [])}
    return json.dumps(kept, indent=1, ensure_ascii=False)


def _person(agent: Agent) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "Person", "name": agent.name}
    if agent.orcid:
        found["@id"] = f"https://orcid.org/{agent.orcid}"
    if agent.given_name and agent.family_name:
        found |= {"givenName": agent.given_name, "familyName": agent.family_name}
    places = []
    for one in agent.affiliations:
        if said(one.name):
            place = {"@type": "Organization", "name": said(one.name)}
            places.append(place | ({"@id": ror_of(one)} if ror_of(one) else {}))
    return found | ({"affiliation": places} if places else {})


def _publisher(landing: Landing) -> dict[str, str]:
    found = {"@type": "Organization", "name": landing.publisher}
    ror = ror_of(landing.study.publisher)
    return found | ({"@id": ror} if ror else {})


def _downloads(landing: Landing) -> Iterator[dict[str, str]]:
    for file in landing.study.files:
        address = landing.file_urls.get(file.iri)
        if address:
            found = {
                "@type": "DataDownload",
                "contentUrl": address,
                "name": said(file.path),
                "encodingFormat": said(file.media_type),
                "contentSize": f"{said(file.byte_size)} B",
                "sha256": said(file.sha256),
            }
            yield {name: value for name, value in found.items() if value}
    yield {
        "@type": "DataDownload",
        "name": "NBO-Q metadata",
        "contentUrl": f"{landing.url}/metadata.ttl",
        "encodingFormat": "text/turtle",
    }


def to_turtle(landing: Landing) -> str:
    """Return DCAT about the set, and its NBO-Q records as they were published."""
    kept = [one for one in landing.snapshot.public_own if one[1] != _LANGUAGE]
    return rdf.to_turtle([*kept, *_dcat(landing), *_language(landing)])


def _language(landing: Landing) -> Iterator[Triple]:
    """Yield the language as DCAT wants it: not a text, but a thing with a type."""
    code = said(landing.study.record.language)[:2]
    if code in _LANGUAGES:
        subject, thing = iri(landing.study.record.iri), iri(_EU + _LANGUAGES[code])
        yield (subject, _LANGUAGE, thing)
        yield (thing, iri("rdf:type"), iri("dcterms:LinguisticSystem"))
        yield (subject, iri("schema:inLanguage"), literal(code))


def _dcat(landing: Landing) -> Iterator[Triple]:
    study = landing.study
    subject = iri(study.record.iri)

    def say(predicate: str, value: str, *, about: str = subject) -> Triple:
        return (about, iri(predicate), value)

    def kind(term: str, name: str) -> Triple:
        return (term, iri("rdf:type"), iri(name))

    page, metadata = iri(landing.url), iri(f"{landing.url}/metadata.ttl")
    yield kind(subject, "dcat:Dataset")
    yield kind(subject, "schema:Dataset")
    yield say("dcterms:identifier", literal(landing.identifier))
    if landing.doi:
        yield say("adms:identifier", iri(landing.identifier))
        name = iri(landing.identifier)
        yield kind(name, "adms:Identifier")
        yield say("skos:notation", literal(landing.doi), about=name)
    yield say("dcat:landingPage", page)
    yield kind(page, "foaf:Document")
    yield say("schema:name", literal(study.title))
    yield say("schema:description", literal(said(study.record.description)))
    yield say("schema:url", page)
    if landing.issued:
        yield say("schema:datePublished", literal(landing.issued, datatype="xsd:date"))
    yield say("dcat:distribution", metadata)
    yield kind(metadata, "dcat:Distribution")
    yield say("dcat:accessURL", page, about=metadata)
    yield kind(page, "rdfs:Resource")
    yield say("dcterms:title", literal("NBO-Q metadata", language="en"), about=metadata)
    media_type = iri("https://www.iana.org/assignments/media-types/text/turtle")
    yield say("dcat:mediaType", media_type, about=metadata)
    yield kind(media_type, "dcterms:MediaType")
    if landing.licence is not None:
        licence = iri(landing.licence.iri)
        yield say("schema:license", licence)
        yield say("dcterms:license", licence, about=metadata)
        yield kind(licence, "dcterms:LicenseDocument")
    yield from _agents(landing)


def _agents(landing: Landing) -> Iterator[Triple]:
    subject = iri(landing.study.record.iri)
    for agent in landing.study.creators:
        person = iri(agent.person.iri)
        yield (subject, iri("schema:creator"), person)
        yield (person, iri("rdf:type"), iri("foaf:Agent"))
        yield (person, iri("rdf:type"), iri("foaf:Person"))
        yield (person, iri("foaf:name"), literal(agent.name))
        if agent.orcid:
            orcid = iri(f"https://orcid.org/{agent.orcid}")
            yield (person, iri("schema:sameAs"), orcid)
    organisation = landing.study.publisher
    if organisation is not None:
        term = iri(organisation.iri)
        yield (subject, iri("dcterms:publisher"), term)
        yield (term, iri("rdf:type"), iri("foaf:Agent"))
        yield (term, iri("foaf:name"), literal(landing.publisher))
