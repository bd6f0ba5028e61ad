"""The published set in DCAT, as the application profile for Europe (DCAT-AP 3) asks.

Whatever is linked to is also said to be something: a reader of this one document then
knows what each address stands for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.publish.landing import concept
from fair_imagic.publish.landing.distribution import distributions
from fair_imagic.publish.study import ror_of, said
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.publish.landing.facts import Landing
    from fair_imagic.rdf import Term, Triple

__all__ = ["dcat_statements"]

_TYPE = iri("rdf:type")


def dcat_statements(landing: Landing) -> Iterator[Triple]:
    """Yield what DCAT says of the set beside its own record."""
    yield from _dataset(landing)
    yield from _identifiers(landing)
    yield from _language(landing)
    yield from _period(landing)
    yield from _rights(landing)
    yield from _people(landing)
    yield from distributions(landing)
    yield from _catalogue(landing)


def _dataset(landing: Landing) -> Iterator[Triple]:
    study, subject = landing.study, iri(landing.study.record.iri)

    def say(predicate: str, value: Term) -> Triple:
        return (subject, iri(predicate), value)

    page = iri(landing.url)
    yield say("rdf:type", iri("dcat:Dataset"))
    yield say("rdf:type", iri("schema:Dataset"))
    yield say("dcat:landingPage", page)
    yield (page, _TYPE, iri("foaf:Document"))
    for predicate, text in (
        ("schema:name", study.title),
        ("schema:description", said(study.record.description)),
    ):
        if text:
            yield say(predicate, literal(text))
    yield say("schema:url", page)
    if landing.issued:
        yield say("schema:datePublished", literal(landing.issued, datatype="xsd:date"))
    for predicate, thing in (
        ("dcat:theme", concept.SCIENCE),
        ("dcterms:accessRights", concept.PUBLIC),
    ):
        yield say(predicate, thing.term)
        yield from thing.statements()


def _identifiers(landing: Landing) -> Iterator[Triple]:
    subject = iri(landing.study.record.iri)
    yield (subject, iri("dcterms:identifier"), literal(landing.identifier))
    if landing.doi:
        name = iri(landing.identifier)
        yield (subject, iri("adms:identifier"), name)
        yield (name, _TYPE, iri("adms:Identifier"))
        yield (name, iri("skos:notation"), literal(landing.doi))


def _language(landing: Landing) -> Iterator[Triple]:
    """Yield the language as DCAT wants it: not a text, but a thing with a type."""
    code = said(landing.study.record.language)
    found = concept.language(code)
    if found is not None:
        subject = iri(landing.study.record.iri)
        yield (subject, iri("dcterms:language"), found.term)
        yield (subject, iri("schema:inLanguage"), literal(code[:2]))
        yield from found.statements()


def _period(landing: Landing) -> Iterator[Triple]:
    """Yield from when to when the images were acquired."""
    days = sorted(
        day for one in landing.study.images if (day := said(one.image.acquired_at)[:10])
    )
    if days:
        record = landing.study.record.iri
        period = iri(f"{record}#acquired")
        yield (iri(record), iri("dcterms:temporal"), period)
        yield (period, _TYPE, iri("dcterms:PeriodOfTime"))
        for name, day in (("startDate", days[0]), ("endDate", days[-1])):
            yield (period, iri(f"dcat:{name}"), literal(day, datatype="xsd:date"))


def _rights(landing: Landing) -> Iterator[Triple]:
    if landing.licence is None:
        return
    licence = iri(landing.licence.iri)
    yield (iri(landing.study.record.iri), iri("schema:license"), licence)
    yield (licence, _TYPE, iri("dcterms:LicenseDocument"))
    for kind in concept.licence_types(landing.licence.iri):
        yield (licence, iri("dcterms:type"), kind.term)
        yield from kind.statements()


def _people(landing: Landing) -> Iterator[Triple]:
    record = landing.study.record.iri
    for agent in landing.study.creators:
        person = agent.person.iri
        yield (iri(record), iri("schema:creator"), iri(person))
        yield (iri(person), _TYPE, iri("foaf:Person"))
        yield from _agent(person, agent.name, concept.INDIVIDUAL)
        if agent.orcid:
            orcid = iri(f"https://orcid.org/{agent.orcid}")
            yield (iri(person), iri("schema:sameAs"), orcid)
    organisation = landing.study.publisher
    if organisation is not None:
        yield (iri(record), iri("dcterms:publisher"), iri(organisation.iri))
        yield from _agent(organisation.iri, landing.publisher, concept.ACADEMIA)
        ror = ror_of(organisation)
        if ror:
            yield (iri(organisation.iri), iri("schema:sameAs"), iri(ror))
    contact = iri(f"{record}#contact")
    yield (iri(record), iri("dcat:contactPoint"), contact)
    yield (contact, _TYPE, iri("vcard:Kind"))
    yield (contact, _TYPE, iri("vcard:Organization"))
    yield (contact, iri("vcard:fn"), literal(landing.facility))
    yield (contact, iri("vcard:hasURL"), iri(landing.url))


def _agent(agent: str, name: str, kind: concept.Concept) -> Iterator[Triple]:
    yield (iri(agent), _TYPE, iri("foaf:Agent"))
    if name:
        yield (iri(agent), iri("foaf:name"), literal(name))
    yield (iri(agent), iri("dcterms:type"), kind.term)
    yield from kind.statements()


def _catalogue(landing: Landing) -> Iterator[Triple]:
    """Yield the facility's catalogue, in which a harvester finds the other sets."""
    home = landing.catalogue_url
    catalogue, facility = iri(home), f"{home}#facility"
    yield (catalogue, _TYPE, iri("dcat:Catalog"))
    yield (catalogue, iri("dcat:dataset"), iri(landing.study.record.iri))
    title = literal(landing.facility)
    yield (catalogue, iri("dcterms:title"), title)
    for text, code in (
        ("Microscopy images published by the facility.", "en"),
        ("Images de microscopie publiées par la plateforme.", "fr"),
    ):
        yield (catalogue, iri("dcterms:description"), literal(text, language=code))
        found = concept.language(code)
        if found is not None:
            yield (catalogue, iri("dcterms:language"), found.term)
            yield from found.statements()
    yield (catalogue, iri("dcat:themeTaxonomy"), iri(concept.SCIENCE.scheme))
    yield (catalogue, iri("foaf:homepage"), catalogue)
    yield (catalogue, _TYPE, iri("foaf:Document"))
    yield (catalogue, iri("dcterms:publisher"), iri(facility))
    yield from _agent(facility, landing.facility, concept.ACADEMIA)
