"""Lines for a terminal: their width and colours."""

from __future__ import annotations

import textwrap
import unicodedata

from fair_imagic.checks.finding import Severity

__all__ = ["COLOURS", "STATE_COLOURS", "TextPage"]

COLOURS = {Severity.MUST: "31", Severity.SHOULD: "33", Severity.COULD: "36"}
STATE_COLOURS = {"blocked": "31", "decided": "35", "gaps": "33", "ready": "32"}
_MIN_WIDTH = 40
# White space is folded when lines are broken; what steers a terminal, or turns the
# direction of writing round, is shown as a sign.
_KEPT = frozenset(" \t\n\r\v\f")
_STEERING = ("Cc", "Cf", "Cs")


class TextPage:
    """How lines are drawn: width (40 at least) and colour."""

    def __init__(self, *, colour: bool, width: int) -> None:
        self.colour = colour
        self.width = max(width, _MIN_WIDTH)

    def paint(self, text: str, code: str) -> str:
        """Return text in a colour, where colour is wanted."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def wrap(self, text: str, *, indent: str, first: str | None = None) -> list[str]:
        """Return text as lines; ``first`` is what the first begins with."""
        return textwrap.wrap(
            _visible(text),
            self.width,
            initial_indent=indent if first is None else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _visible(text: str) -> str:
    """Return the text without characters that a terminal takes as commands."""
    if text.isprintable():
        return text
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if char not in _KEPT and unicodedata.category(char) in _STEERING
        else char
        for char in text
    )
