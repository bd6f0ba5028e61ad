"""Light and dye of a channel: what does not fit is told, what may fit is not."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from fair_imagic.entry.dye import dye_named
from fair_imagic.resources import folder

if TYPE_CHECKING:
    from collections.abc import Callable

    Failing = Callable[[str, str, str], list[str]]

TEST = "excitation-near-its-dye"


def channel(dye: str, wavelength: str, more: str = "") -> str:
    said = f'nboq:channelName "{dye}" ; nboq:excitationWavelength {wavelength}'
    return f"<urn:c> {said} {more} ."


@pytest.mark.parametrize(
    ("dye", "wavelength"),
    [
        *(("DAPI", "405"), ("DAPI", "355"), ("Hoechst", "405"), ("EGFP", "488")),
        *(("Alexa Fluor 488", "488"), ("AF-647", "633"), ("Cy5", "640")),
        *(("TRITC", "561"), ("Texas Red", "543"), ("mCherry", "561"), ("PI", "488")),
        *(("GFP", "405"), ("TRITC", "810"), ("my dye", "405"), ("TRITC", "0")),
    ],
)
def test_light_that_excites_the_dye_is_no_point(
    failing: Failing, dye: str, wavelength: str
) -> None:
    assert failing(TEST, channel(dye, wavelength), "urn:c") == []


@pytest.mark.parametrize(
    ("dye", "wavelength"),
    [("TRITC", "405"), ("tritc", "405.0"), ("Alexa 647", "488"), ("DAPI", "561")],
)
def test_light_far_from_the_dye_is_told_with_both(
    failing: Failing, dye: str, wavelength: str
) -> None:
    (found,) = failing(TEST, channel(dye, wavelength), "urn:c")
    assert found.startswith(f"{wavelength} nm")


def test_several_photons_are_another_matter(failing: Failing) -> None:
    mode = '; nboq:acquisitionMode "MultiPhotonMicroscopy"'
    assert failing(TEST, channel("TRITC", "405", mode), "urn:c") == []


def test_the_fluorophore_counts_before_the_name(failing: Failing) -> None:
    more = '; nboq:fluorophore "DAPI"'
    assert failing(TEST, channel("TRITC", "405", more), "urn:c") == []


def test_every_line_of_the_table_is_a_range_with_its_source() -> None:
    path = folder("mappings") / "dyes.tsv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    assert len(rows) > 30
    for row in rows:
        dye = dye_named(row["dye"])
        assert dye is not None, row
        assert dye.excitation_nm[0] <= dye.excitation_nm[1] < Decimal(800), row
        assert dye.emission_nm[0] <= dye.emission_nm[1], row
        assert dye.excitation_nm[1] < dye.emission_nm[1], row
        assert row["source"] in ("jackson", "fpbase", "handbook"), row
