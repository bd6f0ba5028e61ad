"""Terms of NCBI Taxonomy and FBbi, by every name they go by.

``docs/sources.md`` says with which releases the tables were compared.
"""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass

from fair_imagic.rdf import expand
from fair_imagic.resources import folder

__all__ = ["OntologyTerm", "method_named", "organism_named", "term_named"]

_NOT_WORD = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class OntologyTerm:
    """A term of an ontology; ``exact`` tells that the text is its own name."""

    iri: str
    label: str
    exact: bool


def method_named(name: str) -> OntologyTerm | None:
    """Return the imaging method of this name, or None."""
    return term_named("imaging-methods", name)


def organism_named(name: str) -> OntologyTerm | None:
    """Return the organism of this name, or None."""
    return term_named("organisms", name)


def term_named(table: str, name: str) -> OntologyTerm | None:
    """Return the term of a table (``organisms``, ``imaging-methods``), or None."""
    return _table(table).get(_plain(name))


@functools.cache
def _table(name: str) -> dict[str, OntologyTerm]:
    """Return the terms of a table by every name they go by, and by their IRI."""
    path = folder("mappings") / f"{name}.tsv"
    found: dict[str, OntologyTerm] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            iri = expand(row["term"])
            exact = OntologyTerm(iri, row["label"], exact=True)
            found[_plain(row["label"])] = found[_plain(iri)] = exact
            for other in filter(None, row["other_names"].split("|")):
                found[_plain(other)] = OntologyTerm(iri, row["label"], exact=False)
    return found


def _plain(text: str) -> str:
    return _NOT_WORD.sub("", text.lower())
