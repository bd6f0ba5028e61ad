"""How an article's readers name the place of an image in a figure."""

from __future__ import annotations

import re

from fair_imagic.entry.placeholder import named
from fair_imagic.i18n import _

__all__ = ["panel_words"]

_NUMBER = re.compile(r"[A-Z]{0,2}\d+[a-zA-Z]?")


def panel_words(figure: str | None, label: str | None) -> str:
    """Return ``Figure 1, panel A``; nothing where no figure is named.

    A figure that has a word before its number (``Fig. S2``) keeps it.
    """
    place, letter = named(figure), named(label)
    if _NUMBER.fullmatch(place):
        place = _("Figure {number}").format(number=place)
    if not place or not letter:
        return place
    return _("{figure}, panel {letter}").format(figure=place, letter=letter)
