"""Answers that are no values: unknown, not applicable, withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.reading import Reading
from fair_imagic.rdf import PREFIXES, iri

if TYPE_CHECKING:
    from fair_imagic.model.slots import Slot

__all__ = ["answer_of_program", "is_answer", "is_nothing", "read_answer"]

_ANSWERS = {
    "unknown": "unknown",
    "inconnu": "unknown",
    "inconnue": "unknown",
    "not applicable": "notApplicable",
    "sans objet": "notApplicable",
    "withheld": "withheld",
    "non communiqué": "withheld",
    "non communiquée": "withheld",
}

# What takes a value away; in brackets, so that no title is meant.
_NOTHING = ("(none)", "(aucun)", "(aucune)", "(rien)")

# What stands in files where there is no answer. "NA" is "not available" and "not
# applicable": the weaker of the two is taken. Codes with a colon are DataCite's.
_OF_PROGRAMS = {
    "na": "fi:unknown",
    "n/a": "fi:unknown",
    "unknown": "fi:unknown",
    ":unav": "fi:unknown",
    ":unkn": "fi:unknown",
    ":tba": "fi:unknown",
    ":unap": "fi:notApplicable",
    ":none": "fi:notApplicable",
    "not applicable": "fi:notApplicable",
    ":unal": "fi:withheld",
}


def answer_of_program(text: str) -> str | None:
    """Return the answer (``fi:unknown``) that a file's text stands for, or None."""
    return _OF_PROGRAMS.get(text.strip().lower())


def is_nothing(text: str) -> bool:
    """Return whether a text says that there is to be no value: ``(none)``."""
    return " ".join(text.split()).casefold() in _NOTHING


def is_answer(text: str) -> bool:
    """Return whether a text says "unknown", "not applicable" or "withheld"."""
    return " ".join(text.split()).casefold() in _ANSWERS


def read_answer(slot: Slot, text: str) -> Reading | None:
    """Read one of the answers, in any language; None for any other text.

    A list that has such a word itself means that.
    """
    answer = _ANSWERS.get(" ".join(text.split()).casefold())
    if answer is None or answer in slot.values:
        return None
    return Reading(terms=((slot.iri, iri(PREFIXES["fi"] + answer)),), text=text)
