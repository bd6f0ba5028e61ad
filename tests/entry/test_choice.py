"""Values of lists have names in the language in use; the values stay as they are."""

from __future__ import annotations

import pytest

from fair_imagic.entry.choice import (
    name_in_title,
    name_of_value,
    name_of_word,
    value_named,
)
from fair_imagic.i18n import use_language
from fair_imagic.model import slots_of

POINT = next(s for s in slots_of("QualityMeasurement") if s.name == "point")


def test_each_of_the_seven_points_has_a_french_name_of_its_own() -> None:
    with use_language("fr"):
        names = {name_of_value(POINT, point) for point in POINT.values}
    assert len(names) == 7
    assert not names & set(POINT.values)


def test_english_readers_see_the_values_themselves() -> None:
    assert name_of_value(POINT, "camera noise") == "camera noise"
    assert name_of_word("camera noise") == "camera noise"
    assert name_in_title("camera noise, read", "camera noise") == "camera noise, read"


def test_a_word_of_any_list_is_named_and_others_stay() -> None:
    with use_language("fr"):
        assert name_of_word("camera noise") == "bruit de la caméra"
        assert name_of_word("cell line") == "lignée cellulaire"
        assert name_of_word("camera") == "camera"


def test_only_a_title_that_begins_with_the_value_changes() -> None:
    with use_language("fr"):
        shown = name_in_title("stage drift, over 1 h (2026-03-01)", "stage drift")
        assert shown == "dérive de la platine, over 1 h (2026-03-01)"
        assert name_in_title("my stage drift", "stage drift") == "my stage drift"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stage drift", "stage drift"),
        ("Stage  Drift", "stage drift"),
        ("Dérive de la platine", "stage drift"),
        ("stabilité de l'illumination", "illumination stability"),
        ("stabilité de l’illumination", "illumination stability"),
        ("drift", None),
        ("", None),
    ],
)
def test_a_value_is_meant_by_its_name_in_any_language(
    typed: str, meant: str | None
) -> None:
    assert value_named(POINT, typed) == meant
