"""Sizes along axes: no axis passes for another, and a gap says so."""

from __future__ import annotations

from typing import Any

import pytest
from study_data import image

from fair_imagic.i18n import use_language
from fair_imagic.publish.image_words import pixel_words, size_words
from fair_imagic.publish.study import Pictured
from fair_imagic.publish.wording import dimensions_text, pixel_size_text
from fair_imagic.rdf import expand

X, Y, Z = "physical_size_x", "physical_size_y", "physical_size_z"
UNKNOWN = expand("fi:unknown")
CASES = [
    ({}, "0.1 x 0.1 µm, z step 0.3 µm"),
    ({X: UNKNOWN}, "X unknown, Y 0.1 µm, z step 0.3 µm"),
    ({Y: None}, "X 0.1 µm, Y not recorded, z step 0.3 µm"),
    ({Z: UNKNOWN}, "0.1 x 0.1 µm, z step unknown"),
    ({Z: None}, "0.1 x 0.1 µm, z step not recorded"),
    ({Z: None, "size_z": "1"}, "0.1 x 0.1 µm"),
    ({X: None, Y: None}, "X not recorded, Y not recorded, z step 0.3 µm"),
    ({X: None, Y: None, Z: None}, ""),
]


def pictured(**values: Any) -> Pictured:
    return Pictured(
        image=image(1, **values),
        channels=(),
        lens="",
        instrument=None,
        sample=None,
        files=(),
        run=None,
    )


@pytest.mark.parametrize(("values", "text"), CASES)
def test_an_axis_without_a_size_says_so_to_archives(
    values: dict[str, Any], text: str
) -> None:
    assert pixel_size_text(pictured(**values)) == text


@pytest.mark.parametrize(("values", "text"), CASES)
def test_an_axis_without_a_size_says_so_on_the_landing_page(
    values: dict[str, Any], text: str
) -> None:
    with use_language("en"):
        words = pixel_words(pictured(**values))
    assert words.replace("\N{NO-BREAK SPACE}", " ").replace("×", "x") == text


def test_the_landing_page_names_the_z_step_in_french() -> None:
    with use_language("fr"):
        words = pixel_words(pictured(**{X: UNKNOWN}))
    assert words.replace("\N{NO-BREAK SPACE}", " ") == (
        "X inconnu, Y 0,1 µm, pas en z 0,3 µm"
    )


def test_an_unknown_height_is_no_empty_number_of_pixels() -> None:
    assert dimensions_text(pictured(size_y=UNKNOWN)).startswith("X 512 px, Y unknown,")
    assert size_words(pictured(size_y=None)).count("px") == 1
