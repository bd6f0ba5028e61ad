"""Proposals from small tables of terms: NCBI taxonomy and FBbi, both ways.

``docs/sources.md`` says with which releases the tables were compared.
"""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks import Confidence, Proposal
from fair_imagic.i18n import both
from fair_imagic.rdf import expand
from fair_imagic.resources import folder

if TYPE_CHECKING:
    from fair_imagic.workflow.proposals.evidence import Evidence, Point

__all__ = ["Term", "from_terms", "method_named", "organism_named"]

_NOT_WORD = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class Term:
    """A term of an ontology; ``exact`` tells that the text is its own name."""

    iri: str
    label: str
    exact: bool


def from_terms(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose the term for a name, or the name of a term, of organism or method."""
    pair = _PAIRS.get((point.class_name, point.slot.name))
    if pair is None:
        return None
    other, table, registry = pair
    told = [evidence.text(point.subject, point.class_name, other), point.seen or ""]
    for text in filter(None, told):
        term = _table(table).get(_plain(text))
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
        if (term := _table("organisms").get(_plain(word))) is not None
    }
    if len(found) != 1:
        return None
    ((term, word),) = found.values()
    return _proposal(point, Term(term.iri, term.label, exact=False), word, registry)


def _proposal(point: Point, term: Term, text: str, registry: str) -> Proposal:
    by_term = point.slot.datatype is None
    return Proposal(
        value=term.iri if by_term else term.label,
        source=both("{registry}, for “{text}”", registry=registry, text=text[:60]),
        confidence=Confidence.CERTAIN if term.exact else Confidence.LIKELY,
    )


def method_named(name: str) -> Term | None:
    """Return the imaging method of this name, or None."""
    return _table("imaging-methods").get(_plain(name))


def organism_named(name: str) -> Term | None:
    """Return the organism of this name, or None."""
    return _table("organisms").get(_plain(name))


_PAIRS = {
    ("Sample", "organism"): ("organism_label", "organisms", "NCBI Taxonomy"),
    ("Sample", "organism_label"): ("organism", "organisms", "NCBI Taxonomy"),
    ("Image", "imaging_method"): ("imaging_method_label", "imaging-methods", "FBbi"),
    ("Image", "imaging_method_label"): ("imaging_method", "imaging-methods", "FBbi"),
}


@functools.cache
def _table(name: str) -> dict[str, Term]:
    """Return the terms of a table by every name they go by, and by their IRI."""
    path = folder("mappings") / f"{name}.tsv"
    found: dict[str, Term] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            iri = expand(row["term"])
            exact = Term(iri, row["label"], exact=True)
            found[_plain(row["label"])] = found[_plain(iri)] = exact
            for other in filter(None, row["other_names"].split("|")):
                found[_plain(other)] = Term(iri, row["label"], exact=False)
    return found


def _plain(text: str) -> str:
    return _NOT_WORD.sub("", text.lower())
