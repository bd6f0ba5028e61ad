"""What may stand in a part of DataCite's kernel, as its table names it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.documents.address import is_address
from fair_imagic.documents.datacite.kernel import words

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LANGUAGE", "fits", "later_kernel"]

LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_YEAR = re.compile(r"\d{4}")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_LIST = "one of "


def fits(content: str, text: str, kernel: str) -> bool:
    """Return whether a text is what a part of this content may hold."""
    if content.startswith(_LIST):
        since = words(content.removeprefix(_LIST)).get(text)
        return since is not None and since <= kernel
    return _TESTS.get(content, _anything)(text)


def later_kernel(content: str, text: str) -> str:
    """Return the kernel that first has a word of a list, or nothing."""
    return words(content.removeprefix(_LIST)).get(text, "")


def _anything(_text: str) -> bool:
    return True


def _collapsed(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(" ".join(text.split())) is not None


def _within(most: int) -> Callable[[str], bool]:
    is_number = _collapsed(_NUMBER)
    return lambda text: is_number(text) and abs(float(text)) <= most


def _is_language(text: str) -> bool:
    return _collapsed(LANGUAGE)(text)


def _nothing(_text: str) -> bool:
    return False


_TESTS: dict[str, Callable[[str], bool]] = {
    "of XML": _nothing,
    "filled": bool,
    "anything, filled": bool,
    "year": _collapsed(_YEAR),
    "address": is_address,
    "language": _is_language,
    "longitude": _within(180),
    "latitude": _within(90),
}
