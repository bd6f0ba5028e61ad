"""Concepts of the EU's vocabularies, with the few words that DCAT-AP asks of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.node_tests.licence import conditions
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.rdf import Term, Triple

__all__ = [
    "ACADEMIA",
    "INDIVIDUAL",
    "PUBLIC",
    "SCIENCE",
    "STABLE",
    "Concept",
    "file_type",
    "language",
    "licence_types",
]

_SCHEMES = {
    "access-right": ("Access rights", "Droits d’accès"),
    "data-theme": ("Data themes", "Thèmes de données"),
    "file-type": ("File types", "Types de fichiers"),
    "language": ("Languages", "Langues"),
    "licencetype": ("Licence types", "Types de licences"),
    "planned-availability": ("Planned availability", "Disponibilité prévue"),
    "publishertype": ("Publisher types", "Types d’éditeurs"),
}
_EU = "http://publications.europa.eu/resource/authority/"
_ADMS = "http://purl.org/adms/"


@dataclass(frozen=True)
class Concept:
    """A concept: its list and name there, its label, and what DCAT-AP takes it for."""

    scheme: str
    name: str
    en: str
    fr: str
    kind: str = ""

    @property
    def term(self) -> Term:
        """The concept as an IRI."""
        return iri(f"{self.scheme.removesuffix('/1.0')}/{self.name}")

    def statements(self) -> Iterator[Triple]:
        """Yield its type, labels and list: a reader may not have the vocabulary."""
        yield (self.term, iri("rdf:type"), iri("skos:Concept"))
        if self.kind:
            yield (self.term, iri("rdf:type"), iri(self.kind))
        yield (self.term, iri("skos:prefLabel"), literal(self.en, language="en"))
        yield (self.term, iri("skos:prefLabel"), literal(self.fr, language="fr"))
        scheme = iri(self.scheme)
        yield (self.term, iri("skos:inScheme"), scheme)
        yield (scheme, iri("rdf:type"), iri("skos:ConceptScheme"))
        titles = _SCHEMES[self.scheme.removesuffix("/1.0").rpartition("/")[2]]
        for title, code in zip(titles, ("en", "fr"), strict=True):
            yield (scheme, iri("dcterms:title"), literal(title, language=code))


PUBLIC = Concept(
    f"{_EU}access-right", "PUBLIC", "public", "public", "dcterms:RightsStatement"
)
SCIENCE = Concept(
    f"{_EU}data-theme", "TECH", "Science and technology", "Science et technologie"
)
STABLE = Concept(f"{_EU}planned-availability", "STABLE", "stable", "stable")
ACADEMIA = Concept(
    f"{_ADMS}publishertype/1.0",
    "Academia-ScientificOrganisation",
    "Academia/Scientific organisation",
    "Organisme universitaire ou scientifique",
)
INDIVIDUAL = Concept(
    f"{_ADMS}publishertype/1.0", "PrivateIndividual(s)", "Individual", "Particulier"
)

_LANGUAGES = {"en": ("ENG", "English", "anglais"), "fr": ("FRA", "French", "français")}
_FILE_TYPES = {
    "text/turtle": ("RDF_TURTLE", "RDF Turtle"),
    "image/tiff": ("TIFF", "TIFF"),
    "image/png": ("PNG", "PNG"),
    "application/zip": ("ZIP", "ZIP"),
    "application/xml": ("XML", "XML"),
    "text/xml": ("XML", "XML"),
}
_LICENCE_TYPES = {
    "by": ("Attribution", "Attribution", "Attribution"),
    "sa": ("ViralEffect-ShareAlike", "Share alike", "Partage à l’identique"),
    "nc": ("NonCommercialUseOnly", "Non-commercial", "Pas d’utilisation commerciale"),
    "nd": ("NoDerivativeWork", "No derivatives", "Pas de modification"),
}
_FREE = ("PublicDomain", "Public domain", "Domaine public")


def language(code: str) -> Concept | None:
    """Return the language of a code such as ``en``; None for one we do not know."""
    found = _LANGUAGES.get(code[:2].lower())
    kind = "dcterms:LinguisticSystem"
    return None if found is None else Concept(f"{_EU}language", *found, kind)


def file_type(media_type: str) -> Concept:
    """Return the file type of a media type; binary data for one that has no own."""
    name, label = _FILE_TYPES.get(media_type, ("BIN", "binary data"))
    french = "données binaires" if name == "BIN" else label
    kind = "dcterms:MediaTypeOrExtent"
    return Concept(f"{_EU}file-type", name, label, french, kind)


def licence_types(spdx: str) -> list[Concept]:
    """Return what a licence asks for; nothing for one whose conditions we ignore."""
    asked = conditions(spdx)
    if asked is None:
        return []
    chosen = [text for key, text in _LICENCE_TYPES.items() if key in asked]
    return [Concept(f"{_ADMS}licencetype/1.0", *text) for text in chosen or [_FREE]]
