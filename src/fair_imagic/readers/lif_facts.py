"""One image of a Leica header as facts; scans in xz and wavelength steps included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import localcontext
from typing import TYPE_CHECKING, Any

from fair_imagic.entry.number import decimal_of
from fair_imagic.readers.base import RawFact, fact

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["axis_of", "image_facts"]

# DimID of the format: x, y, z, t, emission wavelength, ..., excitation wavelength.
_AXES = {"1": "X", "2": "Y", "3": "Z", "4": "T", "5": "EmissionWavelength",
         "9": "ExcitationWavelength"}  # fmt: skip
_SPECTRAL = ("EmissionWavelength", "ExcitationWavelength")
_DIGITS = 7  # lengths are written with seven digits
_SETTINGS = ("ATLConfocalSettingDefinition", "ATLCameraSettingDefinition")
_EQUIPMENT = {
    "ObjectiveName": ("Instrument/Objective/Model", None),
    "ObjectiveNumber": ("Instrument/Objective/leica:ObjectiveNumber", None),
    "NumericalAperture": ("Instrument/Objective/LensNA", None),
    "Magnification": ("Instrument/Objective/NominalMagnification", None),
    "Immersion": ("Instrument/Objective/Immersion", None),
    "RefractionIndex": ("Image/ObjectiveSettings/RefractiveIndex", None),
    "MicroscopeModel": ("Instrument/Microscope/Model", None),
    "SystemSerialNumber": ("Instrument/Microscope/SerialNumber", None),
}
_COLOURS = {
    "Red": "#FF0000",
    "Green": "#00FF00",
    "Blue": "#0000FF",
    "Cyan": "#00FFFF",
    "Magenta": "#FF00FF",
    "Yellow": "#FFFF00",
    "Gray": "#FFFFFF",
}
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def image_facts(image: Any, name: str, place: str) -> Iterator[RawFact]:
    """Yield the facts of one image element of the header."""
    yield fact("Image/Name", name, f"{place}/../../@Name")
    if image.get("TextDescription"):
        text = image.get("TextDescription")
        yield fact("Image/Description", text, f"{place}/@TextDescription")
    yield from _time(image, place)
    channels = list(image.iterfind("ImageDescription/Channels/ChannelDescription"))
    axes = list(image.iterfind("ImageDescription/Dimensions/DimensionDescription"))
    yield from _sizes(axes, len(channels), place)
    yield from _pixel_type(channels, place)
    setting, where = _setting(image, place)
    yield from _channels(channels, axes, setting, (place, where))
    if setting is not None:
        yield from _setting_facts(setting, where)


def _time(image: Any, place: str) -> Iterator[RawFact]:
    stamps = image.find("TimeStampList")
    if stamps is None:
        return
    words = (stamps.text or "").split()
    where = f"{place}/TimeStampList"
    if words:
        ticks = int(words[0], 16)
    else:
        first = stamps.find("TimeStamp")
        if first is None:
            return
        high, low = first.get("HighInteger", "0"), first.get("LowInteger", "0")
        ticks = (int(high) << 32) + int(low)
    if ticks:
        moment = _EPOCH + timedelta(microseconds=ticks // 10)
        text = moment.isoformat().replace("+00:00", "Z")
        yield fact("Image/AcquisitionDate", text, where)


def axis_of(axis: Any) -> str | None:
    """Return what an axis of the header is, or None beside the known ones."""
    return _AXES.get(axis.get("DimID"))


def _sizes(axes: list[Any], channels: int, place: str) -> Iterator[RawFact]:
    sizes = dict.fromkeys("XYZCT", 1) | {"C": channels}
    where = f"{place}/ImageDescription/Dimensions"
    order = "C" if channels > 1 else ""
    for number, axis in enumerate(axes, start=1):
        letter = axis_of(axis) or f"leica:{axis.get('DimID')}"
        count = int(axis.get("NumberOfElements"))
        spot = f"{where}/DimensionDescription[{number}]"
        if letter in _SPECTRAL:
            sizes["C"] *= count
        elif letter in sizes:
            sizes[letter] = count
            order += letter
        yield from _step(letter, axis, count, spot)
    for letter, count in sizes.items():
        yield fact(f"Image/Pixels/Size{letter}", count, where)
    rest = "".join(letter for letter in order if letter not in "XY")
    rest += "".join(letter for letter in "CZT" if letter not in rest)
    yield fact("Image/Pixels/DimensionOrder", f"XY{rest}", where)


def _step(letter: str, axis: Any, count: int, place: str) -> Iterator[RawFact]:
    """Yield the distance of neighbours: the length is from first to last one."""
    step = _step_of(axis, count)
    unit = axis.get("Unit") or None
    where = f"{place}/@Length / (NumberOfElements - 1)"
    if letter in _SPECTRAL:
        key = f"Image/Pixels/leica:{letter}"
        yield fact(f"{key}/Count", count, f"{place}/@NumberOfElements")
        yield fact(f"{key}/Begin", axis.get("Origin"), f"{place}/@Origin", unit=unit)
        yield fact(f"{key}/Length", axis.get("Length"), f"{place}/@Length", unit=unit)
    elif letter in ("X", "Y", "Z") and step is not None:
        yield fact(f"Image/Pixels/PhysicalSize{letter}", step, where, unit=unit)
    elif letter == "T" and step is not None:
        yield fact("Image/Pixels/TimeIncrement", step, where, unit=unit)
    elif letter.startswith("leica:"):
        yield fact(f"Image/Pixels/{letter}", count, f"{place}/@NumberOfElements")


def _step_of(axis: Any, count: int) -> str | None:
    length = decimal_of(axis.get("Length", ""))
    if count < 2 or not length:
        return None
    with localcontext() as context:
        context.prec = _DIGITS
        return str(abs(length) / (count - 1))


def _pixel_type(channels: list[Any], place: str) -> Iterator[RawFact]:
    if not channels:
        return
    where = f"{place}/ImageDescription/Channels/ChannelDescription[1]/@Resolution"
    bits = int(channels[0].get("Resolution", "8"))
    if channels[0].get("DataType") == "1":
        yield fact("Image/Pixels/Type", "float" if bits == 32 else "double", where)
        return
    kind = next(kind for kind in (8, 16, 32, 64) if bits <= kind)
    yield fact("Image/Pixels/Type", f"uint{kind}", where)
    yield fact("Image/Pixels/SignificantBits", bits, where)


def _setting(image: Any, place: str) -> tuple[Any | None, str]:
    for attachment in image.iterfind("Attachment"):
        if attachment.get("Name") == "HardwareSetting":
            for tag in _SETTINGS:
                found = attachment.find(tag)
                if found is not None:
                    where = f"{place}/Attachment[@Name='HardwareSetting']/{tag}"
                    return found, where
    return None, ""


def _setting_facts(setting: Any, where: str) -> Iterator[RawFact]:
    for name, (key, unit) in _EQUIPMENT.items():
        value = setting.get(name, "").strip()
        if value:
            yield fact(key, value, f"{where}/@{name}", unit=unit)
    parent = setting.getparent()
    for name in ("SystemTypeName", "Software", "DataSourceTypeName"):
        if parent.get(name):
            yield fact(f"leica:{name}", parent.get(name), f"{where}/../@{name}")
    for name, value in setting.attrib.items():
        yield fact(f"leica:{name}", value, f"{where}/@{name}")
    for path in ("AotfList/Aotf/LaserLineSetting", "LaserArray/Laser",
                 "FilterWheel/Wheel", "Spectro/MultiBand",
                 "DetectorList/Detector",
                 "WideFieldChannelConfigurator/WideFieldChannelInfo"):  # fmt: skip
        for number, element in enumerate(setting.iterfind(path)):
            spot = f"{where}/{path}[{number + 1}]"
            for name, value in element.attrib.items():
                key = f"leica:{element.tag}[{number}]/{name}"
                yield fact(key, value, f"{spot}/@{name}")


def _channels(
    channels: list[Any], axes: list[Any], setting: Any | None, places: tuple[str, str]
) -> Iterator[RawFact]:
    place, where = places
    steps = [axis for axis in axes if _AXES.get(axis.get("DimID")) in _SPECTRAL]
    count = int(steps[0].get("NumberOfElements")) if steps else 1
    for number, channel in enumerate(channels):
        spot = f"{place}/ImageDescription/Channels/ChannelDescription[{number + 1}]"
        for step in range(count):
            key = f"Image/Pixels/Channel[{number * count + step}]"
            colour = _COLOURS.get(channel.get("LUTName", ""))
            yield fact(f"{key}/leica:LUTName", channel.get("LUTName"), spot)
            if colour:
                yield fact(f"{key}/Color", colour, f"{spot}/@LUTName")
            if steps:
                yield from _spectral(steps[0], step, count, key, place)
    if setting is not None and not steps:
        yield from _detectors(setting, len(channels), where)


def _spectral(
    axis: Any, step: int, count: int, key: str, place: str
) -> Iterator[RawFact]:
    name = _AXES[axis.get("DimID")]
    where = f"{place}/ImageDescription/Dimensions/DimensionDescription[@DimID=" + (
        f"'{axis.get('DimID')}'], {step + 1} / {count}"
    )
    length, origin = (decimal_of(axis.get(one, "")) for one in ("Length", "Origin"))
    if length is None or origin is None:
        return  # what is written there stands with the axis, as it is
    with localcontext() as context:
        context.prec = _DIGITS
        value = origin + step * length / max(count - 1, 1)
    yield fact(f"{key}/{name}", value, where, unit=axis.get("Unit"))
    if axis.get("Unit") == "m":
        yield fact(f"{key}/Name", f"{(value * 10**9).normalize():f} nm", where)


def _detectors(setting: Any, channels: int, where: str) -> Iterator[RawFact]:
    """Yield what the active detectors tell, where there is one for each channel."""
    active = [
        (number, element)
        for number, element in enumerate(setting.iterfind("DetectorList/Detector"), 1)
        if element.get("IsActive") == "1"
    ]
    if len(active) != channels:
        return
    bands = {
        band.get("Channel"): band for band in setting.iterfind("Spectro/MultiBand")
    }
    for index, (number, detector) in enumerate(active):
        key = f"Image/Pixels/Channel[{index}]"
        spot = f"{where}/DetectorList/Detector[{number}]"
        yield fact(f"{key}/Detector/Model", detector.get("Name"), f"{spot}/@Name")
        yield fact(f"{key}/Detector/Type", detector.get("Type"), f"{spot}/@Type")
        gain = detector.get("Gain")
        yield fact(f"{key}/DetectorSettings/Gain", gain, f"{spot}/@Gain")
        yield fact(f"{key}/Name", detector.get("ChannelName"), f"{spot}/@ChannelName")
        if setting.get("Pinhole"):
            value = setting.get("Pinhole")
            yield fact(f"{key}/PinholeSize", value, f"{where}/@Pinhole", unit="m")
        if setting.tag == "ATLConfocalSettingDefinition":
            mode = "LaserScanningConfocalMicroscopy"
            yield fact(f"{key}/AcquisitionMode", mode, where)
        yield from _band(bands.get(detector.get("Channel")), key, where)


def _band(band: Any | None, key: str, where: str) -> Iterator[RawFact]:
    if band is None:
        return
    spot = f"{where}/Spectro/MultiBand[@Channel='{band.get('Channel')}']"
    dye = band.get("DyeName", "").rpartition("/")[2]
    if dye:
        yield fact(f"{key}/Fluor", dye, f"{spot}/@DyeName")
    for name in ("TargetWaveLengthBegin", "TargetWaveLengthEnd"):
        value = band.get(name)
        yield fact(f"{key}/leica:{name}", value, f"{spot}/@{name}", unit="nm")
