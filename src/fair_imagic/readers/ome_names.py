"""Names in OME-XML of every version: old ones renamed, units that go without saying."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

__all__ = ["FILTER_REFERENCES", "LINKED_TAGS", "default_unit", "local_name", "renamed"]

# Settings of a channel, and the word under which the part that they refer to is kept.
LINKED_TAGS = {
    "DetectorSettings": "Detector",
    "DetectorRef": "Detector",
    "LightSourceSettings": "LightSource",
    "LightSourceRef": "LightSource",
}
FILTER_REFERENCES = {
    "ExcitationFilterRef",
    "EmissionFilterRef",
    "DichroicRef",
    "FilterSetRef",
    # before 2010-04
    "FilterRef",
}

# (parent element, old name): name since 2016-06. Schemas from 2003 to 2015.
_RENAMED = {
    ("Pixels", "PixelType"): "Type",
    ("Image", "CreationDate"): "AcquisitionDate",
    ("Image", "AcquiredDate"): "AcquisitionDate",
    ("LogicalChannel", "ExWave"): "ExcitationWavelength",
    ("LogicalChannel", "EmWave"): "EmissionWavelength",
    ("LogicalChannel", "Fluor"): "Fluor",
    ("LogicalChannel", "Mode"): "AcquisitionMode",
    ("Channel", "ExWave"): "ExcitationWavelength",
    ("Channel", "EmWave"): "EmissionWavelength",
    ("Objective", "Magnification"): "NominalMagnification",
    ("Objective", "ImmersionType"): "Immersion",
}

# Units that the schema gives to values written without one.
_LENGTHS_UM = {
    "PhysicalSizeX",
    "PhysicalSizeY",
    "PhysicalSizeZ",
    "WorkingDistance",
    "PinholeSize",
}
_LENGTHS_NM = {
    "ExcitationWavelength",
    "EmissionWavelength",
    "Wavelength",
    "CutIn",
    "CutOut",
    "CutInTolerance",
    "CutOutTolerance",
}
_OTHER_UNITS = {
    "TimeIncrement": "s",
    "ExposureTime": "s",
    "DeltaT": "s",
    "Power": "mW",
    "Voltage": "V",
    "ReadOutRate": "MHz",
    "RepetitionRate": "Hz",
    "Temperature": "°C",
    "AirPressure": "mbar",
}
_DEFAULT_UNITS = (
    dict.fromkeys(_LENGTHS_UM, "µm") | dict.fromkeys(_LENGTHS_NM, "nm") | _OTHER_UNITS
)
_HOLDERS_OF_UNITS = {
    "Pixels",
    "Plane",
    "Channel",
    "LogicalChannel",
    "Objective",
    "Laser",
    "Arc",
    "Filament",
    "LightEmittingDiode",
    "GenericExcitationSource",
    "LightSourceSettings",
    "Detector",
    "DetectorSettings",
    "ImagingEnvironment",
    "TransmittanceRange",
}


def local_name(element: Any) -> str:
    """Return an element's name without its namespace."""
    return _local(element.tag)


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def renamed(parent: str, name: str) -> tuple[str, bool]:
    """Return today's name, and whether it is always numbered (channels are)."""
    if (parent, name) == ("Image", "LogicalChannel"):
        return "Pixels/Channel", True
    new_name = _RENAMED.get((parent, name), name)
    return new_name, (parent, name) in {("Pixels", "Channel"), ("OME", "Image")}


def default_unit(tag: str, name: str) -> str | None:
    """Return the unit that a value has in OME-XML when none is written."""
    return _DEFAULT_UNITS.get(name) if tag in _HOLDERS_OF_UNITS else None
