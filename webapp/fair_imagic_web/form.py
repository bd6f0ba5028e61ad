"""What a form brought: texts of a sane length, pages to go back to."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

__all__ = ["MOST_DIGITS", "safe_next", "start", "text"]

_MOST = 20_000
MOST_DIGITS = 12


def text(name: str, *, most: int = _MOST) -> str:
    """Return a field of the form without space around it, cut at ``most``."""
    return request.form.get(name, "")[:most].strip()


def start() -> int:
    """Return where a page of a list starts; what is no number counts as 0."""
    asked = request.args.get("start", "0")
    return min(int(asked), 10_000_000) if asked.isdecimal() else 0


def safe_next(address: str) -> str:
    """Return the address if it is a page of this service, else the first page."""
    parts = urlsplit(address)
    ours = address.startswith("/") and not parts.scheme and not parts.netloc
    return address if ours and "\\" not in address else "/"
