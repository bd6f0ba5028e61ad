"""What a landing page says of images and runs, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.shown import words_of
from fair_imagic.i18n import _
from fair_imagic.publish.sides import dimension_words, pixel_size_words
from fair_imagic.publish.study import said, whole

if TYPE_CHECKING:
    from fair_imagic.model import Channel, Objective, ProcessingRun
    from fair_imagic.model.record import Record
    from fair_imagic.publish.study import Pictured

__all__ = ["channel_words", "lens_words", "pixel_words", "run_words", "size_words"]


def lens_words(lens: Objective | None) -> str:
    """Return ``63×, NA 1.4, mineral oil``."""
    if lens is None:
        return ""
    magnification, aperture = _known(lens, "magnification"), _known(lens, "lens_na")
    parts = (
        f"{magnification}×" if magnification else "",
        _("NA {aperture}").format(aperture=aperture) if aperture else "",
        _known(lens, "immersion_type").lower(),
    )
    return ", ".join(filter(None, parts))


def pixel_words(picture: Pictured) -> str:
    """Return ``0.1 × 0.1 µm, z step 0.3 µm``, or nothing where nothing is recorded."""
    image = picture.image
    return pixel_size_words(image, lambda name: _known(image, name), by=" × ")


def size_words(picture: Pictured) -> str:
    """Return ``512 × 512 px, 20 planes, 3 channels, 10 time points``."""
    image = picture.image
    sides = dimension_words(image, by=" × ")
    if not sides:
        return ""
    parts = [sides]
    for size, text in (
        (image.size_z, _("{count} planes")),
        (image.size_c, _("{count} channels")),
        (image.size_t, _("{count} time points")),
    ):
        if whole(size) > 1:
            parts.append(text.format(count=whole(size)))
    return ", ".join(parts)


def channel_words(channel: Channel) -> str:
    """Return ``DAPI (excitation 405 nm, emission 450 nm, exposure 100 ms)``."""
    facts = (
        (_("fluorophore {name}"), _known(channel, "fluorophore")),
        (_("excitation {name}"), _known(channel, "excitation_wavelength")),
        (_("emission {name}"), _known(channel, "emission_wavelength")),
        (_("exposure {name}"), _known(channel, "exposure_time")),
        (_("pinhole {name}"), _known(channel, "pinhole")),
    )
    details = ", ".join(text.format(name=value) for text, value in facts if value)
    number = said(channel.index) or "0"
    name = said(channel.name) or _("channel {number}").format(number=number)
    return f"{name} ({details})" if details else name


def run_words(run: ProcessingRun) -> str:
    """Return what was done, and with which software."""
    software = f"{said(run.software_name)} {said(run.software_version)}".strip()
    title = said(run.title) or said(run.processor) or _("Processing")
    if not software:
        return title
    return _("{title} with {software}").format(title=title, software=software)


def _known(record: Record, name: str) -> str:
    """Return a field in words; nothing where its answer is that it is unknown."""
    return words_of(record, name) if said(getattr(record, name)) else ""
