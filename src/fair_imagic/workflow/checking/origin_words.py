"""Where a value comes from, in one line for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.i18n import in_languages
from fair_imagic.workflow.base.shown_value import origin_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.catalogue import Origin

__all__ = ["origin_texts"]


def origin_texts(origin: Origin, places: Mapping[str, str]) -> Mapping[str, str]:
    """Return such as ``read from the file field_01.ome.tiff (/OME/Image/@Name)``.

    ``places`` are the words for the place in the source, by language.
    """
    words = in_languages(lambda: origin_words(str(origin.source.kind)))
    return {
        language: f"{text} {origin.source.label}"
        + (f" ({places[language]})" if places[language] else "")
        for language, text in words.items()
    }
