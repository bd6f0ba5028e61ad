"""The one place that prints a value: rounded, in words, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from fair_imagic.entry.choice import name_of_value
from fair_imagic.entry.contradiction import contradiction_words, is_contradiction
from fair_imagic.entry.rounding import rounded
from fair_imagic.entry.sign import unit_sign
from fair_imagic.entry.term import label_in_language
from fair_imagic.entry.thing import answer_words, thing_name
from fair_imagic.i18n import (
    _,
    current_language,
    day_text,
    moment_text,
    use_language,
)
from fair_imagic.model.slots import slots_of
from fair_imagic.model.view import term_for
from fair_imagic.rdf import datatype_of, is_iri, text_of

if TYPE_CHECKING:
    from fair_imagic.model.record import Record
    from fair_imagic.model.slots import Slot
    from fair_imagic.rdf import Term

__all__ = ["Labels", "Shown", "shown", "typed", "words_of"]

_NUMBERS = frozenset(
    ("decimal", "integer", "nonNegativeInteger", "double", "float", "positiveInteger")
)
# fields whose texts are the labels of terms, beside the field with the term itself
_LABELS_OF_TERMS = {"imaging_method_label": "imaging-methods"}


class Labels(Protocol):
    """Knows what people call records."""

    def label(self, iri: str, language: str) -> str | None:
        """Return what people call one of our records, None for anything else."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A value as people read it.

    ``full`` is the source's text, for a title or technical details. ``record`` is the
    record of ours that it leads to, ``link`` an address elsewhere.
    """

    text: str
    full: str
    unit: str = ""
    record: str = ""
    link: str = ""

    @property
    def words(self) -> str:
        """The text with its unit; no line breaks between them."""
        if self.unit in ("", "°"):
            return f"{self.text}{self.unit}"
        return f"{self.text}\N{NO-BREAK SPACE}{self.unit}"

    @property
    def exact(self) -> str:
        """The source's text where printing left some of it out, else empty."""
        return "" if self.full == self.text else self.full


def shown(
    term: Term,
    slot: Slot | None = None,
    names: Labels | None = None,
    language: str | None = None,
    *,
    unit: Term | str | None = None,
) -> Shown:
    """Return a term as people read it.

    ``unit`` is what stands beside the value; without it a number has its field's.
    """
    with use_language(language or current_language()):
        if is_iri(term):
            return _thing(text_of(term), slot, names)
        return _literal(term, slot, unit)


def words_of(record: Record, name: str) -> str:
    """Return the field of a record as people read it, with its unit.

    Of several values all; empty where there is none.
    """
    slot = next(one for one in slots_of(type(record).__name__) if one.name == name)
    held = getattr(record, name)
    texts = held if slot.multivalued else (held,)
    unit = getattr(record, slot.unit_slot) if slot.unit_slot else None
    seen = [shown(term_for(slot, text), slot, unit=unit) for text in texts if text]
    return ", ".join(one.words for one in seen)


def typed(term: Term) -> str:
    """Return a value as a form holds it, to be typed again: nothing is left out."""
    text = text_of(term)
    return answer_words(text) or text


def _thing(iri: str, slot: Slot | None, names: Labels | None) -> Shown:
    label = names.label(iri, current_language()) if names else None
    if label is not None:
        return Shown(text=label, full=iri, record=iri)
    name = thing_name(iri)
    if answer_words(iri) is not None:
        return Shown(text=name or iri, full=name or iri)
    if slot is not None and iri in slot.values:
        name = name_of_value(slot, iri) if name is None else name
    link = iri if iri.startswith(("http:", "https:")) else ""
    return Shown(text=name or iri, full=iri, link=link)


def _literal(term: Term, slot: Slot | None, unit: Term | str | None) -> Shown:
    text = text_of(term)
    kind = (datatype_of(term) or "").rpartition("#")[2]
    if kind in _NUMBERS:
        given = text_of(unit) if unit and is_iri(unit) else unit
        measure = given or (slot.unit if slot is not None else None)
        sign = unit_sign(measure) if measure else ""
        return Shown(text=rounded(text), full=text, unit=sign)
    return Shown(text=_words(text, kind, slot), full=text)


def _words(text: str, kind: str, slot: Slot | None) -> str:
    if kind == "boolean":
        words = {"true": _("yes"), "1": _("yes"), "false": _("no"), "0": _("no")}
        return words.get(text, text)
    if kind == "date":
        return day_text(text)
    if kind == "dateTime":
        return moment_text(text)
    if slot is None:
        return text
    if slot.value_labels or slot.values:
        return name_of_value(slot, text)
    if is_contradiction(slot):
        return contradiction_words(text)
    if slot.name in _LABELS_OF_TERMS:
        return label_in_language(_LABELS_OF_TERMS[slot.name], text)
    return text
