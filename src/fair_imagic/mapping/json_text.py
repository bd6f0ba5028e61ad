"""JSON text of Micro-Meta App documents: numbers as they were written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fair_imagic.mapping.micrometa import Number

if TYPE_CHECKING:
    from fair_imagic.mapping.micrometa import Json

__all__ = ["json_text"]


def json_text(value: Json, indent: str = "") -> str:
    """Return a value as JSON, two spaces a level; numbers keep their text."""
    inner = f"{indent}  "
    if isinstance(value, dict) and value:
        rows = [f"{_quoted(key)}: {json_text(v, inner)}" for key, v in value.items()]
        return _block("{", rows, "}", indent=indent)
    if isinstance(value, list) and value:
        return _block("[", [json_text(one, inner) for one in value], "]", indent=indent)
    if isinstance(value, Number):
        return str(value)
    return _quoted(value)


def _block(opening: str, rows: list[str], closing: str, *, indent: str) -> str:
    inner = f"\n{indent}  "
    return f"{opening}{inner}{f',{inner}'.join(rows)}\n{indent}{closing}"


def _quoted(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False)
    # half a character can be said in JSON, but not in UTF-8
    return text if text.isprintable() else json.dumps(value)
