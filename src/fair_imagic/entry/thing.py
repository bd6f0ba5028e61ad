"""What people call the things that IRIs of vocabularies stand for."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from fair_imagic.entry.licence import SPDX, licence_of
from fair_imagic.entry.sign import unit_sign
from fair_imagic.entry.term import term_label
from fair_imagic.i18n import _, current_language
from fair_imagic.model.slots import class_for, class_names, slots_of
from fair_imagic.rdf import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["answer_words", "confidence_words", "field_name", "thing_name"]

_FI = PREFIXES["fi"]
# terms of these are ours, or stand in the model: nobody reads their addresses
_VOCABULARIES = tuple(
    base
    for prefix, base in PREFIXES.items()
    if prefix not in ("obo", "unit", "spdx", "schema")
)
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[-_]")
_ONTOLOGIES = {"NCBITaxon": "NCBI Taxonomy", "FBbi": "FBbi"}


def answer_words(text: str) -> str | None:
    """Return "withheld" and such for the answers without a value, else None."""
    words = {
        f"{_FI}withheld": _("withheld"),
        f"{_FI}unknown": _("unknown"),
        f"{_FI}notApplicable": _("not applicable"),
    }
    return words.get(text)


def confidence_words(confidence: str) -> str:
    """Return how sure a match or a proposal is, in words; other text as it is."""
    words = {"certain": _("certain"), "likely": _("likely"), "unsure": _("unsure")}
    return words.get(confidence, confidence)


def thing_name(iri: str) -> str | None:
    """Return what people call a term of a vocabulary, in the language in use.

    None for any other address.
    """
    answer = answer_words(iri)
    if answer is not None:
        return answer
    known = class_for(iri)
    if known is not None:
        return known.label.get(current_language()) or known.name
    if iri.startswith(PREFIXES["unit"]):
        return unit_sign(iri)
    if iri.startswith(SPDX):
        licence = licence_of(iri)
        return licence.spdx if licence else iri.removeprefix(SPDX)
    if iri.startswith(PREFIXES["obo"]):
        return term_label(iri) or _accession(iri)
    if iri.startswith(_VOCABULARIES):
        return field_name(iri) or _spelled(iri)
    return None


def field_name(path: str) -> str:
    """Return the label of the field with this property, empty where the model has none.

    Fields of several classes share properties: the first class by name decides.
    """
    labels = _labels_by_path().get(path)
    return labels.get(current_language(), "") if labels else ""


@cache
def _labels_by_path() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for name in class_names():
        for slot in slots_of(name):
            found.setdefault(slot.iri, slot.label)
    return found


def _accession(iri: str) -> str:
    """Return ``NCBI Taxonomy 9606`` for a term of which we have no name."""
    name = iri.removeprefix(PREFIXES["obo"])
    source, _mark, number = name.partition("_")
    return f"{_ONTOLOGIES.get(source, source)} {number}".strip()


def _spelled(iri: str) -> str:
    """Return the end of an IRI as words: ``ReferenceFrame`` is "reference frame"."""
    name = iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
    words = _WORD_START.sub(" ", name)
    return words if words.isupper() else words.lower()
