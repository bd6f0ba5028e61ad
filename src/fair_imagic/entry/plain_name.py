"""The name of a term or licence as it is looked up in our tables."""

from __future__ import annotations

import re

__all__ = ["plain_name"]

_NOT_WORD = re.compile(r"[^0-9a-z]+")


def plain_name(text: str) -> str:
    """Return the letters and digits alone: ``CC BY-4.0`` and ``cc-by 4.0`` are one."""
    return _NOT_WORD.sub("", text.lower())
