"""Lines for a terminal: their width and colours."""

from __future__ import annotations

import textwrap

from fair_imagic.checks.finding import Severity

__all__ = ["COLOURS", "STATE_COLOURS", "TextPage"]

COLOURS = {Severity.MUST: "31", Severity.SHOULD: "33", Severity.COULD: "36"}
STATE_COLOURS = {"blocked": "31", "decided": "35", "gaps": "33", "ready": "32"}
_MIN_WIDTH = 40


class TextPage:
    """How lines are drawn: width (40 at least) and colour."""

    def __init__(self, *, colour: bool, width: int) -> None:
        self.colour = colour
        self.width = max(width, _MIN_WIDTH)

    def paint(self, text: str, code: str) -> str:
        """Return text in a colour, where colour is wanted."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def wrapped(self, text: str, *, indent: str, first: str | None = None) -> list[str]:
        """Return text as lines; ``first`` is what the first begins with."""
        return textwrap.wrap(
            text,
            self.width,
            initial_indent=indent if first is None else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
