"""What ImageJ and MetaMorph write into TIFF files beside the pixels."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

from fair_imagic.readers.base import RawFact, fact
from fair_imagic.readers.tiff_lsm import lsm_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["vendor_facts"]

_EXPOSURE = re.compile(r"^Exposure:\s*([0-9.]+)\s*(ms|s)\s*$", re.MULTILINE)
_UNITS = {
    "um": "µm",
    "micron": "µm",
    "microns": "µm",
    "micrometer": "µm",
    "\\u00B5m": "µm",
    "sec": "s",
    "second": "s",
    "seconds": "s",
    "msec": "ms",
    "minute": "min",
    "minutes": "min",
    "hr": "h",
    "hour": "h",
    "hours": "h",
}
_OBJECTIVE = {
    "_MagNA_": "Instrument/Objective/LensNA",
    "_MagSetting_": "Instrument/Objective/Model",
    "_MagRI_": "Image/ObjectiveSettings/RefractiveIndex",
}
_SIMPLE = (str, int, float, bool)


def vendor_facts(tiff: Any, series: Any, where: str) -> Iterator[RawFact]:
    """Yield the facts that ImageJ, MetaMorph, MetaSeries or Zeiss wrote."""
    if tiff.is_imagej:
        yield from _imagej_facts(tiff, series, where)
    elif tiff.is_stk:
        yield from _stk_facts(tiff, where)
    elif tiff.is_lsm:
        yield from lsm_facts(tiff, where)
    elif tiff.is_metaseries:
        yield from _metaseries_facts(tiff, where)
    elif not tiff.is_shaped:
        tag = series.keyframe.tags.get("ImageDescription")
        if tag is not None and str(tag.value).strip():
            place = f"{where}/tag 270 ImageDescription"
            yield fact("Image/Description", str(tag.value).strip(), place)
    original = series.keyframe.tags.get("DateTimeOriginal")
    if original is not None:
        # DateTime (306) is the time of the last change: editors overwrite it.
        place = f"{where}/tag 36867 DateTimeOriginal"
        text = _iso_time(str(original.value))
        yield fact("Image/AcquisitionDate", text, place)


def _iso_time(text: str) -> str:
    match = re.fullmatch(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", text.strip())
    return f"{match[1]}-{match[2]}-{match[3]}T{match[4]}" if match else text


def _imagej_facts(tiff: Any, series: Any, where: str) -> Iterator[RawFact]:
    notes = tiff.imagej_metadata or {}
    place = f"{where}/tag 270 ImageDescription"
    for name, value in notes.items():
        if isinstance(value, _SIMPLE):
            yield fact(f"imagej:{name}", value, f"{place}/{name}")
    for axis in "XY":
        unit = _axis_unit(notes, axis)
        if unit:
            yield from _resolution(series, axis, unit, where)
    unit = _axis_unit(notes, "Z")
    if unit and notes.get("spacing"):
        value = str(notes["spacing"])
        yield fact("Image/Pixels/PhysicalSizeZ", value, f"{place}/spacing", unit=unit)
    if notes.get("finterval"):
        value = str(notes["finterval"])
        place_t = f"{place}/finterval"
        unit = _unit_of(notes, "tunit") or "s"
        yield fact("Image/Pixels/TimeIncrement", value, place_t, unit=unit)
    for number, label in enumerate(_channel_labels(notes)):
        yield fact(f"Image/Pixels/Channel[{number}]/Name", label, f"{place}/Labels")


def _axis_unit(notes: dict[str, Any], axis: str) -> str:
    """Return the unit of an axis: y and z have that of x where they have none."""
    unit = _unit_of(notes, f"{axis.lower()}unit") or _unit_of(notes, "unit")
    # What has no scale counts in pixels; ImageJ writes inch for it too.
    return "" if unit in ("pixel", "pixels", "inch") else unit


def _unit_of(notes: dict[str, Any], name: str) -> str:
    unit = str(notes.get(name, "")).strip()
    return _UNITS.get(unit, unit)


def _channel_labels(notes: dict[str, Any]) -> list[str]:
    labels = notes.get("Labels")
    channels = int(notes.get("channels", 1))
    if not isinstance(labels, list) or len(labels) != channels:
        return []
    return [str(label) for label in labels]


def _resolution(series: Any, axis: str, unit: str, where: str) -> Iterator[RawFact]:
    """Yield the pixel size: ImageJ writes pixels per unit as a fraction."""
    tag = series.keyframe.tags.get(f"{axis}Resolution")
    if tag is None:
        return
    pixels, units = tag.value
    if not pixels or not units:
        return
    with localcontext() as context:
        context.prec = 9  # a 32-bit fraction holds no more
        size = Decimal(units) / Decimal(pixels)
    place = f"{where}/tag {tag.code} {axis}Resolution"
    yield fact(f"Image/Pixels/PhysicalSize{axis}", f"{size:f}", place, unit=unit)


def _stk_facts(tiff: Any, where: str) -> Iterator[RawFact]:
    notes = tiff.stk_metadata or {}
    place = f"{where}/MetaMorph"
    for name, value in notes.items():
        if isinstance(value, _SIMPLE) and not name.startswith("_"):
            yield fact(f"metamorph:{name}", value, f"{place}/{name}")
    if notes.get("SpatialCalibration"):
        unit = str(notes.get("CalibrationUnits", "")).strip()
        for axis in "XY":
            size = notes.get(f"{axis}Calibration")
            if size:
                key = f"Image/Pixels/PhysicalSize{axis}"
                where_size = f"{place}/{axis}Calibration"
                yield fact(key, size, where_size, unit=_UNITS.get(unit, unit))
    if notes.get("CreateTime") is not None:
        time = notes["CreateTime"].isoformat()
        yield fact("Image/AcquisitionDate", time, f"{place}/CreateTime")
    channel = "Image/Pixels/Channel[0]"
    if notes.get("Name"):
        yield fact(f"{channel}/Name", notes["Name"], f"{place}/Name")
    if notes.get("wavelength"):
        value = notes["wavelength"]
        where_em = f"{place}/wavelength"
        yield fact(f"{channel}/EmissionWavelength", value, where_em, unit="nm")
    yield from _plane_notes(notes, channel, place)


def _plane_notes(notes: dict[str, Any], channel: str, place: str) -> Iterator[RawFact]:
    descriptions = [str(text) for text in notes.get("PlaneDescriptions") or ()]
    if descriptions:
        first = f"{place}/PlaneDescriptions[0]"
        text = descriptions[0].replace("\r\n", "\n").strip()
        yield fact("Image/Description", text, first)
        exposure = _EXPOSURE.search(text)
        if exposure:
            key = f"{channel}/Plane/ExposureTime"
            yield fact(key, exposure[1], first, unit=exposure[2])
    for entry in notes.get("PlaneProperty") or ():
        where_entry = f"{place}/PlaneProperty {entry['name']}"
        yield fact(f"metamorph:{entry['name']}", entry["value"], where_entry)
        if entry["name"] in _OBJECTIVE:
            yield fact(_OBJECTIVE[entry["name"]], entry["value"], where_entry)
        if entry["name"] == "Camera Bit Depth":
            bits = str(entry["value"]).removesuffix(".0")
            yield fact("Image/Pixels/SignificantBits", bits, where_entry)


def _metaseries_facts(tiff: Any, where: str) -> Iterator[RawFact]:
    notes = (tiff.metaseries_metadata or {}).get("PlaneInfo", {})
    place = f"{where}/tag 270 ImageDescription/PlaneInfo"
    for name, value in notes.items():
        if isinstance(value, _SIMPLE):
            yield fact(f"metaseries:{name}", value, f"{place}/{name}")
    if notes.get("spatial-calibration-state"):
        unit = str(notes.get("spatial-calibration-units", "")).strip()
        for axis in "XY":
            name = f"spatial-calibration-{axis.lower()}"
            if notes.get(name):
                key = f"Image/Pixels/PhysicalSize{axis}"
                yield fact(
                    key, notes[name], f"{place}/{name}", unit=_UNITS.get(unit, unit)
                )
