from __future__ import annotations

import pytest

from fair_imagic.entry.placeholder import is_nothing, is_stand_in, named


@pytest.mark.parametrize(
    "text", ["", " ", ",", "-", "...", "()", "None", "null", "nan", "(:unav)", "n/a"]
)
def test_signs_alone_and_words_of_programs_say_nothing(text: str) -> None:
    assert is_nothing(text)
    assert is_stand_in(text)
    assert named(text) == ""


@pytest.mark.parametrize("text", ["DAPI", "0", "α", "5-FU", "+", "Nano", "x"])
def test_a_name_is_kept(text: str) -> None:
    assert named(f" {text} ") == text
    assert not is_stand_in(text)


@pytest.mark.parametrize("text", ["TBD", "untitled", "à compléter", "test"])
def test_a_text_that_keeps_a_place_is_a_name_but_no_value(text: str) -> None:
    assert is_stand_in(text)
    assert named(text) == text
