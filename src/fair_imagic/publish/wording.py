"""Values of images as archives read them in tables: English, without signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.number import decimal_of
from fair_imagic.entry.placeholder import named
from fair_imagic.entry.sign import unit_sign
from fair_imagic.i18n import use_language
from fair_imagic.publish.sides import dimension_words, pixel_size_words
from fair_imagic.publish.study import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.model import Instrument, Measure
    from fair_imagic.publish.study import Pictured

__all__ = [
    "byte_size_text",
    "dimensions_text",
    "instrument_name",
    "measured",
    "measures_text",
    "number",
    "pixel_size_text",
]


def number(value: str | None, unit_iri: str | None = None, *, unit: str = "") -> str:
    """Return ``0.1 µm``: the value as written, its unit by the unit's IRI."""
    text = said(value)
    if not text:
        return ""
    short = text.rstrip("0").rstrip(".") if "." in text else text
    with use_language("en"):
        name = unit_sign(unit_iri) if unit_iri else unit
    return f"{short} {name}".strip()


def measured(value: str | None) -> str:
    """Return a size or time as written; nothing for zero and less, which is none."""
    size = decimal_of(said(value))
    return number(value) if size is not None and size > 0 else ""


def instrument_name(instrument: Instrument | None) -> str:
    """Return the name by which the facility calls the microscope."""
    if instrument is None:
        return ""
    for field in ("title", "name", "model"):
        text = named(said(getattr(instrument, field, None)))
        if text:
            return text
    return instrument.iri.rpartition("/")[2]


def pixel_size_text(picture: Pictured) -> str:
    """Return ``0.1 x 0.1 µm, z step 0.3 µm``, or nothing where nothing is recorded."""
    image = picture.image

    def size_of(name: str) -> str:
        return number(getattr(image, name), getattr(image, f"{name}_unit"), unit="µm")

    with use_language("en"):
        return pixel_size_words(image, size_of, by=" x ")


def dimensions_text(picture: Pictured) -> str:
    """Return ``512 x 512 px, 20 planes, 3 channels, 10 time points``."""
    image = picture.image
    with use_language("en"):
        sides = dimension_words(image, by=" x ").replace("\N{NO-BREAK SPACE}", " ")
    parts = [sides]
    for size, word in (
        (image.size_z, "planes"),
        (image.size_c, "channels"),
        (image.size_t, "time points"),
    ):
        if said(size) not in ("", "1"):
            parts.append(f"{said(size)} {word}")
    return ", ".join(parts) if sides else ""


def measures_text(measures: Iterable[Measure]) -> str:
    """Return ``object count: 12; mean area: 3.4 um2``."""
    parts = []
    for one in measures:
        unit = said(one.unit)
        text = f"{said(one.title)}: {said(one.value)}"
        parts.append(text if unit in ("", "1") else f"{text} {unit}")
    return "; ".join(parts)


def byte_size_text(byte_size: int) -> str:
    """Return a size in decimal units, such as ``1.2 GB``."""
    size = float(byte_size)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} TB"
