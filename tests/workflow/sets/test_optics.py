"""Channels in the text on methods: odd values are gaps, shared ones are told once."""

from __future__ import annotations

import random

import pytest
from tests.public_prose import prose_faults

from fair_imagic.i18n import LANGUAGES, use_language
from fair_imagic.model import Channel, RecordGraph, statements
from fair_imagic.workflow.sets.methods_words import Told
from fair_imagic.workflow.sets.optics import channels_text

IMAGE = "https://example.org/image/i"
ODD = (None, ",", "None", "", "nan", "DAPI", "GFP", "mCherry")
NUMBERS = (None, "405", "488.5", "1", "100")


def text_of(channels: list[Channel]) -> str:
    triples = [one for channel in channels for one in statements(channel)]
    graph, told = RecordGraph(triples), Told()
    found = channels_text(graph, [one.iri for one in channels], RecordGraph(()), told)
    for gap in told.gaps:
        assert f"[{gap}]" in found
    return found


def channel(number: int, **values: str | None) -> Channel:
    return Channel(iri=f"{IMAGE}#channel-{number}", index=str(number), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(30))
def test_channels_with_odd_values_read_well(seed: int, language: str) -> None:
    chance = random.Random(seed)
    channels = [
        channel(
            number,
            name=chance.choice(ODD),
            fluorophore=chance.choice(ODD),
            excitation_wavelength=chance.choice(NUMBERS),
            emission_wavelength=chance.choice(NUMBERS),
            exposure_time=chance.choice(NUMBERS),
        )
        for number in range(chance.choice((0, 1, 2, 5)))
    ]
    with use_language(language):
        assert prose_faults(text_of(channels), language) == []


def test_what_all_channels_share_is_told_once() -> None:
    found = text_of(
        [
            channel(0, name="DAPI", emission_wavelength="460", exposure_time="40"),
            channel(1, name="GFP", emission_wavelength="525", exposure_time="40"),
        ]
    )
    assert found.count("exposure 40 ms") == 1
    assert found.count("light source not recorded") == 1
    assert "DAPI (emission 460 nm); GFP (emission 525 nm); all channels: " in found
