"""What people add to generated images before they publish: a nearly ready set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.generated_images import BASE, image_iri, sample_iri
from fair_imagic.catalogue import Change, Source, SourceKind
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.rdf import Triple

__all__ = ["FAULTS", "completed"]

# Images whose channels nobody completed, and what a check says of the whole.
_FORGOTTEN = frozenset({3, 50})
FAULTS = {
    "bioimage-archive/file-required": 1,
    "nboq-tier-1/channel-illumination-recommended": 2 * len(_FORGOTTEN),
}
_PERSON, _PLACE = f"{BASE}person/ana-roux", f"{BASE}organisation/institut"
_SET = {
    "dcterms:title": literal("Mitosis in HeLa cells under a confocal microscope"),
    "dcterms:description": literal(
        "HeLa cells in mitosis, stained for DNA and tubulin."
    ),
    "dcterms:creator": iri(_PERSON),
    "dcterms:publisher": iri(_PLACE),
    "dcterms:license": iri("https://spdx.org/licenses/CC-BY-4.0"),
    "dcterms:issued": literal("2026-11-22", datatype="xsd:date"),
    "dcterms:language": literal("en"),
    "dcat:keyword": literal("mitosis"),
}
_ANA = {
    "rdf:type": iri("foaf:Person"),
    "foaf:name": literal("Ana Roux"),
    "schema:email": literal("ana.roux@example.org"),
    "fi:orcid": literal("0000-0002-1825-0097"),
    "schema:affiliation": iri(_PLACE),
}
_INSTITUTE = {
    "rdf:type": iri("foaf:Organization"),
    "foaf:name": literal("Institut Cochin"),
    "fi:ror": iri("https://ror.org/051sk4035"),
}
_OBJECTIVE = {
    "rdf:type": iri("nboq:Objective"),
    "nboq:manufacturer": literal("Zeiss"),
    "nboq:model": literal("EC Plan-Neofluar 10x/0.3"),
    "nboq:magnification": literal("10.0", datatype="xsd:decimal"),
    "nboq:lensNA": literal("0.3", datatype="xsd:decimal"),
    "nboq:immersionType": literal("Air"),
}
_CELLS = {
    "rdf:type": iri("fi:Sample"),
    "fi:organism": iri("obo:NCBITaxon_9606"),
    "fi:organismLabel": literal("Homo sapiens"),
    "fi:biologicalEntity": literal("HeLa cell line"),
    "fi:preparationProtocol": literal("Fixed in 4 % PFA, stained with DAPI."),
    "fi:materialOrigin": literal("cell line"),
    "fi:noApprovalReason": literal("established cell line"),
    "fi:biosafetyLevel": literal(1),
}
_CHANNEL = {
    "nboq:illuminationType": literal("Epifluorescence"),
    "nboq:emissionWavelength": literal("725", datatype="xsd:decimal"),
}


def completed(record: str, numbers: Iterable[int]) -> Iterator[Change]:
    """Yield what a person enters for the set ``record`` of these images."""
    yield _change(record, _about(record, _SET))
    yield _change(_PERSON, _about(_PERSON, _ANA))
    yield _change(_PLACE, _about(_PLACE, _INSTITUTE))
    chosen = list(numbers)
    for sample in sorted({sample_iri(number) for number in chosen}):
        title = literal(f"HeLa, fixed, {sample.rpartition('/')[2]}")
        yield _change(sample, _about(sample, _CELLS | {"dcterms:title": title}))
    for number in chosen:
        image = image_iri(number)
        said = _about(f"{image}#objective", _OBJECTIVE)
        for channel in range(2):
            values = dict(_CHANNEL)
            if number in _FORGOTTEN:
                del values["nboq:illuminationType"]
            said |= _about(f"{image}#channel-{channel}", values)
        yield _change(image, said)


def _about(subject: str, values: dict[str, str]) -> set[Triple]:
    return {(iri(subject), iri(path), value) for path, value in values.items()}


def _change(record: str, said: set[Triple]) -> Change:
    source = Source(f"{BASE}source/ana-roux", SourceKind.PERSON, "Ana Roux")
    return Change(record, source, frozenset(said))
