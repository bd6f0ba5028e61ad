"""Proposals from small tables of terms: NCBI taxonomy and FBbi, both ways."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.checks import Confidence, Proposal
from fair_imagic.entry.term import OntologyTerm, term_named
from fair_imagic.i18n import both

if TYPE_CHECKING:
    from fair_imagic.workflow.proposals.evidence import Evidence, Point

__all__ = ["from_terms"]


def from_terms(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose the term for a name, or the name of a term, of organism or method."""
    pair = _PAIRS.get((point.class_name, point.slot.name))
    if pair is None:
        return None
    other, table, registry = pair
    told = [evidence.text(point.subject, point.class_name, other), point.seen or ""]
    for text in filter(None, told):
        term = term_named(table, text)
        if term is not None:
            return _proposal(point, term, text, registry)
    if table == "organisms":
        return _from_words(evidence, point, registry)
    return None


def _from_words(evidence: Evidence, point: Point, registry: str) -> Proposal | None:
    """Propose the organism of a cell line or animal that the sample's name tells."""
    names = [
        evidence.text(point.subject, point.class_name, name)
        for name in ("title", "biological_entity")
    ]
    words = [word for name in names for word in re.split(r"[\s_/;,()]+", name) if word]
    found = {
        term.iri: (term, word)
        for word in words
        if (term := term_named("organisms", word)) is not None
    }
    if len(found) != 1:
        return None
    ((term, word),) = found.values()
    return _proposal(
        point, OntologyTerm(term.iri, term.label, exact=False), word, registry
    )


def _proposal(point: Point, term: OntologyTerm, text: str, registry: str) -> Proposal:
    by_term = point.slot.datatype is None
    return Proposal(
        value=term.iri if by_term else term.label,
        source=both("{registry}, for “{text}”", registry=registry, text=text[:60]),
        confidence=Confidence.CERTAIN if term.exact else Confidence.LIKELY,
    )


_PAIRS = {
    ("Sample", "organism"): ("organism_label", "organisms", "NCBI Taxonomy"),
    ("Sample", "organism_label"): ("organism", "organisms", "NCBI Taxonomy"),
    ("Image", "imaging_method"): ("imaging_method_label", "imaging-methods", "FBbi"),
    ("Image", "imaging_method_label"): ("imaging_method", "imaging-methods", "FBbi"),
}
