"""The metadata of an ND2 file as facts.

Numbers are stored as binary doubles: their shortest text is the exact value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.readers.base import RawFact, binary_float_text, fact

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["document_facts", "image_facts"]

_FLAGS = {
    "laserScanConfocal": "LaserScanningConfocalMicroscopy",
    "spinningDiskConfocal": "SpinningDiskConfocal",
    "sweptFieldConfocalSlit": "SweptFieldConfocal",
    "sweptFieldConfocalPinhole": "SweptFieldConfocal",
    "TIRF": "TotalInternalReflection",
    "multiphoton": "MultiPhotonMicroscopy",
}
_CONTRAST = {
    "fluorescence": "Fluorescence",
    "brightfield": "Brightfield",
    "phaseContrast": "Phase",
    "diffInterContrast": "DIC",
}


def document_facts(document: Any) -> Iterator[RawFact]:
    """Yield the texts that the acquisition program wrote."""
    for name, text in (document.text_info or {}).items():
        if str(text).strip():
            yield fact(f"nikon:{name}", text, f"text_info/{name}")
    for number, loop in enumerate(document.experiment or ()):
        place = f"experiment[{number}]"
        yield fact(f"nikon:experiment[{number}]", loop, place)


def image_facts(document: Any, position: int) -> Iterator[RawFact]:
    """Yield the facts of one stage position."""
    yield from _sizes(document)
    yield from _calibration(document)
    channels = getattr(document.metadata, "channels", None) or ()
    for index, channel in enumerate(channels):
        yield from _channel(index, channel)
    if channels:
        yield from _objective(channels[0].microscope)
    yield from _time(document)
    yield from _exposure(document, len(channels))


def _sizes(document: Any) -> Iterator[RawFact]:
    sizes = dict(document.sizes)
    samples = sizes.get("S", 1)
    for axis in "XYZCT":
        length = sizes.get(axis, 1) * (samples if axis == "C" else 1)
        yield fact(f"Image/Pixels/Size{axis}", length, f"attributes/{axis}")
    attributes = document.attributes
    yield fact("Image/Pixels/Type", _type(document), "attributes/bitsPerComponent")
    bits = attributes.bitsPerComponentSignificant
    place = "attributes/bitsPerComponentSignificant"
    yield fact("Image/Pixels/SignificantBits", bits, place)
    order = "".join(axis for axis in reversed(list(sizes)) if axis in "XYZCT")
    order = "XY" + "".join(a for a in order if a not in "XY")
    order += "".join(axis for axis in "CZT" if axis not in order)
    yield fact("Image/Pixels/DimensionOrder", order, "attributes")


def _type(document: Any) -> str:
    name = str(document.dtype)
    return {"float32": "float", "float64": "double"}.get(name, name)


def _calibration(document: Any) -> Iterator[RawFact]:
    channels = getattr(document.metadata, "channels", None) or ()
    if not channels:
        return
    volume = channels[0].volume
    sizes = dict(document.sizes)
    for number, axis in enumerate("XYZ"):
        size = volume.axesCalibration[number]
        calibrated = volume.axesCalibrated[number]
        place = f"metadata/channels[0]/volume/axesCalibration[{number}]"
        if calibrated and size and (axis != "Z" or sizes.get("Z", 1) > 1):
            key = f"Image/Pixels/PhysicalSize{axis}"
            yield fact(key, binary_float_text(size), place, unit="µm")
    for number, loop in enumerate(document.experiment or ()):
        period = getattr(getattr(loop, "parameters", None), "periodMs", None)
        if period:  # 0 stands for "as fast as possible"
            place = f"experiment[{number}]/parameters/periodMs"
            text = binary_float_text(period)
            yield fact("Image/Pixels/TimeIncrement", text, place, unit="ms")


def _channel(index: int, channel: Any) -> Iterator[RawFact]:
    key = f"Image/Pixels/Channel[{index}]"
    place = f"metadata/channels[{index}]"
    about = channel.channel
    yield fact(f"{key}/Name", about.name, f"{place}/channel/name")
    for name, value in (
        ("ExcitationWavelength", about.excitationLambdaNm),
        ("EmissionWavelength", about.emissionLambdaNm),
    ):
        if value:
            short = "excitation" if name.startswith("Ex") else "emission"
            where = f"{place}/channel/{short}LambdaNm"
            yield fact(f"{key}/{name}", binary_float_text(value), where, unit="nm")
    colour = about.color
    if colour is not None:
        text = f"#{colour.r:02X}{colour.g:02X}{colour.b:02X}"
        yield fact(f"{key}/Color", text, f"{place}/channel/color")
    microscope = channel.microscope
    if microscope.pinholeDiameterUm:
        where = f"{place}/microscope/pinholeDiameterUm"
        text = binary_float_text(microscope.pinholeDiameterUm)
        yield fact(f"{key}/PinholeSize", text, where, unit="µm")
    yield from _flags(microscope.modalityFlags or (), key, place)


def _flags(flags: Any, key: str, place: str) -> Iterator[RawFact]:
    where = f"{place}/microscope/modalityFlags"
    yield fact(f"{key}/nikon:modalityFlags", ", ".join(flags), where)
    for names, field in ((_FLAGS, "AcquisitionMode"), (_CONTRAST, "ContrastMethod")):
        found = [names[flag] for flag in flags if flag in names]
        if found:
            yield fact(f"{key}/{field}", found[0], where)


def _objective(microscope: Any) -> Iterator[RawFact]:
    place = "metadata/channels[0]/microscope"
    for key, name in (
        ("Instrument/Objective/Model", "objectiveName"),
        ("Instrument/Objective/NominalMagnification", "objectiveMagnification"),
        ("Instrument/Objective/LensNA", "objectiveNumericalAperture"),
        ("Image/ObjectiveSettings/RefractiveIndex", "immersionRefractiveIndex"),
        ("nikon:zoomMagnification", "zoomMagnification"),
        ("nikon:projectiveMagnification", "projectiveMagnification"),
    ):
        value = getattr(microscope, name, None)
        if value not in (None, ""):
            text = binary_float_text(value) if isinstance(value, float) else str(value)
            yield fact(key, text, f"{place}/{name}")


def _time(document: Any) -> Iterator[RawFact]:
    text = (document.text_info or {}).get("date", "")
    moment = getattr(document._rdr, "_acquisition_datetime", lambda: None)()
    if moment is not None:
        stamp = moment.isoformat().replace("+00:00", "Z")
        yield fact("Image/AcquisitionDate", stamp, "metadata (acTimeGMT)")
    elif str(text).strip():
        yield fact("Image/AcquisitionDate", text, "text_info/date")


def _exposure(document: Any, channels: int) -> Iterator[RawFact]:
    """Yield the exposure that the camera settings of each plane name."""
    import re

    text = str((document.text_info or {}).get("description", ""))
    found = re.findall(r"Exposure:\s*([0-9.]+)\s*(ms|s|us|µs)\b", text)
    if len(found) != channels:
        return
    for index, (value, unit) in enumerate(found):
        key = f"Image/Pixels/Channel[{index}]/Plane/ExposureTime"
        yield fact(key, value, "text_info/description", unit=unit.replace("us", "µs"))
