"""Where a value comes from, in one line for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.workflow.base.shown_value import origin_words

if TYPE_CHECKING:
    from fair_imagic.catalogue import Origin

__all__ = ["origin_text"]


def origin_text(origin: Origin) -> str:
    """Return such as ``read from the file field_01.ome.tiff (/OME/Image/@Name)``."""
    words = f"{origin_words(str(origin.source.kind))} {origin.source.label}"
    return f"{words} ({origin.place})" if origin.place else words
