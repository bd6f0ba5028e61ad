"""A small microscope of the Micro-Meta App, and facts of an image taken with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _component(schema: str, identifier: str, **values: Any) -> dict[str, Any]:
    return {
        "Schema_ID": f"{schema}.json",
        "ID": identifier,
        "Tier": 1,
        "Category": "Something",
        "PositionX": 12.5,
        "OffsetY": 0,
        "Current_Number_Of_WavelengthRange": 0,
        **values,
    }


def _microscope() -> dict[str, Any]:
    return {
        "Name": "Confocal 1",
        "Schema_ID": "Instrument.json",
        "ID": "instrument-uuid",
        "Tier": 2,
        "MicroscopeStand": _component(
            "InvertedMicroscopeStand", "stand", Manufacturer="Acme", Model="Stand"
        ),
        "components": [
            _component(
                "Objective",
                "objective-10",
                Name="Ten",
                Manufacturer="Acme",
                Model="Plan 10x",
                CatalogNumber="NA",
                Magnification=10,
                LensNA=0.3,
                ImmersionType="Air",
            ),
            _component(
                "Objective",
                "objective-63",
                Name="Sixty-three",
                Manufacturer="Acme",
                Model="Plan Apo 63x",
                CatalogNumber="440762-9904",
                Magnification=63,
                LensNA=1.4,
                ImmersionType="Mineral Oil",
                Correction="PlanApochromat",
                WorkingDistance=190,
                WorkingDistanceUnit="µm",
                InfinityCorrected=True,
            ),
            _component("CCD", "camera", Name="Camera", Model="Cam 1", PixelWidth=6.45),
            _component(
                "Fluorescence_LightSource_Laser",
                "laser-488",
                Name="Blue laser",
                Model="L488",
                Pump="na",
                IlluminationWavelengthRange=[
                    {"PeakWavelength": 488, "PeakWavelengthUnit": "nm"}
                ],
            ),
            _component(
                "FilterCube",
                "cube",
                Name="Cube",
                EmissionFilter="EmissionFilter/filter",
                ExcitationFilter="na",
                StandardDichroic="StandardDichroic/gone",
            ),
            _component(
                "EmissionFilter",
                "filter",
                Name="Filter",
                TransmittanceRange=[{"Wavelength": 525, "FWHMBandwidth": 50}],
            ),
            _component("WarpCore", "warp", Manufacturer="Starfleet", Power=9000),
        ],
    }


@pytest.fixture
def microscope() -> dict[str, Any]:
    return _microscope()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Any], Path]:
    """Return a function that writes a JSON file."""

    def written(document: Any) -> Path:
        path = tmp_path / "microscope.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return written
