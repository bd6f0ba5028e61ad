"""Terms of NCBI Taxonomy and FBbi, by every name they go by.

``docs/sources.md`` says with which releases the tables were compared.
"""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass, replace

from fair_imagic.i18n import current_language
from fair_imagic.rdf import expand
from fair_imagic.resources import folder

__all__ = [
    "OntologyTerm",
    "label_in_language",
    "method_named",
    "organism_named",
    "term_label",
    "term_named",
]

_TABLES = ("organisms", "imaging-methods")
_NOT_WORD = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class OntologyTerm:
    """A term of an ontology; ``exact`` tells that the text is its own name.

    ``label_fr`` is empty where the label is Latin, or nobody gave it a French one.
    """

    iri: str
    label: str
    exact: bool
    label_fr: str = ""

    @property
    def words(self) -> str:
        """The label in the language in use."""
        return (current_language() == "fr" and self.label_fr) or self.label


def method_named(name: str) -> OntologyTerm | None:
    """Return the imaging method of this name, or None."""
    return term_named("imaging-methods", name)


def organism_named(name: str) -> OntologyTerm | None:
    """Return the organism of this name, or None."""
    return term_named("organisms", name)


def term_named(table: str, name: str) -> OntologyTerm | None:
    """Return the term of a table (``organisms``, ``imaging-methods``), or None."""
    return _table(table).get(_plain(name))


def term_label(iri: str) -> str | None:
    """Return the label of a term in the language in use, None for one not known."""
    found = next(filter(None, (term_named(one, iri) for one in _TABLES)), None)
    return found.words if found is not None and found.iri == iri else None


def label_in_language(table: str, label: str) -> str:
    """Return a label of a table's term in the language in use; other text as it is."""
    found = term_named(table, label)
    return found.words if found is not None and found.exact else label


@functools.cache
def _table(name: str) -> dict[str, OntologyTerm]:
    """Return the terms of a table by every name they go by, and by their IRI."""
    path = folder("mappings") / f"{name}.tsv"
    found: dict[str, OntologyTerm] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            iri = expand(row["term"])
            french = row.get("label_fr") or ""
            exact = OntologyTerm(iri, row["label"], exact=True, label_fr=french)
            found[_plain(row["label"])] = found[_plain(iri)] = exact
            for other in filter(None, row["other_names"].split("|")):
                found[_plain(other)] = replace(exact, exact=False)
    return found


def _plain(text: str) -> str:
    return _NOT_WORD.sub("", text.lower())
