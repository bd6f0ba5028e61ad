"""The two microscope records of the sample study, as Micro-Meta App would save them."""

from __future__ import annotations

import json
import uuid
from typing import Any

__all__ = ["microscope_json"]

_MODEL = "2.01.1"
_SPACE = uuid.UUID("6f2f7d1c-7c0f-5d0a-9b59-0d6b6a1f7f10")

Part = dict[str, Any]


def _part(schema: str, name: str, **values: Any) -> Part:
    return {
        "Schema_ID": f"{schema}.json",
        "Name": name,
        "ID": str(uuid.uuid5(_SPACE, f"{schema}/{name}")),
        "Tier": 1,
        "ModelVersion": _MODEL,
        **values,
    }


def _maker(maker: str, model: str, number: str) -> Part:
    return {"Manufacturer": maker, "Model": model, "CatalogNumber": number}


def _objective(name: str, magnification: int, aperture: float, **values: Any) -> Part:
    return _part(
        "Objective",
        name,
        Magnification=magnification,
        LensNA=aperture,
        InfinityCorrected=True,
        ContrastModulation="None",
        DIC=False,
        **values,
    )


def _filter(
    schema: str, name: str, *, centre_nm: int, width_nm: int, **maker: Any
) -> Part:
    """Return a filter or dichroic; one without a width passes all that is longer."""
    passed = {
        "Wavelength": centre_nm,
        "WavelengthUnit": "nm",
        "FWHMBandwidth": width_nm,
    }
    return _part(
        schema,
        name,
        Type="BandPass" if width_nm else "LongPass",
        CoatingMethod="HardCoated",
        LightPathLocation="Infinity space",
        TransmittanceRange=[passed],
        **maker,
    )


def _light(peak_nm: int, power_mw: int) -> Part:
    return {
        "PeakWavelength": peak_nm,
        "PeakWavelengthUnit": "nm",
        "IlluminationPower": power_mw,
        "IlluminationPowerUnit": "mW",
    }


def _widefield() -> list[Part]:
    return [
        _software("Acquire", "3.1", "Example Optics"),
        _objective(
            "Plan-Apochromat 20x/0.8",
            20,
            0.8,
            Correction="PlanApo",
            ImmersionType="Air",
            WorkingDistance=0.55,
            WorkingDistanceUnit="mm",
            **_maker("Example Optics", "Plan-Apochromat 20x/0.8", "EO-20-080"),
        ),
        _part(
            "Fluorescence_LightSource_LightEmittingDiode",
            "LED engine",
            LEDModule=[_light(385, 170), _light(475, 140)],
            **_maker("Example Light", "SixLine", "EL-6"),
        ),
        *_widefield_filters(),
        _part(
            "CMOS",
            "Camera",
            MaxBitDepth="12bit",
            PixelWidth=6.46,
            PixelWidthUnit="µm",
            PixelHeight=6.46,
            PixelHeightUnit="µm",
            **_maker("Example Sensors", "Quiet 4.2", "ES-42"),
        ),
    ]


def _widefield_filters() -> list[Part]:
    filters = "Example Filters"
    return [
        _filter(
            "ExcitationFilter",
            "EX 385/30",
            centre_nm=385,
            width_nm=30,
            **_maker(filters, "385/30", "X385"),
        ),
        _filter(
            "EmissionFilter",
            "EM 460/50",
            centre_nm=460,
            width_nm=50,
            **_maker(filters, "460/50", "M460"),
        ),
        _filter(
            "StandardDichroic",
            "DC 420",
            centre_nm=420,
            width_nm=0,
            **_maker(filters, "420 LP", "D420"),
        ),
    ]


def _violet_laser() -> Part:
    return _part(
        "Fluorescence_LightSource_Laser",
        "Laser 405",
        Tuneable=False,
        Pulse=False,
        ModulationMechanism="AcoustoOptical Tunable Filter",
        IlluminationWavelengthRange=[_light(405, 50)],
        **_maker("Sample Lasers", "Violet 50", "SL-405"),
    )


def _confocal() -> list[Part]:
    maker = "Sample Systems"
    return [
        _software("Scan", "4.7", maker),
        _objective(
            "HC PL APO 63x/1.40 OIL",
            63,
            1.4,
            Correction="PlanApo",
            ImmersionType="Mineral Oil",
            WorkingDistance=0.14,
            WorkingDistanceUnit="mm",
            **_maker(maker, "HC PL APO 63x/1.40 OIL", "SS-63-140"),
        ),
        _violet_laser(),
        _filter(
            "EmissionFilter",
            "EM 430-490",
            centre_nm=460,
            width_nm=60,
            **_maker(maker, "430-490", "SM-1"),
        ),
        _filter(
            "StandardDichroic",
            "DC 405",
            centre_nm=415,
            width_nm=0,
            **_maker(maker, "405/488/561", "SD-3"),
        ),
        _part(
            "PhotoMultiplierTube",
            "PMT 1",
            Coating="Multi-alkali",
            **_maker(maker, "PMT R", "SP-1"),
        ),
    ]


def _software(name: str, version: str, developer: str) -> Part:
    return _part(
        "AcquisitionSoftware",
        name,
        Version=version,
        Developer=developer,
        WebsiteURL="https://example.org/software",
    )


def microscope_json(kind: str) -> str:
    """Return the record of the ``widefield`` or ``confocal`` microscope as JSON."""
    widefield = kind == "widefield"
    name = "Widefield 1" if widefield else "Confocal 2"
    maker = (
        _maker("Example Optics", "Observer E", "EO-OBS")
        if widefield
        else _maker("Sample Systems", "Scan Stand", "SS-ST")
    )
    stand = _part(
        "InvertedMicroscopeStand",
        f"{name} stand",
        Type="Compound",
        Origin="Commercial-as is",
        **maker,
    )
    record = _part("Instrument", name) | {
        "ValidationTier": 1,
        "AppVersion": "sample study",
        "Description": f"{name} of the sample study",
        "MicroscopeStand": stand,
        "components": _widefield() if widefield else _confocal(),
        "linkedFields": {},
    }
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"
