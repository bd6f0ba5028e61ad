"""A technique without a term is refused with the reason, and broader terms."""

from __future__ import annotations

import pytest

from fair_imagic.entry.no_term import no_term
from fair_imagic.entry.reading import Reading, Refusal
from fair_imagic.entry.term import read_term
from fair_imagic.model.slots import slot_named


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("widefield", "plein champ"),
        ("intravital", "intravitale"),
        ("FRET-FLIM", "microscopie FRET-FLIM"),
        ("flow imaging", "imagerie en flux"),
        ("high content screening", "criblage à haut contenu"),
        ("slide scanning", "numérisation de lames"),
        ("expansion", "microscopie à expansion"),
    ],
)
def test_nothing_broader_is_taken_in_silence(english: str, french: str) -> None:
    slot = slot_named("Image", "imaging_method")
    for text in (english, french):
        lacking = no_term("imaging-methods", text)
        outcome = read_term(slot, text)
        assert lacking is not None
        assert isinstance(outcome, Refusal)
        assert outcome.message == lacking.reason
        assert outcome.message["fr"] != outcome.message["en"]
        assert len(outcome.choices) == len(lacking.nearest) > 0
        for choice in outcome.choices:
            for words in (choice.text, choice.label["fr"]):
                assert isinstance(read_term(slot, words), Reading), words


@pytest.mark.parametrize("text", ["SHG", "seconde harmonique", "imagerie spectrale"])
def test_what_only_nbo_names_gets_its_term(text: str) -> None:
    outcome = read_term(slot_named("Image", "imaging_method"), text)
    assert isinstance(outcome, Reading)
    assert "quarep.org/rdf/model" in outcome.terms[0][1]


def test_organisms_have_no_such_list() -> None:
    assert no_term("organisms", "expansion") is None
