"""Datasets of a maDMP: one for each research output, one for each software."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.dmp.hosts import host_named, host_of
from fair_imagic.dmp.person_entry import person_entry
from fair_imagic.documents.madmp import LANGUAGES, date_of
from fair_imagic.entry.licence import licence_of
from fair_imagic.publish.base import Role
from fair_imagic.publish.study import said
from fair_imagic.publish.wording import instrument_name
from fair_imagic.rdf import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.config import Settings
    from fair_imagic.documents.madmp import Dialect
    from fair_imagic.model import ResearchOutput, Software
    from fair_imagic.publish.base import Published
    from fair_imagic.publish.study import Study

__all__ = ["output_dataset", "software_dataset"]

NBOQ = PREFIXES["nboq"]


def output_dataset(
    output: ResearchOutput,
    studies: Sequence[Study],
    *,
    published: Sequence[Published],
    settings: Settings,
    dialect: Dialect,
) -> dict[str, Any]:
    """Return the dataset of a research output and of the sets that fulfil it."""
    names = {study.record.iri for study in studies}
    places = [one for one in published if one.of in names]
    dois = [one.identifier for one in places if one.role is Role.PAGE]
    found: dict[str, Any] = {
        "title": said(output.title),
        "description": said(output.description),
        "type": said(output.output_type).rpartition("/")[2],
        "dataset_id": dialect.identifier(dois[0] if dois else output.iri),
        "personal_data": _answer(output.personal_data),
        "sensitive_data": _answer(output.sensitive_data),
        "keyword": sorted({said(k) for s in studies for k in s.record.keywords}),
        "language": _language(studies),
        "issued": _issued(output, studies, places),
        "metadata": _metadata(output, studies),
        "technical_resource": _instruments(studies, dialect),
        "distribution": [
            *_published_distributions(studies, places, settings, dialect),
            *_planned_distributions(output, places, settings),
        ],
    }
    if dialect.rich:
        found |= _identifiers(studies, places, dois, published, dialect)
        people = {a.person.iri: a for study in studies for a in study.creators}
        found["creator"] = [
            person_entry(agent, "creator_id", dialect) for agent in people.values()
        ]
    return {key: value for key, value in found.items() if value not in ("", [])}


def _answer(value: str | None) -> str:
    word = said(value).lower()
    return word if word in ("yes", "no") else "unknown"


def _language(studies: Sequence[Study]) -> str:
    words = [said(study.record.language)[:2] for study in studies]
    return LANGUAGES.get(words[0], "") if words else ""


def _issued(
    output: ResearchOutput, studies: Sequence[Study], places: Sequence[Published]
) -> str:
    """Return the day of publication; the standard tells done from planned by it."""
    if not places:
        return date_of(output.issued)
    days = [date_of(one.published_at) for one in places]
    days += [date_of(study.record.issued) for study in studies]
    known = sorted(day for day in days if day)
    return known[0] if known else ""


def _metadata(output: ResearchOutput, studies: Sequence[Study]) -> list[dict[str, Any]]:
    standard = said(output.metadata_standard) or (NBOQ if studies else "")
    if not standard:
        return []
    kind = "url" if standard.startswith("http") else "other"
    about = "NBO-Q: 4DN-BINA-OME with quality control" if standard == NBOQ else standard
    return [
        {
            "language": "eng",
            "metadata_standard_id": {"identifier": standard, "type": kind},
            "description": about,
        }
    ]


def _instruments(studies: Sequence[Study], dialect: Dialect) -> list[dict[str, Any]]:
    scopes = {one.iri: one for study in studies for one in study.instruments}
    found = []
    for iri in sorted(scopes):
        entry: dict[str, Any] = {
            "name": instrument_name(scopes[iri]),
            "description": "Light microscope",
        }
        if dialect.rich:
            entry["technical_resource_id"] = [{"identifier": iri, "type": "url"}]
        found.append(entry)
    return found


def _published_distributions(
    studies: Sequence[Study],
    places: Sequence[Published],
    settings: Settings,
    dialect: Dialect,
) -> list[dict[str, Any]]:
    by_set = {study.record.iri: study for study in studies}
    found = []
    for place in places:
        study = by_set[place.of]
        issued = date_of(study.record.issued) or date_of(place.published_at)
        entry: dict[str, Any] = {
            "title": f"{study.title} ({place.identifier})",
            "access_url": place.address or place.url,
            "data_access": "open",
            "byte_size": study.byte_size,
            "format": sorted({said(file.media_type) for file in study.files} - {""}),
            "license": _licence(said(study.record.license), issued),
            "host": host_of(place, settings),
        }
        if dialect.rich and issued:
            entry["issued"] = issued
        found.append({k: v for k, v in entry.items() if v not in ("", [])})
    return found


def _licence(text: str, start: str) -> list[dict[str, str]]:
    licence = licence_of(text)
    if licence is None or not start:
        return []
    return [{"license_ref": licence.url, "start_date": start}]


def _planned_distributions(
    output: ResearchOutput, places: Sequence[Published], settings: Settings
) -> list[dict[str, Any]]:
    """Return the repositories that the plan names and nothing is in yet."""
    done = {host_of(one, settings)["title"] for one in places}
    found = []
    for name in output.repositories:
        host = host_named(said(name), settings)
        if host is not None and host["title"] not in done:
            title = f"{said(output.title)} ({host['title']}, planned)"
            found.append({"title": title, "data_access": "open", "host": host})
    return found


def _identifiers(
    studies: Sequence[Study],
    places: Sequence[Published],
    dois: Sequence[str],
    published: Sequence[Published],
    dialect: Dialect,
) -> dict[str, Any]:
    """Return (1.2) the accessions, further DOIs and the software of the sets."""
    related = [
        {**dialect.identifier(doi), "relation_type": "HasPart"} for doi in dois[1:]
    ]
    alternate = [
        {"identifier": study.record.iri, "type": "url"} for study in studies if dois
    ]
    for place in places:
        if place.role is not Role.PAGE:
            accession = {"identifier": place.identifier, "type": "accession number"}
            alternate.append(accession)
            related.append(
                {
                    "identifier": place.address or place.identifier,
                    "type": "url" if place.address else "other",
                    "relation_type": "IsVariantFormOf",
                    "resource_type": "Dataset",
                }
            )
    software = {one.iri: one for study in studies for one in study.software}
    names = {one.of: one.identifier for one in published}
    for iri in sorted(software):
        name = names.get(iri) or said(software[iri].swhid)
        if name:
            related.append(
                {
                    **dialect.identifier(name),
                    "relation_type": "IsCompiledBy",
                    "resource_type": "Software",
                }
            )
    return {"alternate_identifier": alternate, "related_identifier": related}


def software_dataset(
    software: Software,
    *,
    published: Sequence[Published],
    settings: Settings,
    dialect: Dialect,
) -> dict[str, Any]:
    """Return the dataset of a software record; its SWHID is its identifier."""
    places = [one for one in published if one.of == software.iri]
    name = places[0].identifier if places else said(software.swhid)
    day = date_of(places[0].published_at) if places else ""
    found: dict[str, Any] = {
        "title": said(software.title),
        "description": said(software.description),
        "type": "Software",
        "dataset_id": dialect.identifier(name or software.iri),
        "personal_data": "no",
        "sensitive_data": "no",
        "keyword": [said(word) for word in software.keywords],
        "issued": day,
        "distribution": [
            {
                "title": f"{said(software.title)} {said(software.version)}".strip(),
                "access_url": one.address or one.url,
                "data_access": "open",
                "license": _licence(said(software.license), day),
                "host": host_of(one, settings),
            }
            for one in places
        ],
    }
    return {key: value for key, value in found.items() if value not in ("", [])}
