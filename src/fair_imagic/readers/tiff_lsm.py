"""What Zeiss LSM files say of the acquisition: tag 34412, as tifffile reads it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from fair_imagic.readers.base import RawFact, fact

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["lsm_facts"]

_SIMPLE = (str, int, float, bool)
# Days are counted from here, with the clock of the microscope's computer.
_FIRST_DAY = datetime(1899, 12, 30)
_CHANNEL = {
    "ChannelName": ("Name", None),
    "DyeName": ("Fluor", None),
    "PinholeDiameter": ("PinholeSize", "µm"),
    "DetectorGainFirst": ("DetectorSettings/Gain", None),
    "PointDetectorName": ("Detector/Model", None),
}


def lsm_facts(tiff: Any, where: str) -> Iterator[RawFact]:
    """Yield sizes, objective, channels and the other settings of an LSM file."""
    notes = tiff.lsm_metadata or {}
    place = f"{where}/tag 34412 CZ_LSMINFO"
    yield from _scale(notes, place)
    scan = notes.get("ScanInformation") or {}
    spot = f"{place}/ScanInformation"
    for name, value in scan.items():
        if isinstance(value, _SIMPLE) and str(value).strip():
            yield fact(f"zeiss:ScanInformation/{name}", value, f"{spot}/{name}")
    for name, key in (
        ("Name", "Image/Name"),
        ("Description", "Image/Description"),
        ("Objective", "Instrument/Objective/Model"),
    ):
        if str(scan.get(name, "")).strip():
            yield fact(key, scan[name], f"{spot}/{name}")
    if scan.get("Sample0time"):
        moment = _FIRST_DAY + timedelta(days=scan["Sample0time"])
        text = moment.isoformat(timespec="seconds")
        yield fact("Image/AcquisitionDate", text, f"{spot}/Sample0time")
    yield from _channels(notes, scan, place)


def _scale(notes: dict[str, Any], place: str) -> Iterator[RawFact]:
    for axis in "XYZ":
        size = notes.get(f"VoxelSize{axis}")
        if size is not None and (axis != "Z" or notes.get("DimensionZ", 1) > 1):
            where = f"{place}/VoxelSize{axis}"
            yield fact(f"Image/Pixels/PhysicalSize{axis}", size, where, unit="m")
    if notes.get("DimensionTime", 1) > 1:
        step, where = notes.get("TimeIntervall"), f"{place}/TimeIntervall"
        yield fact("Image/Pixels/TimeIncrement", step, where, unit="s")


def _channels(
    notes: dict[str, Any], scan: dict[str, Any], place: str
) -> Iterator[RawFact]:
    count = notes.get("DimensionChannels", 1)
    mode = "LaserScanningConfocalMicroscopy"
    colours = (notes.get("ChannelColors") or {}).get("Colors") or []
    for index in range(count):
        key = f"Image/Pixels/Channel[{index}]"
        if scan:
            yield fact(f"{key}/AcquisitionMode", mode, f"{place}/ScanInformation")
        if index < len(colours):
            red, green, blue = colours[index][:3]
            text = f"#{red:02X}{green:02X}{blue:02X}"
            yield fact(f"{key}/Color", text, f"{place}/ChannelColors")
    if notes.get("SpectralScan"):
        yield from _bands(notes.get("ChannelWavelength"), place)
    yield from _tracks(scan.get("Tracks") or [], count, place)


def _bands(bands: Any, place: str) -> Iterator[RawFact]:
    """Yield the middle of the band that each channel of a spectral scan collects."""
    for index, (begin, end) in enumerate([] if bands is None else bands):
        key = f"Image/Pixels/Channel[{index}]"
        where = f"{place}/ChannelWavelength[{index}]"
        low, high = (round(float(edge) * 1e9, 4) for edge in (begin, end))
        band = f"{low:g}-{high:g}"
        yield fact(f"{key}/zeiss:DetectionWavelength", band, where, unit="nm")
        middle = f"{(low + high) / 2:.1f}"
        yield fact(f"{key}/EmissionWavelength", middle, where, unit="nm")
        yield fact(f"{key}/Name", f"{middle} nm", where)


def _tracks(tracks: list[Any], count: int, place: str) -> Iterator[RawFact]:
    """Yield what lights and detectors tell, where there is one for each channel."""
    used = [
        (track, number, part)
        for number, track in enumerate(tracks)
        for part in track.get("DetectionChannels") or []
        if track.get("Acquire") and part.get("Acquire")
    ]
    for number, track in enumerate(tracks):
        spot = f"{place}/ScanInformation/Tracks[{number}]"
        for light in _lights(track):
            key = f"zeiss:Tracks[{number}]/IlluminationChannel/{light['Name']}"
            yield fact(f"{key}/Power", light.get("Power"), spot, unit="%")
    if len(used) != count:
        return
    for index, (track, number, part) in enumerate(used):
        key = f"Image/Pixels/Channel[{index}]"
        spot = f"{place}/ScanInformation/Tracks[{number}]"
        for name, (mine, unit) in _CHANNEL.items():
            if str(part.get(name, "")).strip():
                where = f"{spot}/DetectionChannels/{name}"
                yield fact(f"{key}/{mine}", part[name], where, unit=unit)
        lights = _lights(track)
        if len(lights) == 1:
            where = f"{spot}/IlluminationChannels"
            value = lights[0].get("Wavelength")
            yield fact(f"{key}/ExcitationWavelength", value, where, unit="nm")


def _lights(track: Any) -> list[Any]:
    """Return the laser lines that are on; the format spells it Aquire."""
    return [one for one in track.get("IlluminationChannels") or [] if one.get("Aquire")]
