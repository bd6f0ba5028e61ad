"""Display colours of the channels of an image."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS"]

_CHANNEL = expand("fi:channel")
_COLOUR = expand("nboq:color")
_HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
# A colour is pure where one primary is at least this much brighter than the others.
_APART = 100


def _no_red_beside_green(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Return the red channels of an image that has a green one too."""
    colours = {one: _primary(graph, one) for one in graph.values(focus, _CHANNEL)}
    if "green" in colours.values():
        yield from (one for one, colour in colours.items() if colour == "red")


def _primary(graph: RecordGraph, channel: Term) -> str:
    for term in graph.values(text_of(channel), _COLOUR):
        match = _HEX.match(text_of(term))
        if match is not None:
            red, green, blue = (int(part, 16) for part in match.groups())
            if red - max(green, blue) >= _APART:
                return "red"
            if green - max(red, blue) >= _APART:
                return "green"
    return ""


TESTS = {"no-red-beside-green": _no_red_beside_green}
