"""Proposals from raw facts of the image's file that no mapping has taken up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks import Confidence, Proposal
from fair_imagic.entry.day import iso_day
from fair_imagic.entry.quantity import with_unit
from fair_imagic.entry.unit import converted
from fair_imagic.i18n import both

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.readers import RawFact
    from fair_imagic.workflow.proposals.evidence import Evidence, Point

__all__ = ["from_file_facts"]

_ZEISS = "zeiss:Information/Image"
_CHANNEL = re.compile(r"#channel-(\d+)\Z")


@dataclass(frozen=True)
class _Use:
    """A key of a raw fact, how its text becomes a value, and how sure that is."""

    key: str
    convert: Callable[[str], str]
    confidence: Confidence


def from_file_facts(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose what a raw fact of the file says for a field that is empty."""
    if point.seen is not None or "/image/" not in point.record:
        return None
    if (point.class_name, point.slot.name) == ("Objective", "manufacturer"):
        return _manufacturer(evidence, point)
    match = _CHANNEL.search(point.subject)
    for use in _USES.get((point.class_name, point.slot.name), ()):
        key = use.key.format(index=match[1] if match else "")
        fact = evidence.fact(point.record, key)
        text = use.convert(fact.value.strip()) if fact is not None else ""
        if text and fact is not None:
            return _proposal(text, fact, use.confidence)
    return None


def _proposal(text: str, fact: RawFact, confidence: Confidence) -> Proposal:
    source = both("the file: {key} = {value}", key=fact.key, value=fact.value[:60])
    return Proposal(value=text, source=source, confidence=confidence)


def _moment(text: str) -> str:
    try:
        found = iso_day(text)
    except ValueError:
        return ""
    return found[0] if found is not None and "T" in found[0] else ""


def _milliseconds(text: str) -> str:
    """Zeiss writes exposure times as whole nanoseconds, without a unit."""
    value = converted(text, "ns", to="unit:MilliSEC") if text.isdecimal() else None
    return with_unit(value, "unit:MilliSEC") if value not in (None, "0") else ""


def _any_oil(text: str) -> str:
    return "Mineral Oil" if text.lower() == "oil" else ""


_USES = {
    ("Image", "acquired_at"): (
        _Use(f"{_ZEISS}/AcquisitionDateAndTime", _moment, Confidence.CERTAIN),
        _Use("tiff:DateTimeOriginal", _moment, Confidence.LIKELY),
        _Use("zeiss:Information/Document/CreationDate", _moment, Confidence.LIKELY),
        # the last program that wrote the file sets this one
        _Use("tiff:DateTime", _moment, Confidence.UNSURE),
    ),
    ("Objective", "immersion_type"): (
        # the file does not say which oil
        _Use("Instrument/Objective/Immersion", _any_oil, Confidence.UNSURE),
    ),
    ("Channel", "exposure_time"): (
        _Use(
            f"{_ZEISS}/Dimensions/Channels/Channel[{{index}}]/ExposureTime",
            _milliseconds,
            Confidence.LIKELY,
        ),
    ),
}
# The maker's own prefix of raw facts, its name, and how its objectives are called.
_MAKERS = (
    ("leica:", "Leica Microsystems", r"\bH(?:C|CX)\b|\bN PLAN\b|\bACS\b"),
    ("zeiss:", "Carl Zeiss Microscopy", r"Apochromat|Neofluar|Fluar|Achroplan"),
    ("nikon:", "Nikon", r"\bCFI\b|\bPlan (?:Apo|Fluor)\b"),
)


def _manufacturer(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose the maker of the file, surer where the objective's name is its own."""
    name = evidence.text(point.subject, "Objective", "model")
    keys = [fact.key for fact in evidence.facts(point.record)]
    for prefix, maker, series in _MAKERS:
        if any(prefix in key for key in keys):
            own = bool(name) and re.search(series, name) is not None
            source = both("the file is written by software of {maker}", maker=maker)
            confidence = Confidence.LIKELY if own else Confidence.UNSURE
            return Proposal(value=maker, source=source, confidence=confidence)
    return None
