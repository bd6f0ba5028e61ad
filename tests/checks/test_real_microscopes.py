"""Microscope records of real facilities against NBO-Q Tier 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import check, profiles
from fair_imagic.mapping import read_instrument
from fair_imagic.model import Snapshot

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "reference/nboq/microscopes"


def codes_of(path: Path) -> set[str]:
    record = read_instrument(path, base_iri="https://example.org/id/")
    own = [statement.triple for statement in record.statements]
    report = check(Snapshot.make(record.iri, own=own), [profiles.load("nboq-tier-1")])
    return {finding.code for finding in report.findings}


# All fields are there; some hold 0 or -1, which people write where they do not know.
IMPOSSIBLE = {
    "mcgill_abif_axiovert1": {
        "model/Detector-electronicConversionFactor",
        "model/Detector-quantumEfficiency",
        "model/SamplePositioning-zRepeatability",
    },
    "mcgill_abif_axiovert200m": {
        "model/Detector-electronicConversionFactor",
        "model/Detector-quantumEfficiency",
        "model/SamplePositioning-zRepeatability",
        "model/TransmittanceRange-wavelength",
    },
}


@pytest.mark.parametrize("name", sorted(IMPOSSIBLE))
def test_a_microscope_described_for_tier_1_has_all_that_tier_1_asks(
    shared: Path, name: str
) -> None:
    assert codes_of(shared / FOLDER / f"{name}.json") == IMPOSSIBLE[name]


def test_a_partial_microscope_misses_its_objective_and_detector(shared: Path) -> None:
    codes = codes_of(shared / FOLDER / "chum_sdtirf_partial.json")
    assert {code for code in codes if code.startswith("nboq-tier-1/")} == {
        "nboq-tier-1/detector-required",
        "nboq-tier-1/instrument-objective-required",
    }


def test_values_that_the_standard_does_not_allow_are_reported(
    shared: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    partial = codes_of(shared / FOLDER / "chum_sdtirf_partial.json")
    invalid = codes_of(shared / FOLDER / "invalid_enum_beamcollimator_only.json")
    # A year is enough for a date of purchase; a band that is -1 nm wide cannot be.
    assert "model/LightSource-purchaseDate" not in partial
    assert "model/TransmittanceRange-fwhmBandwidth" in partial
    assert "model/MicroscopeStand-type" in invalid
    assert capfd.readouterr().err == ""
