"""What is shown can be typed again, in both languages: every field of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.entry import NoNames, Reading, read
from fair_imagic.entry.shown import shown
from fair_imagic.i18n import LANGUAGES, use_language
from fair_imagic.model import class_names, slots_of
from fair_imagic.rdf import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.model import Slot
    from fair_imagic.rdf import Term

_SAMPLES = {
    "decimal": "1234.5",
    "integer": "12",
    "nonNegativeInteger": "12",
    "boolean": "true",
    "date": "2026-03-14",
}


def _terms(slot: Slot) -> Iterator[Term]:
    if slot.values and slot.datatype:
        yield from (literal(value) for value in slot.values)
        return
    kind = (slot.datatype or "").rpartition("#")[2]
    if kind in _SAMPLES:
        bounded = slot.high is not None and kind in ("decimal", "integer")
        text = slot.high if bounded else _SAMPLES[kind]
        yield literal(text, datatype=slot.datatype)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_of_every_field_reads_back(language: str) -> None:
    slots = {one.iri: one for name in class_names() for one in slots_of(name)}
    count = 0
    for slot in slots.values():
        for term in _terms(slot):
            text = shown(term, slot, None, language).words
            with use_language(language):
                outcome = read(text, slot, NoNames())
            assert isinstance(outcome, Reading), (slot.name, text, outcome)
            kept = [value for path, value in outcome.terms if path == slot.iri]
            assert kept == [term], (slot.name, text)
            count += 1
    assert count > 1000
