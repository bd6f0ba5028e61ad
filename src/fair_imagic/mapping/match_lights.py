"""The light source of a microscope that lit a channel."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from fair_imagic.entry.unit import converted
from fair_imagic.i18n import _
from fair_imagic.mapping.match_words import number_of, same_text
from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from fair_imagic.mapping.components import Component
    from fair_imagic.readers.base import RawImage

__all__ = ["matched_light"]

_TOLERANCE_NM = Decimal(3)
_PEAK = expand("nboq:peakWavelength")


def matched_light(
    image: RawImage, index: int, components: list[Component]
) -> tuple[Component, str, str] | None:
    """Return the light source, how sure that is and why; None where none fits alone."""
    lights = [part for part in components if part.is_a("LightSource")]
    key = f"Image/Pixels/Channel[{index}]"
    told = image.first(f"{key}/LightSource/Model")
    if told is not None:
        fitting = [
            part
            for part in lights
            if same_text(told.value, part.text("model"))
            or same_text(told.value, part.text("name"))
        ]
        if len(fitting) == 1:
            reason = _("same model: {value}").format(value=told.value)
            return fitting[0], "certain", reason
    return _by_wavelength(image, key, lights)


def _by_wavelength(
    image: RawImage, key: str, lights: list[Component]
) -> tuple[Component, str, str] | None:
    wanted = _wavelength_nm(image, key)
    if wanted is None:
        return None
    fitting = [
        part
        for part in lights
        if any(abs(peak - wanted) <= _TOLERANCE_NM for peak in _peaks(part))
    ]
    if len(fitting) != 1:
        return None
    reason = _("its wavelength fits the excitation at {wavelength} nm")
    return fitting[0], "likely", reason.format(wavelength=f"{wanted.normalize():f}")


def _wavelength_nm(image: RawImage, key: str) -> Decimal | None:
    for name in ("LightSourceSettings/Wavelength", "ExcitationWavelength"):
        item = image.first(f"{key}/{name}")
        if item is not None:
            return number_of(converted(item.value, item.unit, to="unit:NanoM"))
    return None


def _peaks(part: Component) -> list[Decimal]:
    numbers = [number_of(text_of(term)) for term in part.values.get(_PEAK, [])]
    return [number for number in numbers if number is not None]
