"""Plain data: frozen dataclasses as JSON, and back to exactly the same.

A list starts with what it was: the name of its class, a tuple or a set. Only classes
that the reader names are made, nothing is called or imported by name.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["from_json", "to_json"]

_TUPLE, _SET = "()", "{}"
_PLAIN = (str, int, bool, type(None))


def to_json(value: object) -> bytes:
    """Return dataclasses, enums, tuples, frozen sets and mappings by text as JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode()


def from_json(text: bytes, *classes: type) -> Any:
    """Return what :func:`to_json` was given; ``classes`` are those that may be in it.

    Raises ValueError for anything else.
    """
    names = {one: _names(one) for one in classes}
    known = {one.__name__: (one, names[one]) for one in classes}
    if len(known) != len(names):
        raise ValueError("two classes of one name")
    try:
        return _made(json.loads(text), known)
    except (LookupError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _names(made: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(made)) if is_dataclass(made) else ()


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return [type(value).__name__, value.name]
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [_TUPLE, *map(_plain, value)]
    if isinstance(value, frozenset):
        return [_SET, *map(_plain, value)]
    if is_dataclass(value):
        parts = (getattr(value, field.name) for field in fields(value))
        return [type(value).__name__, *map(_plain, parts)]
    return {key: _plain(held) for key, held in value.items()}


def _made(plain: Any, known: Mapping[str, tuple[type, tuple[str, ...]]]) -> Any:
    # Most parts are texts: they are not worth a call.
    if type(plain) is dict:
        return {
            key: part if type(part) is str else _made(part, known)
            for key, part in plain.items()
        }
    if type(plain) is not list:
        return plain
    parts = [part if type(part) is str else _made(part, known) for part in plain]
    tag = parts.pop(0)
    if tag == _TUPLE:
        return tuple(parts)
    if tag == _SET:
        return frozenset(parts)
    made, names = known[tag]
    if issubclass(made, Enum):
        return made[parts[0]]
    return made(**dict(zip(names, parts, strict=True)))
