"""Texts of people for archives that take no markup: the words stay, all of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from re import Match

__all__ = ["has_markup", "paragraphs", "plain"]

_WORDS = (
    "a abbr b bdi big cite code dd del dfn div dl dt em font h1 h2 h3 h4 h5 h6 i ins"
    " kbd li mark ol p pre q s samp script small span strike strong style sub sup"
    " table tbody td tfoot th thead tr tt u ul var blockquote"
)
_ALONE = frozenset(("br", "hr", "img", "wbr"))
# their ends are often left out
_OPEN = frozenset(("p", "li", "td", "th", "tr", "dd", "dt"))
_BREAKS = frozenset(("p", "div", "blockquote", "ul", "ol", "table", "pre", "hr"))
_LINES = frozenset(("br", "li", "tr", "dt", "dd"))
# p < 0.05 and n > 30 has signs and no element: it has no name of one, or no attribute
# of the form name=value, and is never closed.
_TAG = re.compile(
    r"<(?P<end>/?)(?:jats:)?(?P<name>"
    + "|".join([*_WORDS.split(), *sorted(_ALONE)])
    + r"""|italic|bold|sec|title)(?P<rest>(?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'"""
    + r"""|[^\s"'<>=]+))*)\s*/?>""",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_BLANK = re.compile(r"[ \t\r]*\n[ \t\r]*(?:\n[ \t\r]*)+")
_SPACES = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")


def plain(text: str) -> str:
    """Return a text without markup and without characters that XML refuses.

    Only elements of HTML and JATS are markup: ``p < 0.05 and n > 30`` and
    ``<https://example.org>`` stay as they are. Blank lines stay between paragraphs.
    """
    text = _CONTROL.sub("", _without_markup(text).replace("\r\n", "\n"))
    return _SPACES.sub(" ", _BLANK.sub("\n\n", text)).strip()


def has_markup(text: str) -> bool:
    """Return whether a text holds elements or comments that :func:`plain` removes."""
    return _without_markup(text) != text


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text, which blank lines part."""
    return [part for part in plain(text).split("\n\n") if part]


def _without_markup(text: str) -> str:
    closed = {tag["name"].lower() for tag in _TAG.finditer(text) if tag["end"]} | _ALONE
    several = [tag["name"].lower() for tag in _TAG.finditer(text)]
    closed |= {name for name in _OPEN if several.count(name) > 1}
    return _TAG.sub(lambda tag: _instead(tag, closed), _COMMENT.sub("", text))


def _instead(tag: Match[str], closed: frozenset[str] | set[str]) -> str:
    name = tag["name"].lower()
    if name not in closed:
        return tag[0]
    if name in _BREAKS:
        return "\n\n"
    if name in _LINES:
        return "" if tag["end"] else "\n"
    return ""
