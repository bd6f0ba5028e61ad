"""Terms of NCBI Taxonomy and FBbi, by every name they go by.

``docs/sources.md`` says with which releases the tables were compared.
"""

from __future__ import annotations

import csv
import difflib
import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.entry.no_term import no_term
from fair_imagic.entry.plain_name import plain_name
from fair_imagic.entry.reading import Option, Reading, Refusal, example
from fair_imagic.i18n import _, both, current_language, in_languages
from fair_imagic.rdf import PREFIXES, curie, expand, iri, literal, text_of
from fair_imagic.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.model.slots import Slot

__all__ = [
    "TABLES",
    "OntologyTerm",
    "label_in_language",
    "read_term",
    "term_address",
    "term_label",
    "term_named",
    "terms_near",
    "with_label",
]

TABLES = {
    "https://w3id.org/fair-imagic/terms/organism": "organisms",
    "https://w3id.org/fair-imagic/terms/imagingMethod": "imaging-methods",
}
"""The table of the terms that a property takes, by its IRI."""

_NEAR = 0.6
_LONGEST = 200
_OBO = re.compile(r"(?:obo:)?([A-Za-z]{2,12})[_:](\d{2,10})\Z")
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


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


def term_named(table: str, name: str) -> OntologyTerm | None:
    """Return the term of a table (``organisms``, ``imaging-methods``), or None."""
    return _table(table).get(plain_name(name))


def terms_near(table: str, name: str) -> tuple[OntologyTerm, ...]:
    """Return all terms of a table, those whose names are nearest to a text first."""
    names = _table(table)
    near = difflib.get_close_matches(
        plain_name(name[:_LONGEST]), names, n=4, cutoff=_NEAR
    )
    found = [names[one] for one in near] + [one for one in names.values() if one.exact]
    first: dict[str, OntologyTerm] = {}
    for one in found:
        first.setdefault(one.iri, one)
    return tuple(first.values())


def term_address(text: str) -> str | None:
    """Return the IRI of a term by its address or short form, or None.

    OBO's numbers are written ``NCBITaxon:9606`` and ``NCBITaxon_9606``.
    """
    match = _OBO.match(text)
    if match:
        return f"{PREFIXES['obo']}{match[1]}_{match[2]}"
    prefix = text.partition(":")[0]
    known = text.startswith(("http://", "https://")) or prefix in PREFIXES
    return expand(text) if known and _NOT_IN_IRI.search(text) is None else None


def read_term(slot: Slot, text: str) -> Reading | Refusal:
    """Read the name, number or address of a term."""
    table = TABLES.get(slot.iri)
    known = term_named(table, text) if table else None
    address = known.iri if known is not None else term_address(text)
    if address is None:
        return _refused(table, text)
    note: dict[str, str] = {}
    if known is not None and known.iri != text:
        note = in_languages(
            lambda: _("{term}, {name}, for “{text}”").format(
                term=_written(known.iri), name=known.words, text=text
            )
        )
    return Reading(terms=((slot.iri, iri(address)),), note=note, text=text)


def with_label(slot: Slot, reading: Reading) -> Reading:
    """Return a reading of a term with the term's label, which stands in its own field.

    So the label follows the term, in the same change. A term that is in no table has
    no label here.
    """
    table = TABLES.get(slot.iri)
    known = term_named(table, text_of(reading.terms[0][1])) if table else None
    if known is None:
        return reading
    label = (f"{slot.iri}Label", literal(known.label))
    return replace(reading, terms=(*reading.terms, label))


def _refused(table: str | None, text: str) -> Refusal:
    lacking = no_term(table, text) if table else None
    if table and lacking is not None:
        return Refusal(
            message=lacking.reason,
            found=text,
            choices=_options(
                term for one in lacking.nearest if (term := term_named(table, one))
            ),
            hint=both("Choose the term that says how the image was formed."),
        )
    near = terms_near(table, text) if table else ()
    return Refusal(
        message=both("This is not the name of a term that is known here")
        if near
        else both("This field takes the address of a term"),
        expected={} if near else example("http://purl.obolibrary.org/obo/…"),
        found=text,
        choices=_options(near),
        hint=both("Any other term is written with its number, as NCBITaxon:9606.")
        if near
        else {},
    )


def _options(terms: Iterable[OntologyTerm]) -> tuple[Option, ...]:
    return tuple(
        Option(text=one.label, label={"fr": one.label_fr}, by_name=True)
        for one in terms
    )


def _written(address: str) -> str:
    """Return a term as ontologies write it: ``NCBITaxon:9606``."""
    return curie(address).removeprefix("obo:").replace("_", ":", 1)


def term_label(iri: str) -> str | None:
    """Return the label of a term in the language in use, None for one not known."""
    found = next(filter(None, (term_named(one, iri) for one in TABLES.values())), None)
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
            found[plain_name(row["label"])] = found[plain_name(iri)] = exact
            found[plain_name(iri.rpartition("/")[2])] = exact
            if french:
                found.setdefault(plain_name(french), replace(exact, exact=False))
            for other in filter(None, row["other_names"].split("|")):
                found[plain_name(other)] = replace(exact, exact=False)
    return found
