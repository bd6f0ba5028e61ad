"""Streams: what a terminal or file cannot show is written in plainer characters."""

from __future__ import annotations

import codecs
import io
import sys
import unicodedata

__all__ = ["prepare_streams"]

_PLAINER = {
    "✓": "+",
    "✗": "x",
    "△": "^",
    "○": "o",
    "→": "->",
    "…": "...",
    "·": "-",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "—": "-",
    "–": "-",
    "λ": "lambda",
    "µ": "u",
    "œ": "oe",
}


def prepare_streams() -> None:
    """Let output never fail for a character that its encoding lacks."""
    codecs.register_error("plainer", _plainer)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plainer")


def _plainer(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(_one, lacking)), error.end


def _one(character: str) -> str:
    """Return a stand-in in ASCII: the letter without its accent, where there is one."""
    if character in _PLAINER:
        return _PLAINER[character]
    simple = unicodedata.normalize("NFKD", character)
    return simple.encode("ascii", "ignore").decode() or "?"
