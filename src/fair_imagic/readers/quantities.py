"""Quantities of an image that say nothing, or that cannot be converted.

What programs write where they know no value (0, -1, the smallest number of a computer,
the first day of a calendar) is no fact: it is kept under a key that nothing takes up,
and told. So is a value whose unit nobody knows.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from fair_imagic.entry.unit import converted
from fair_imagic.readers.flaw import Flaw, few

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fair_imagic.readers.base import RawFact, RawImage

__all__ = ["PLACEHOLDER", "told_apart"]

#: Before the key of a fact that stands for no value.
PLACEHOLDER = "placeholder:"
_QUANTITIES = {
    "PhysicalSizeX": "unit:MicroM",
    "PhysicalSizeY": "unit:MicroM",
    "PhysicalSizeZ": "unit:MicroM",
    "TimeIncrement": "unit:SEC",
    "ExcitationWavelength": "unit:NanoM",
    "EmissionWavelength": "unit:NanoM",
    "ExposureTime": "unit:MilliSEC",
    "PinholeSize": "unit:MicroM",
    "WorkingDistance": "unit:MilliM",
}
_NUMBERS = frozenset(
    (*_QUANTITIES, "LensNA", "NominalMagnification", "CalibratedMagnification")
) | {"RefractiveIndex"}
# Bio-Formats writes 0.0 into every OME-TIFF whose interval it does not know.
_NEVER_ZERO = frozenset({"TimeIncrement"})
_DATE = "AcquisitionDate"
_OF_THE_IMAGE = re.compile(
    r"(?:Image(?:/Pixels(?:/Channel\[\d+\](?:/Plane)?)?|/ObjectiveSettings)?"
    r"|Instrument/Objective)/([A-Za-z]+)\Z"
)
# The smallest numbers of a computer (2.2e-308, 4.9e-324) mean "not set".
_TINY = re.compile(r"[+-]?\d(?:\.\d*)?[eE]-3[0-3]\d\Z")
_ZERO = re.compile(r"[+-]?0*\.?0+(?:[eE][+-]?\d{1,3})?\Z|-1(?:\.0*)?\Z")
# .NET, Windows, Excel and Unix begin to count here.
_FIRST_DAYS = re.compile(
    r"(?:0001-01-01|0000-00-00|1601-01-01|1899-12-30)|1970-01-01T00:00:00(?:\.0*)?Z?\Z"
)


def told_apart(
    images: Sequence[RawImage], *, zeros: bool
) -> tuple[tuple[RawImage, ...], tuple[Flaw, ...]]:
    """Return images without placeholders, and a flaw for each value put aside.

    ``zeros`` tells that the program of this format writes 0 and -1 where it knows no
    value; elsewhere such a number is what somebody said, and stays: but for an interval
    of time, which is never 0.
    """
    flaws: list[Flaw] = []
    kept = tuple(
        dataclasses.replace(image, facts=tuple(_sorted_out(image.facts, zeros, flaws)))
        for image in images
    )
    return kept, tuple(few(flaws))


def _sorted_out(
    facts: Iterable[RawFact], zeros: bool, flaws: list[Flaw]
) -> Iterable[RawFact]:
    for item in facts:
        match = _OF_THE_IMAGE.match(item.key)
        name = match[1] if match else ""
        if name and _says_nothing(item.value.strip(), name, zeros=zeros):
            flaws.append(Flaw("placeholder", _shown(item, name), item.place))
            yield dataclasses.replace(item, key=f"{PLACEHOLDER}{item.key}")
            continue
        if name in _QUANTITIES and not _converts(item.unit, _QUANTITIES[name]):
            flaws.append(Flaw("unknown_unit", _shown(item, name), item.place))
        yield item


def _says_nothing(text: str, name: str, *, zeros: bool) -> bool:
    if name == _DATE:
        return _FIRST_DAYS.match(text) is not None
    if name not in _NUMBERS:
        return False
    zeros = zeros or name in _NEVER_ZERO
    return _TINY.match(text) is not None or (zeros and _ZERO.match(text) is not None)


def _converts(unit: str | None, target: str) -> bool:
    return converted("1", unit, to=target) is not None


def _shown(item: RawFact, name: str) -> str:
    return " ".join(filter(None, (name, item.value.strip()[:40], item.unit)))
