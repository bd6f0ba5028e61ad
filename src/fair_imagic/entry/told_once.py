"""What is equal for many is told once, and what differs for those that differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Alike", "told_once"]


@dataclass(frozen=True)
class Alike:
    """Things that share all their facts: their places in the list, and what differs.

    A fact that others have and these lack is there, empty.
    """

    members: tuple[int, ...]
    facts: Mapping[str, str]


def told_once(
    things: Sequence[Mapping[str, str]],
) -> tuple[dict[str, str], tuple[Alike, ...]]:
    """Return the facts that all things share, and groups of those that differ.

    Groups stand in the order of their first members; of one there are no facts left.
    A fact that is empty for all is left out.
    """
    names = dict.fromkeys(name for one in things for name in one)
    values = {name: {one.get(name, "") for one in things} for name in names}
    shared = {
        name: next(iter(held))
        for name, held in values.items()
        if len(held) == 1 and held != {""}
    }
    apart = [name for name in names if len(values[name]) > 1]
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, one in enumerate(things):
        key = tuple(one.get(name, "") for name in apart)
        groups.setdefault(key, []).append(place)
    return shared, tuple(
        Alike(tuple(members), dict(zip(apart, key, strict=True)))
        for key, members in groups.items()
    )
