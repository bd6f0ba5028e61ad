"""What a form brought: texts of a sane length, pages to go back to."""

from __future__ import annotations

import re
from urllib.parse import unquote

from flask import request

__all__ = ["MOST_DIGITS", "safe_next", "start", "text"]

_MOST = 20_000
MOST_DIGITS = 12
_MOST_DECODINGS = 4
_OUR_PAGE = re.compile(
    r"(?!//)/(?:(?!//)[^?#\\\x00-\x1f\x7f])*(?:[?#][^\x00-\x1f\x7f]*)?\Z"
)


def text(name: str, *, most: int = _MOST) -> str:
    """Return a field of the form without space around it, cut at ``most``."""
    return request.form.get(name, "")[:most].strip()


def start() -> int:
    """Return where a page of a list starts; what is no number counts as 0."""
    asked = request.args.get("start", "0")
    return min(int(asked), 10_000_000) if asked.isdecimal() else 0


def safe_next(address: str) -> str:
    """Return the address if it is a page of this service, else the first page.

    It is looked at as it is and as whoever passes it on may decode it. Two slashes,
    also with what browsers leave out between them, begin the name of a host.
    """
    text = address
    for _turn in range(_MOST_DECODINGS):
        if not _OUR_PAGE.match(text):
            return "/"
        decoded = unquote(text)
        if decoded == text:
            return address
        text = decoded
    return "/"
