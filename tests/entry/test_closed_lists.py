"""The closed lists of NBO-Q hold for what is typed about an image."""

from __future__ import annotations

import pytest

from fair_imagic.entry import NoNames, Reading, read
from fair_imagic.model import slots_of

NAMES = NoNames()
FIELDS = {slot.name: slot for slot in slots_of("Channel")}


@pytest.mark.parametrize("name", ["contrast_method", "illumination_type"])
@pytest.mark.parametrize("text", ["DAPI", "banana"])
def test_a_dye_is_no_contrast_method(name: str, text: str) -> None:
    assert not isinstance(read(text, FIELDS[name], NAMES), Reading)


@pytest.mark.parametrize("text", ["Fluorescence", "fluorescence", "Brightfield"])
def test_a_word_of_the_list_is_one(text: str) -> None:
    assert isinstance(read(text, FIELDS["contrast_method"], NAMES), Reading)
