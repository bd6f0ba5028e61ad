"""Sentences about acquisition and processing that archives get as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.sign import unit_sign
from fair_imagic.i18n import use_language
from fair_imagic.publish.sides import dimension_words, pixel_size_words
from fair_imagic.publish.study import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.model import Channel, Instrument, Measure, ProcessingRun
    from fair_imagic.publish.study import Pictured

__all__ = [
    "acquisition_text",
    "byte_size_text",
    "channel_text",
    "dimensions_text",
    "instrument_name",
    "measures_text",
    "number",
    "pixel_size_text",
    "run_text",
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


def instrument_name(instrument: Instrument | None) -> str:
    """Return the name by which the facility calls the microscope."""
    if instrument is None:
        return ""
    for field in ("title", "name", "model"):
        text = said(getattr(instrument, field, None))
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


def channel_text(channel: Channel) -> str:
    """Return ``DAPI (excitation 405 nm, emission 450 nm, exposure 100 ms)``."""
    facts = (
        ("fluorophore", said(channel.fluorophore)),
        ("excitation", number(channel.excitation_wavelength, unit="nm")),
        ("emission", number(channel.emission_wavelength, unit="nm")),
        ("exposure", number(channel.exposure_time, unit="ms")),
        ("pinhole", number(channel.pinhole, unit="µm")),
    )
    details = ", ".join(f"{name} {value}" for name, value in facts if value)
    name = said(channel.name) or f"channel {said(channel.index) or '0'}"
    return f"{name} ({details})" if details else name


def acquisition_text(pictures: Iterable[Pictured]) -> str:
    """Return how a group of images was acquired, each different fact once."""
    facts: dict[str, dict[str, None]] = {}
    for picture in pictures:
        for label, text in _acquisition_facts(picture):
            if text:
                facts.setdefault(label, {})[text] = None
    return ". ".join(f"{label}: {'; '.join(texts)}" for label, texts in facts.items())


def _acquisition_facts(picture: Pictured) -> list[tuple[str, str]]:
    return [
        ("Objective", picture.lens),
        ("Pixel size", pixel_size_text(picture)),
        ("Dimensions", dimensions_text(picture)),
        *(("Channels", channel_text(channel)) for channel in picture.channels),
    ]


def run_text(run: ProcessingRun) -> str:
    """Return ``title with software version``."""
    software = f"{said(run.software_name)} {said(run.software_version)}".strip()
    title = said(run.title) or said(run.processor) or "Processing"
    return f"{title} with {software}" if software else title


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
