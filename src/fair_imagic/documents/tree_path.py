"""Places in a JSON-like tree: paths of a mapping table, and pointers to what is there.

A path has steps with ``/`` between them: a name, ``*`` for each item of a list (a
single value counts as a list of one, as in JSON-LD), or ``name[key=value]`` for the
items that have this value. `` | `` separates alternatives; the first that finds
something counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Pointer", "pointer_of", "pointer_text", "values_at"]

Pointer = tuple[str | int, ...]
_STEP = re.compile(r"(?P<name>[^\[\]]+)(?:\[(?P<key>[^=\]]+)=(?P<value>[^\]]*)\])?\Z")


def values_at(tree: Any, path: str) -> list[tuple[Pointer, Any]]:
    """Return (pointer, value) for everything at a path, relative to ``tree``."""
    for alternative in path.split(" | "):
        steps = [step for step in alternative.split("/") if step not in ("", ".")]
        values = list(_walk(tree, steps, ()))
        if values:
            return values
    return []


def pointer_text(pointer: Pointer) -> str:
    """Return a JSON pointer (RFC 6901)."""
    parts = (str(one).replace("~", "~0").replace("/", "~1") for one in pointer)
    return "".join(f"/{part}" for part in parts)


def pointer_of(place: str) -> str:
    """Return ``/creators/0/name`` for the place ``creators[0].name`` of a rule."""
    return "/" + place.replace("[", "/").replace("]", "").replace(".", "/")


def _walk(value: Any, steps: list[str], at: Pointer) -> Iterator[tuple[Pointer, Any]]:
    if not steps:
        yield at, value
        return
    for here, part in _step(value, steps[0], at):
        yield from _walk(part, steps[1:], here)


def _step(value: Any, step: str, at: Pointer) -> Iterator[tuple[Pointer, Any]]:
    if step == "*":
        yield from _items(value, at)
        return
    match = _STEP.match(step)
    if match is None or not isinstance(value, dict) or match["name"] not in value:
        return
    name = match["name"]
    if match["key"] is None:
        yield (*at, name), value[name]
        return
    for here, item in _items(value[name], (*at, name)):
        if isinstance(item, dict) and str(item.get(match["key"], "")) == match["value"]:
            yield here, item


def _items(value: Any, at: Pointer) -> Iterator[tuple[Pointer, Any]]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield (*at, number), item
    else:
        yield at, value
