"""The DataCite attributes of a publication set, from its snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.documents.datacite.vocabulary import SCHEMA_VERSION
from fair_imagic.entry.licence import licence_of
from fair_imagic.entry.placeholder import named
from fair_imagic.i18n import ngettext, use_language
from fair_imagic.publish.datacite import agents, relations
from fair_imagic.publish.datacite.methods import (
    methods_paragraphs,
    technical_paragraphs,
    text_language,
)
from fair_imagic.publish.image_words import image_count
from fair_imagic.publish.plain_text import plain
from fair_imagic.publish.study import issued_on, said
from fair_imagic.publish.wording import byte_size_text

if TYPE_CHECKING:
    from fair_imagic.config import Settings
    from fair_imagic.model.snapshot import Snapshot
    from fair_imagic.publish.base import Published
    from fair_imagic.publish.study import Study

__all__ = ["attributes_of"]


def attributes_of(
    study: Study,
    snapshot: Snapshot,
    *,
    doi: str,
    landing_page: str,
    settings: Settings,
    published: tuple[Published, ...] = (),
) -> dict[str, Any]:
    """Return the JSON:API attributes; empty lists and texts are left out."""
    issued = issued_on(study, snapshot)
    with use_language("en"):
        sizes = _sizes(study)
    found: dict[str, Any] = {
        "doi": doi,
        "url": landing_page,
        "schemaVersion": SCHEMA_VERSION,
        "types": _types(study),
        "creators": agents.creators(study),
        "titles": _titles(study),
        "publisher": agents.publisher(study),
        "publicationYear": issued[:4],
        "subjects": _subjects(study),
        "contributors": agents.contributors(study, settings=settings),
        "dates": _dates(study, issued),
        "language": said(study.record.language),
        "alternateIdentifiers": relations.alternate_identifiers(study, published),
        "relatedIdentifiers": relations.related_identifiers(
            study, snapshot, published=published, landing_page=landing_page
        ),
        "sizes": sizes,
        "formats": sorted({said(file.media_type) for file in study.files} - {""}),
        "version": said(study.record.version) or "1.0",
        "rightsList": _rights(study),
        "descriptions": _descriptions(study),
    }
    return {name: value for name, value in found.items() if value}


def _language(study: Study) -> dict[str, str]:
    language = said(study.record.language)
    return {"lang": language} if language else {}


def _titles(study: Study) -> list[dict[str, str]]:
    title = plain(study.title)
    return [{"title": title} | _language(study)] if title else []


def _types(study: Study) -> dict[str, str]:
    methods = {named(said(one.image.imaging_method_label)) for one in study.images} - {
        ""
    }
    text = "Light microscopy images"
    if methods:
        text += f" ({', '.join(sorted(methods))})"
    general = "Image" if len(study.images) == 1 else "Dataset"
    return {"resourceTypeGeneral": general, "resourceType": text}


def _subjects(study: Study) -> list[dict[str, str]]:
    keywords = [word for word in study.record.keywords if named(said(word))]
    found = [{"subject": plain(word)} for word in keywords]
    for picture in study.images:
        label = named(said(picture.image.imaging_method_label))
        if label:
            found.append(_concept(label, picture.image.imaging_method, "FBbi", "FBbi_"))
    for sample in study.samples:
        label = named(said(sample.organism_label))
        if label:
            found.append(_concept(label, sample.organism, "NCBITaxon", "NCBITaxon_"))
    unique: dict[str, dict[str, str]] = {}
    for one in found:  # a term of an ontology says more than the same word alone
        unique[one["subject"].lower()] = {
            **unique.get(one["subject"].lower(), {}),
            **one,
        }
    return list(unique.values())


def _concept(label: str, iri: str | None, scheme: str, mark: str) -> dict[str, str]:
    found = {"subject": label}
    if said(iri) and mark in said(iri):
        found |= {
            "subjectScheme": scheme,
            "schemeUri": f"http://purl.obolibrary.org/obo/{scheme.lower()}.owl",
            "valueUri": said(iri),
        }
    return found


def _dates(study: Study, issued: str) -> list[dict[str, str]]:
    days = sorted(
        {said(one.image.acquired_at)[:10] for one in study.images if not one.run} - {""}
    )
    found = []
    if days:
        span = days[0] if len(days) == 1 else f"{days[0]}/{days[-1]}"
        found.append({"date": span, "dateType": "Collected"})
    if issued:
        found.append({"date": issued, "dateType": "Issued"})
    return found


def _sizes(study: Study) -> list[str]:
    found = [image_count(len(study.images))] if study.images else []
    if study.files:
        count = len(study.files)
        files = ngettext("{count} file", "{count} files", count)
        found += [files.format(count=count), byte_size_text(study.byte_size)]
    return found


def _rights(study: Study) -> list[dict[str, str]]:
    text = said(study.record.license)
    licence = licence_of(text)
    if licence is None:
        return [{"rights": text}] if text else []
    return [
        {
            "rights": licence.name,
            "rightsUri": licence.url,
            "rightsIdentifier": licence.spdx,
            "rightsIdentifierScheme": "SPDX",
            "schemeUri": "https://spdx.org/licenses/",
        }
    ]


def _descriptions(study: Study) -> list[dict[str, str]]:
    record = study.record
    thanks = (said(record.funding_statement), said(record.acknowledgements))
    language = _language(study)
    ours = {"lang": text_language(said(record.language))}
    texts = (
        ("Abstract", named(said(record.description)), language),
        ("Methods", "\n\n".join(methods_paragraphs(study)), ours),
        ("TechnicalInfo", "\n\n".join(technical_paragraphs(study)), ours),
        ("Other", "\n\n".join(text for text in map(named, thanks) if text), language),
    )
    return [
        {"description": plain(text), "descriptionType": kind} | language
        for kind, text, language in texts
        if plain(text)
    ]
