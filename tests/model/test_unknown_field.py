"""A name that no field has: the nearest, in the language of the reader."""

from __future__ import annotations

import re

import pytest

from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import use_language
from fair_imagic.model import slot_named, slots_of


def refusal(class_name: str, name: str, language: str) -> NotFoundError:
    with use_language(language), pytest.raises(NotFoundError) as refused:
        slot_named(class_name, name)
    return refused.value


@pytest.mark.parametrize(
    ("class_name", "slip", "meant"),
    [
        ("PublicationSet", "titel", "title"),
        ("PublicationSet", "licence", "license"),
        ("PublicationSet", "mots-clés", "keywords"),
        ("Image", "Taille du pixel X", "physical_size_x"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_nearest_field_stands_first_with_its_label(
    class_name, slip, meant, language
):
    error = refusal(class_name, slip, language)
    slot = slot_named(class_name, meant)
    assert error.expected.startswith(f"{meant} ({slot.label[language]})")


@pytest.mark.parametrize("class_name", ["PublicationSet", "Image", "Objective"])
@pytest.mark.parametrize("name", ["fild", "title2", "x", "numeric apertur"])
def test_what_is_not_shown_is_counted(class_name, name):
    expected = refusal(class_name, name, "en").expected
    shown = re.findall(r"\b[a-z_0-9]+ \(", expected)
    others = re.search(r"or (\d+) others?$", expected)
    left = int(others[1]) if others else 0
    assert len(shown) + left == len(slots_of(class_name))


def test_a_field_of_the_images_is_told_where_the_set_has_none():
    hint = refusal("PublicationSet", "pixelsize", "fr").hint
    assert "image.physical_size_x" in hint
    assert hint.startswith("Les images ont")
