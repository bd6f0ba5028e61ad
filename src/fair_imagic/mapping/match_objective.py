"""The objective of a microscope that an image's file speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.i18n import _
from fair_imagic.mapping.match_words import (
    magnification_in,
    number_of,
    same_number,
    same_text,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from fair_imagic.mapping.components import Component
    from fair_imagic.readers.base import RawImage

__all__ = ["best_objective"]

_KEY = "Instrument/Objective"
_Found = tuple["Component", str, str]
_IDENTIFIERS = (
    ("ID", "id"),
    ("SerialNumber", "catalogNumber"),
    ("LotNumber", "lotNumber"),
    ("leica:ObjectiveNumber", "catalogNumber"),
    ("zeiss:UniqueName", "catalogNumber"),
)


def best_objective(image: RawImage, objectives: list[Component]) -> _Found | None:
    """Return the objective, how sure that is, and why; None where nothing fits."""
    return (
        _by_identifier(image, objectives)
        or _by_name(image, objectives)
        or _by_numbers(image, objectives)
    )


def _told(image: RawImage, name: str) -> str:
    found = image.first(f"{_KEY}/{name}")
    return found.value.strip() if found else ""


def _by_identifier(image: RawImage, objectives: list[Component]) -> _Found | None:
    for name, property_name in _IDENTIFIERS:
        told = _told(image, name)
        fitting = [
            part for part in objectives if same_text(told, part.text(property_name))
        ]
        if len(fitting) == 1:
            reason = _("same {property}: {value}").format(
                property=property_name, value=told
            )
            return fitting[0], "certain", reason
    return None


def _numbers(image: RawImage) -> tuple[Decimal | None, Decimal | None]:
    """Return magnification and numerical aperture as the file tells them.

    A magnification of 1 is what some programs write for "unknown"; the name of the
    objective is asked then.
    """
    magnification = number_of(_told(image, "NominalMagnification"))
    if magnification is None or magnification == 1:
        magnification = magnification_in(_told(image, "Model"))
    return magnification, number_of(_told(image, "LensNA"))


def _by_name(image: RawImage, objectives: list[Component]) -> _Found | None:
    told = _told(image, "Model")
    fitting = [
        part
        for part in objectives
        if same_text(told, part.text("model")) or same_text(told, part.text("name"))
    ]
    if len(fitting) != 1:
        return None
    part = fitting[0]
    magnification, aperture = _numbers(image)
    reason = _("same model: {value}").format(value=told)
    for mine, name in ((magnification, "magnification"), (aperture, "lensNA")):
        theirs = part.number(name)
        if mine is not None and theirs is not None and not same_number(mine, theirs):
            other = _("but {property} is {mine} in the file and {theirs} in the record")
            told_other = other.format(property=name, mine=mine, theirs=theirs)
            return part, "unsure", f"{reason}, {told_other}"
    return part, "certain" if aperture is not None else "likely", reason


def _by_numbers(image: RawImage, objectives: list[Component]) -> _Found | None:
    magnification, aperture = _numbers(image)
    if magnification is None:
        return None
    fitting = [
        part
        for part in objectives
        if same_number(part.number("magnification"), magnification)
        and (aperture is None or same_number(part.number("lensNA"), aperture))
    ]
    if not fitting:
        return None
    if aperture is None:
        reason = _("same magnification ({magnification}x)").format(
            magnification=magnification
        )
        return (fitting[0], "unsure", reason) if len(fitting) == 1 else None
    reason = _("same magnification ({magnification}x) and aperture ({aperture})")
    text = reason.format(magnification=magnification, aperture=aperture)
    if len(fitting) == 1:
        return fitting[0], "likely", text
    others = _("{count} objectives fit").format(count=len(fitting))
    return fitting[0], "unsure", f"{text}, {others}"
