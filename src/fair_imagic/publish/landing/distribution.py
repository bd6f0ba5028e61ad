"""Where the data can be had, as DCAT: metadata, public files, copies in archives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.publish.landing.concept import STABLE, file_type
from fair_imagic.publish.study import said
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.model import File
    from fair_imagic.publish.landing.facts import Landing
    from fair_imagic.rdf import Term, Triple

__all__ = ["distributions"]

_IMAGE = ("Image file.", "Fichier d’image.")
_RESULT = ("Result of processing.", "Résultat d’un traitement.")
_IANA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True)
class _Distribution:
    """One way to the data; ``download`` is empty where only a page leads there."""

    iri: str
    title: str
    description: tuple[str, str]
    access: str
    media_type: str
    download: str = ""
    file: File | None = None


def distributions(landing: Landing) -> Iterator[Triple]:
    """Yield every distribution of the set."""
    subject = iri(landing.study.record.iri)
    for one in (_metadata(landing), *_files(landing), *_archives(landing)):
        yield (subject, iri("dcat:distribution"), iri(one.iri))
        yield from _described(landing, one)


def _metadata(landing: Landing) -> _Distribution:
    address = f"{landing.url}/metadata.ttl"
    return _Distribution(
        iri=address,
        title="NBO-Q metadata",
        description=(
            "What is known of the set, its images and microscopes, as linked data.",
            "Ce que l’on sait du jeu, de ses images et des microscopes, en données "
            "liées.",
        ),
        access=landing.url,
        media_type="text/turtle",
        download=address,
    )


def _files(landing: Landing) -> Iterator[_Distribution]:
    computed = {file.iri for one in landing.study.results for file in one.files}
    for file in landing.study.files:
        address = landing.file_urls.get(file.iri)
        if address:
            yield _Distribution(
                iri=address,
                title=said(file.path),
                description=_RESULT if file.iri in computed else _IMAGE,
                access=landing.url,
                media_type=said(file.media_type),
                download=address,
                file=file,
            )


def _archives(landing: Landing) -> Iterator[_Distribution]:
    record = landing.study.record.iri
    files = landing.study.files
    for one in landing.others:
        if one.of == record and one.address:
            yield _Distribution(
                iri=f"{record}#{one.target}",
                title=one.identifier,
                description=(
                    "The files of the set, kept by an archive.",
                    "Les fichiers du jeu, conservés par une archive.",
                ),
                access=one.address,
                media_type=said(files[0].media_type) if files else "",
            )


def _described(landing: Landing, one: _Distribution) -> Iterator[Triple]:
    node = iri(one.iri)

    def say(predicate: str, value: Term) -> Triple:
        return (node, iri(predicate), value)

    yield say("rdf:type", iri("dcat:Distribution"))
    yield say("dcterms:title", literal(one.title, language="en"))
    for text, language in zip(one.description, ("en", "fr"), strict=True):
        yield say("dcterms:description", literal(text, language=language))
    for predicate, address in (
        ("dcat:accessURL", one.access),
        ("dcat:downloadURL", one.download),
    ):
        if address:
            yield say(predicate, iri(address))
            yield (iri(address), iri("rdf:type"), iri("rdfs:Resource"))
    yield say("dcatap:availability", STABLE.term)
    yield from STABLE.statements()
    if landing.licence is not None:
        yield say("dcterms:license", iri(landing.licence.iri))
    if one.media_type:
        yield from _form(node, one.media_type)
    if one.file is not None:
        yield from _checked(node, one.file)


def _form(node: Term, media_type: str) -> Iterator[Triple]:
    """Yield the media type of IANA and the file type of the EU's list."""
    media = iri(_IANA + media_type)
    yield (node, iri("dcat:mediaType"), media)
    yield (media, iri("rdf:type"), iri("dcterms:MediaType"))
    kind = file_type(media_type)
    yield (node, iri("dcterms:format"), kind.term)
    yield from kind.statements()


def _checked(node: Term, file: File) -> Iterator[Triple]:
    """Yield size and checksum of a file, by which a copy can be verified."""
    size, checksum = said(file.byte_size), said(file.sha256)
    if size:
        value = literal(size, datatype="xsd:nonNegativeInteger")
        yield (node, iri("dcat:byteSize"), value)
    if checksum:
        thing = iri(f"{file.iri}-checksum")
        algorithm = iri("spdx:checksumAlgorithm_sha256")
        yield (node, iri("spdx:checksum"), thing)
        yield (thing, iri("rdf:type"), iri("spdx:Checksum"))
        yield (thing, iri("spdx:algorithm"), algorithm)
        yield (algorithm, iri("rdf:type"), iri("spdx:ChecksumAlgorithm"))
        value = literal(checksum, datatype="xsd:hexBinary")
        yield (thing, iri("spdx:checksumValue"), value)
