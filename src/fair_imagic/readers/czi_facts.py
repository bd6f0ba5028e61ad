"""The XML of a CZI file as facts with OME names; the rest under Zeiss's own."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, Any

from fair_imagic.entry.number import decimal_of
from fair_imagic.readers.base import RawFact, fact
from fair_imagic.readers.czi_blocks import PIXEL_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.readers.czi_blocks import CziFile

__all__ = ["document_facts", "image_facts"]

_INFORMATION = "/ImageDocument/Metadata/Information"
_SECTIONS = ("Information", "DisplaySetting", "Scaling", "CustomAttributes")

# element of a channel: (OME name, unit)
_CHANNEL = {
    "ExcitationWavelength": ("ExcitationWavelength", "nm"),
    "EmissionWavelength": ("EmissionWavelength", "nm"),
    "Fluor": ("Fluor", None),
    "IlluminationType": ("IlluminationType", None),
    "ContrastMethod": ("ContrastMethod", None),
    "AcquisitionMode": ("AcquisitionMode", None),
    "Color": ("Color", None),
    "ExposureTime": ("Plane/ExposureTime", "ns"),
    "PinholeSize": ("PinholeSize", "µm"),
    "PinholeSizeAiry": ("zeiss:PinholeSizeAiry", None),
    "DetectorSettings/Gain": ("DetectorSettings/Gain", None),
    "DetectorSettings/DigitalGain": ("DetectorSettings/zeiss:DigitalGain", None),
    "DetectorSettings/Offset": ("DetectorSettings/Offset", None),
    "DetectorSettings/Binning": ("DetectorSettings/Binning", None),
    "DetectionWavelength/Ranges": ("zeiss:DetectionWavelength", "nm"),
    "IlluminationWavelength/Ranges": ("zeiss:IlluminationWavelength", "nm"),
    "LaserScanInfo/PixelTime": ("zeiss:PixelTime", "s"),
}
_OBJECTIVE = {
    "LensNA": ("LensNA", None),
    "NominalMagnification": ("NominalMagnification", None),
    "WorkingDistance": ("WorkingDistance", "µm"),
    "Immersion": ("Immersion", None),
    "Manufacturer/Model": ("Model", None),
    "Manufacturer/Manufacturer": ("Manufacturer", None),
    "Manufacturer/SerialNumber": ("SerialNumber", None),
    "UniqueName": ("zeiss:UniqueName", None),
}


def document_facts(czi: CziFile) -> Iterator[RawFact]:
    """Yield all values of the sections that describe the acquisition."""
    metadata = czi.xml.find("Metadata")
    for section in [] if metadata is None else metadata:
        if section.tag in _SECTIONS:
            place = f"/ImageDocument/Metadata/{section.tag}"
            yield from _walk(section, f"zeiss:{section.tag}", place)


def _walk(element: Any, key: str, place: str) -> Iterator[RawFact]:
    for name, value in element.attrib.items():
        yield fact(f"{key}/{name}", value, f"{place}/@{name}")
    children = [child for child in element if isinstance(child.tag, str)]
    text = (element.text or "").strip()
    if text and not children:
        yield fact(key, text, place)
    totals = Counter(child.tag for child in children)
    seen: dict[str, int] = {}
    for child in children:
        number = seen[child.tag] = seen.get(child.tag, 0) + 1
        many = totals[child.tag] > 1
        yield from _walk(
            child,
            f"{key}/{child.tag}[{number - 1}]" if many else f"{key}/{child.tag}",
            f"{place}/{child.tag}[{number}]" if many else f"{place}/{child.tag}",
        )


def image_facts(czi: CziFile, scene: int | None) -> Iterator[RawFact]:
    """Yield the facts of one scene."""
    information = czi.xml.find("Metadata/Information")
    yield from _block_facts(czi, scene)
    if information is None:
        return
    yield from _general(information)
    yield from _scaling(czi)
    yield from _interval(information)
    yield from _channels(czi, information)
    yield from _equipment(information)


def _block_facts(czi: CziFile, scene: int | None) -> Iterator[RawFact]:
    box = czi.box(scene)
    place = "ZISRAWDIRECTORY" + ("" if scene is None else f"/S={scene}")
    kind, samples = PIXEL_TYPES.get(czi.pixel_type, (f"zeiss:{czi.pixel_type}", 1))
    for axis in "XYZCT":
        length = box.size(axis) * (samples if axis == "C" else 1)
        yield fact(f"Image/Pixels/Size{axis}", length, place)
    yield fact("Image/Pixels/Type", kind, place)
    yield fact("Image/Pixels/DimensionOrder", "XYCZT", place)
    if samples == 1:
        for index in range(box.size("C")):
            yield fact(f"Image/Pixels/Channel[{index}]/Index", index, place)
    for axis in "XY":
        # Where the slide starts; negative for tiles left of or above the first one.
        yield fact(f"zeiss:Start{axis}", box.start(axis), place, unit="pixel")


def _text(element: Any, path: str) -> str:
    found = None if element is None else element.find(path)
    return "" if found is None else (found.text or "").strip()


def _general(information: Any) -> Iterator[RawFact]:
    for path, key in (
        ("Document/Title", "Image/Name"),
        ("Document/Description", "Image/Description"),
        ("Image/ComponentBitCount", "Image/Pixels/SignificantBits"),
        ("Application/Name", "Instrument/Software/Name"),
        ("Application/Version", "Instrument/Software/Version"),
    ):
        if text := _text(information, path):
            yield fact(key, text, f"{_INFORMATION}/{path}")
    for path in ("Image/AcquisitionDateAndTime", "Document/CreationDate"):
        if text := _text(information, path):
            yield fact("Image/AcquisitionDate", text, f"{_INFORMATION}/{path}")
            break


def _scaling(czi: CziFile) -> Iterator[RawFact]:
    size_z = czi.box(None).size("Z")
    for distance in czi.xml.iterfind("Metadata/Scaling/Items/Distance"):
        axis = distance.get("Id", "")
        text = _text(distance, "Value")
        place = f"/ImageDocument/Metadata/Scaling/Items/Distance[@Id='{axis}']/Value"
        if text and (axis in ("X", "Y") or (axis == "Z" and size_z > 1)):
            # Without a z axis Zeiss writes 0: no distance, not a distance of zero.
            yield fact(f"Image/Pixels/PhysicalSize{axis}", text, place, unit="m")


def _interval(information: Any) -> Iterator[RawFact]:
    """Yield the time between time points, where it is told or always the same."""
    path = "Image/Dimensions/T/Positions"
    place = f"{_INFORMATION}/{path}"
    key = "Image/Pixels/TimeIncrement"
    if text := _text(information, f"{path}/Interval/Increment"):
        yield fact(key, text, f"{place}/Interval/Increment", unit="s")
        return
    offsets = _text(information, f"{path}/List/Offsets").split()
    times = [time for one in offsets if (time := decimal_of(one)) is not None]
    if len(times) != len(offsets):
        return
    steps = {after - before for before, after in itertools.pairwise(times)}
    if len(steps) == 1:
        where = f"{place}/List/Offsets (differences)"
        yield fact(key, steps.pop(), where, unit="s")


def _channels(czi: CziFile, information: Any) -> Iterator[RawFact]:
    place = f"{_INFORMATION}/Image/Dimensions/Channels"
    detectors = {
        element.get("Id"): element
        for element in information.iterfind("Instrument/Detectors/Detector")
    }
    shown = {
        element.get("Id"): element
        for element in czi.xml.iterfind("Metadata/DisplaySetting/Channels/Channel")
    }
    found = information.iterfind("Image/Dimensions/Channels/Channel")
    for index, channel in enumerate(found):
        key = f"Image/Pixels/Channel[{index}]"
        where = f"{place}/Channel[{index + 1}]"
        if channel.get("Name"):
            yield fact(f"{key}/Name", channel.get("Name"), f"{where}/@Name")
        yield from _mapped(channel, _CHANNEL, key, where)
        other = shown.get(channel.get("Id"))
        if other is not None and channel.find("Color") is None:
            where_shown = "/ImageDocument/Metadata/DisplaySetting/Channels"
            if text := _text(other, "Color"):
                yield fact(f"{key}/Color", text, f"{where_shown}/Channel[{index + 1}]")
        yield from _detector(channel, detectors, key)


def _detector(channel: Any, detectors: dict[str, Any], key: str) -> Iterator[RawFact]:
    reference = channel.find("DetectorSettings/Detector")
    detector = None if reference is None else detectors.get(reference.get("Id"))
    if detector is None:
        return
    place = f"{_INFORMATION}/Instrument/Detectors/Detector[@Id='{detector.get('Id')}']"
    names = {
        "Manufacturer/Model": ("Model", None),
        "Manufacturer/Manufacturer": ("Manufacturer", None),
        "Type": ("Type", None),
    }
    yield fact(f"{key}/Detector/ID", detector.get("Id"), f"{place}/@Id")
    yield from _mapped(detector, names, f"{key}/Detector", place)


def _mapped(
    element: Any, names: Mapping[str, tuple[str, str | None]], key: str, place: str
) -> Iterator[RawFact]:
    for path, (name, unit) in names.items():
        if text := _text(element, path):
            yield fact(f"{key}/{name}", text, f"{place}/{path}", unit=unit)


def _equipment(information: Any) -> Iterator[RawFact]:
    place = f"{_INFORMATION}/Instrument"
    reference = information.find("Image/ObjectiveSettings/ObjectiveRef")
    wanted = None if reference is None else reference.get("Id")
    for number, objective in enumerate(
        information.iterfind("Instrument/Objectives/Objective"), start=1
    ):
        if wanted in (None, objective.get("Id")):
            where = f"{place}/Objectives/Objective[{number}]"
            key = "Instrument/Objective"
            yield fact(f"{key}/ID", objective.get("Id"), f"{where}/@Id")
            yield from _mapped(objective, _OBJECTIVE, key, where)
            break
    for name in ("Medium", "RefractiveIndex"):
        if text := _text(information, f"Image/ObjectiveSettings/{name}"):
            where = f"{_INFORMATION}/Image/ObjectiveSettings/{name}"
            yield fact(f"Image/ObjectiveSettings/{name}", text, where)
    microscope = information.find("Instrument/Microscopes/Microscope")
    names = {
        "System": ("Model", None),
        "Type": ("Type", None),
        "Manufacturer/Model": ("Model", None),
    }
    if microscope is not None:
        where = f"{place}/Microscopes/Microscope[1]"
        yield from _mapped(microscope, names, "Instrument/Microscope", where)
