"""Planes of an OME-XML image, summed up: there may be tens of thousands."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from fair_imagic.readers.base import RawFact, fact
from fair_imagic.readers.ome_names import default_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["plane_facts"]

_SUMMED = ("ExposureTime", "DeltaT")
_FIRST = ("PositionX", "PositionY", "PositionZ")
_Values = Counter[tuple[str, str]]


def plane_facts(pixels: Any, place: str) -> Iterator[RawFact]:
    """Yield the number of planes, and least, median and greatest value per channel."""
    values, planes, first = _collected(pixels)
    if not planes:
        return
    yield fact("Image/Pixels/PlaneCount", planes, f"{place}/Plane")
    for (name, channel), counted in values.items():
        key = f"Image/Pixels/Channel[{channel}]/Plane/{name}"
        yield from _summary(key, counted, f"{place}/Plane[@TheC={channel}]/@{name}")
    for name, (value, unit) in first.items():
        where = f"{place}/Plane[1]/@{name}"
        yield fact(f"Image/Pixels/Plane[0]/{name}", value, where, unit=unit)


def _collected(
    pixels: Any,
) -> tuple[dict[tuple[str, str], _Values], int, dict[str, tuple[str, str | None]]]:
    values: dict[tuple[str, str], _Values] = {}
    first: dict[str, tuple[str, str | None]] = {}
    planes = 0
    for plane in pixels.iterchildren("{*}Plane"):
        get = plane.get
        if planes == 0:
            first = {name: (get(name), get(f"{name}Unit")) for name in _FIRST}
        planes += 1
        for name in _SUMMED:
            value = get(name)
            if value is not None:
                unit = get(f"{name}Unit") or default_unit("Plane", name) or ""
                counted = values.setdefault((name, get("TheC", "0")), Counter())
                counted[value, unit] += 1
    return values, planes, {name: pair for name, pair in first.items() if pair[0]}


def _summary(key: str, counted: _Values, place: str) -> Iterator[RawFact]:
    """Yield the summary in the unit that most planes use."""
    unit = Counter(unit for _value, unit in counted.elements()).most_common(1)[0][0]
    numbers: list[tuple[Decimal, str]] = []
    for (value, value_unit), times in counted.items():
        if value_unit == unit and (number := _number(value)) is not None:
            numbers += [(number, value)] * times
    if not numbers:
        return
    numbers.sort(key=lambda pair: pair[0])
    where = f"{place} ({len(numbers)})"
    yield fact(key, numbers[(len(numbers) - 1) // 2][1], where, unit=unit)
    if numbers[0][0] != numbers[-1][0]:
        yield fact(f"{key}/Min", numbers[0][1], where, unit=unit)
        yield fact(f"{key}/Max", numbers[-1][1], where, unit=unit)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
