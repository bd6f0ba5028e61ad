"""Planes of an OME-XML image, summed up: there may be tens of thousands."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from fair_imagic.readers.base import RawFact, fact
from fair_imagic.readers.ome_names import default_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["plane_facts"]

_SUMMED = ("ExposureTime", "DeltaT")
_FIRST = ("PositionX", "PositionY", "PositionZ")
_PLANE = "Plane"


def plane_facts(pixels: Any, place: str) -> Iterator[RawFact]:
    """Yield the number of planes, and least, median and greatest value per channel."""
    planes = list(pixels.iterchildren("{*}Plane"))
    if not planes:
        return
    yield fact("Image/Pixels/PlaneCount", len(planes), f"{place}/Plane")
    for name in _SUMMED:
        default = default_unit(_PLANE, name) or ""
        for channel, by_unit in _counted(planes, name).items():
            key = f"Image/Pixels/Channel[{channel}]/Plane/{name}"
            where = f"{place}/Plane[@TheC={channel}]/@{name}"
            yield from _summary(key, by_unit, default, where)
    yield from _first(planes[0], place)


def _counted(planes: list[Any], name: str) -> dict[str, dict[str, Counter[str]]]:
    """Return how often each value of an attribute comes, by channel and unit."""
    unit_name = f"{name}Unit"
    held: dict[tuple[str, str], list[str]] = defaultdict(list)
    for plane in planes:
        get = plane.get
        value = get(name)
        if value is not None:
            held[get("TheC", "0"), get(unit_name, "")].append(value)
    found: dict[str, dict[str, Counter[str]]] = {}
    for (channel, unit), values in held.items():
        found.setdefault(channel, {})[unit] = Counter(values)
    return found


def _first(plane: Any, place: str) -> Iterator[RawFact]:
    for name in _FIRST:
        value = plane.get(name)
        if value:
            where = f"{place}/Plane[1]/@{name}"
            unit = plane.get(f"{name}Unit")
            yield fact(f"Image/Pixels/Plane[0]/{name}", value, where, unit=unit)


def _summary(
    key: str, by_unit: dict[str, Counter[str]], default: str, place: str
) -> Iterator[RawFact]:
    """Yield the summary in the unit that most planes use."""
    merged: dict[str, Counter[str]] = {}
    for unit, counted in by_unit.items():
        named = unit or default
        merged[named] = merged[named] + counted if named in merged else counted
    unit = max(merged, key=lambda one: merged[one].total())
    counted = merged[unit]
    ordered = _ordered(counted)
    if not ordered:
        return
    total = sum(map(counted.__getitem__, ordered))
    where = f"{place} ({total})"
    yield fact(key, _median(ordered, counted, total), where, unit=unit)
    if float(ordered[0]) != float(ordered[-1]):
        yield fact(f"{key}/Min", ordered[0], where, unit=unit)
        yield fact(f"{key}/Max", ordered[-1], where, unit=unit)


def _ordered(counted: Counter[str]) -> list[str]:
    """Return the values that are finite numbers, the least first; texts are kept."""
    try:
        if all(map(math.isfinite, map(float, counted))):
            return sorted(counted, key=float)
    except ValueError:
        pass  # some are no numbers: they are left out one by one
    return sorted(filter(_is_number, counted), key=float)


def _median(ordered: list[str], counted: Counter[str], total: int) -> str:
    """Return the lower middle one of sorted values that come several times each."""
    left = (total - 1) // 2
    for value in ordered:
        if left < counted[value]:
            return value
        left -= counted[value]
    return ordered[-1]


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
