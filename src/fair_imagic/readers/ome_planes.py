"""Planes of an OME-XML image, summed up: there may be tens of thousands."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import repeat
from typing import TYPE_CHECKING, Any

from fair_imagic.readers.base import RawFact, fact
from fair_imagic.readers.ome_names import default_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["plane_facts"]

_SUMMED = ("ExposureTime", "DeltaT")
_FIRST = ("PositionX", "PositionY", "PositionZ")
# Below this, a loop over the elements is faster than columns.
_MANY = 200
_PLANE = "Plane"
_Rows = Counter[tuple[str, str, str]]


def plane_facts(pixels: Any, place: str) -> Iterator[RawFact]:
    """Yield the number of planes, and least, median and greatest value per channel."""
    namespace = pixels.tag.partition("}")[0].lstrip("{")
    named = f"o:{_PLANE}" if namespace else _PLANE
    prefixes = {"o": namespace} if namespace else None
    planes = int(pixels.xpath(f"count({named})", namespaces=prefixes))
    if not planes:
        return
    yield fact("Image/Pixels/PlaneCount", planes, f"{place}/Plane")

    def column(name: str) -> list[str]:
        found: list[str] = pixels.xpath(
            f"{named}/@{name}", namespaces=prefixes, smart_strings=False
        )
        return found

    for name, rows in _counted(pixels, planes, column):
        default = default_unit(_PLANE, name) or ""
        by_channel: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for (channel, value, unit), times in rows.items():
            by_channel[channel][value, unit or default] += times
        for channel, counted in by_channel.items():
            key = f"Image/Pixels/Channel[{channel}]/Plane/{name}"
            yield from _summary(key, counted, f"{place}/Plane[@TheC={channel}]/@{name}")
    yield from _first(pixels, place)


def _counted(
    pixels: Any, planes: int, column: Callable[[str], list[str]]
) -> Iterator[tuple[str, _Rows]]:
    """Yield how often each value comes, for each attribute that is summed up.

    One XPath for a column is many times faster than a loop over the elements, but it
    needs every plane to have a value.
    """
    if planes <= _MANY:
        yield from ((name, _rows(pixels, name)) for name in _SUMMED)
        return
    channels = column("TheC")
    for name in _SUMMED:
        values, units = column(name), column(f"{name}Unit")
        whole = len(channels) == planes and len(values) in (0, planes)
        if whole and len(units) in (0, planes):
            yield (
                name,
                Counter(zip(channels, values, units or repeat(""), strict=False)),
            )
        else:
            yield name, _rows(pixels, name)


def _rows(pixels: Any, name: str) -> _Rows:
    rows: _Rows = Counter()
    for plane in pixels.iterchildren("{*}Plane"):
        value = plane.get(name)
        if value is not None:
            rows[plane.get("TheC", "0"), value, plane.get(f"{name}Unit") or ""] += 1
    return rows


def _first(pixels: Any, place: str) -> Iterator[RawFact]:
    plane = next(pixels.iterchildren("{*}Plane"))
    for name in _FIRST:
        value = plane.get(name)
        if value:
            where = f"{place}/Plane[1]/@{name}"
            unit = plane.get(f"{name}Unit")
            yield fact(f"Image/Pixels/Plane[0]/{name}", value, where, unit=unit)


def _summary(
    key: str, counted: Counter[tuple[str, str]], place: str
) -> Iterator[RawFact]:
    """Yield the summary in the unit that most planes use."""
    by_unit: Counter[str] = Counter()
    for (_value, unit), times in counted.items():
        by_unit[unit] += times
    unit = by_unit.most_common(1)[0][0]
    numbers = sorted(
        (number, value, times)
        for (value, value_unit), times in counted.items()
        if value_unit == unit and (number := _number(value)) is not None
    )
    if not numbers:
        return
    total = sum(times for _sorted_by, _value, times in numbers)
    where = f"{place} ({total})"
    yield fact(key, _median(numbers, total), where, unit=unit)
    if numbers[0][0] != numbers[-1][0]:
        yield fact(f"{key}/Min", numbers[0][1], where, unit=unit)
        yield fact(f"{key}/Max", numbers[-1][1], where, unit=unit)


def _median(numbers: list[tuple[float, str, int]], total: int) -> str:
    """Return the lower middle one of sorted numbers that come several times each."""
    left = (total - 1) // 2
    for _sorted_by, value, times in numbers:
        if left < times:
            return value
        left -= times
    return numbers[-1][1]


def _number(text: str) -> float | None:
    """Return a number to sort by; the text is what is kept."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
