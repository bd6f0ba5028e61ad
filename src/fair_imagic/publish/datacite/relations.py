"""What a published set is related to, in DataCite's relation words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.identifier import doi_of, is_swhid, is_url
from fair_imagic.publish.base import Role
from fair_imagic.publish.study import said
from fair_imagic.rdf import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.model.snapshot import Snapshot
    from fair_imagic.publish.base import Published
    from fair_imagic.publish.study import Study

__all__ = ["alternate_identifiers", "related_identifiers"]


def related_identifiers(
    study: Study,
    snapshot: Snapshot,
    *,
    published: Iterable[Published],
    landing_page: str,
) -> list[dict[str, str]]:
    """Return the relations, each once, in a fixed order."""
    found = [
        *_copies(study, published),
        *_software(study, published),
        *_sources(study, published),
        *_plans(study, snapshot),
        *_microscopes(study),
        _metadata(landing_page),
    ]
    unique = {tuple(sorted(one.items())): one for one in found if one}
    return list(unique.values())


def alternate_identifiers(
    study: Study, published: Iterable[Published]
) -> list[dict[str, str]]:
    """Return the record's own identifier and the accessions of the set."""
    names = [(study.record.iri, "Local identifier")]
    names += [
        (one.identifier, f"{one.title} accession")
        for one in published
        if one.of == study.record.iri and one.role is Role.COPY
    ]
    return [
        {"alternateIdentifier": name, "alternateIdentifierType": kind}
        for name, kind in names
    ]


def identified(text: str) -> tuple[str, str] | None:
    """Return (identifier, its DataCite type) for a DOI, SWHID or web address."""
    doi = doi_of(text)
    if doi is not None:
        return doi, "DOI"
    if is_swhid(text):
        return text, "SWHID"
    return (text, "URL") if is_url(text) else None


def _relation(text: str, relation: str, *, kind: str = "") -> dict[str, str]:
    name = identified(text)
    if name is None:
        return {}
    found = {
        "relatedIdentifier": name[0],
        "relatedIdentifierType": name[1],
        "relationType": relation,
    }
    return found | ({"resourceTypeGeneral": kind} if kind else {})


def _copies(study: Study, published: Iterable[Published]) -> Iterator[dict[str, str]]:
    for one in published:
        if one.of == study.record.iri and one.role is Role.COPY:
            yield _relation(one.address, "IsVariantFormOf", kind="Dataset")


def _software(study: Study, published: Iterable[Published]) -> Iterator[dict[str, str]]:
    names = {one.of: one.identifier for one in published if one.role is not Role.PAGE}
    for software in study.software:
        name = names.get(software.iri) or said(software.swhid)
        yield _relation(name, "IsCompiledBy", kind="Software")


def _sources(study: Study, published: Iterable[Published]) -> Iterator[dict[str, str]]:
    inside = set(study.record.images)
    names = {one.of: one.identifier for one in published if one.role is Role.PAGE}
    for picture in study.images:
        for source in picture.image.derived_from:
            if source not in inside:
                name = names.get(source, source)
                yield _relation(name, "IsDerivedFrom", kind="Image")


def _plans(study: Study, snapshot: Snapshot) -> Iterator[dict[str, str]]:
    from fair_imagic.model import Plan, view

    for output in study.outputs:
        if said(output.plan) and output.plan:
            plan = view(Plan, snapshot.graph, output.plan)
            yield _relation(
                said(plan.identifier) or plan.iri,
                "IsDocumentedBy",
                kind="OutputManagementPlan",
            )


def _microscopes(study: Study) -> Iterator[dict[str, str]]:
    for instrument in study.instruments:
        yield _relation(instrument.iri, "IsCollectedBy", kind="Instrument")


def _metadata(landing_page: str) -> dict[str, str]:
    return _relation(f"{landing_page}/metadata.ttl", "HasMetadata") | {
        "relatedMetadataScheme": "NBO-Q",
        "schemeUri": PREFIXES["nboq"],
        "schemeType": "RDF",
    }
