"""Objective, channels and acquisition software in the methods text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.choice import name_of_word
from fair_imagic.entry.rounding import rounded
from fair_imagic.i18n import _
from fair_imagic.model import Channel, view
from fair_imagic.workflow.sets.methods_words import (
    listed,
    made_by,
    parts_of,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.model import RecordGraph
    from fair_imagic.workflow.sets.methods_words import Told

__all__ = ["channels_text", "objective_text", "software_text"]


def software_text(microscope: RecordGraph, told: Told) -> str:
    """Return name and version of the program that drives the microscope."""
    found = parts_of(microscope, "AcquisitionSoftware")
    if not found:
        return told.gap(_("acquisition software not recorded"))
    name = value_of(microscope, found[0], "name") or made_by(microscope, found[0])
    version = value_of(microscope, found[0], "version")
    return listed_words(
        told.or_gap(name, _("acquisition software not recorded")),
        told.or_gap(version, _("version of the acquisition software not recorded")),
    )


def listed_words(*words: str) -> str:
    """Return words with spaces between them."""
    return " ".join(filter(None, words))


def objective_text(graph: RecordGraph, objective: str | None, told: Told) -> str:
    """Return such as ``Plan-Apo objective 63×/1.4, Mineral Oil``."""
    if objective is None:
        return told.gap(_("objective not recorded"))
    number = {
        name: rounded(value_of(graph, objective, name))
        for name in ("magnification", "lensNA")
    }
    magnification = told.or_gap(
        number["magnification"], _("magnification not recorded")
    )
    aperture = told.or_gap(number["lensNA"], _("numerical aperture not recorded"))
    kind = name_of_word(value_of(graph, objective, "immersionType")).lower()
    immersion = told.or_gap(kind, _("immersion not recorded"))
    text = _("objective {model} ({magnification}×, NA {aperture}, {immersion})")
    model = told.or_gap(
        made_by(graph, objective), _("model of the objective not recorded")
    )
    return text.format(
        model=model,
        magnification=magnification,
        aperture=aperture,
        immersion=immersion,
    )


def channels_text(
    graph: RecordGraph, channels: Iterable[str], microscope: RecordGraph, told: Told
) -> str:
    """Return each channel with its light, filters, detector and exposure."""
    found = [view(Channel, graph, one) for one in channels]
    if not found:
        return told.gap(_("channels not recorded"))
    found.sort(
        key=lambda one: int(one.index or 0) if (one.index or "0").isdecimal() else 0
    )
    return _("; ").join(_channel(one, microscope, told) for one in found)


def _channel(channel: Channel, microscope: RecordGraph, told: Told) -> str:
    name = told.or_gap(channel.name, _("name of a channel not recorded"))
    dye = channel.fluorophore if told.known(channel.fluorophore) else ""
    title = f"{name} ({dye})" if dye and dye != name else name
    facts = listed(
        (
            _excitation(channel, microscope, told),
            _emission(channel, microscope, told),
            _detector(channel, microscope, told),
            _exposure(channel, told),
        )
    )
    return _("{name}: {facts}").format(name=title, facts=facts)


def _excitation(channel: Channel, microscope: RecordGraph, told: Told) -> str:
    wavelength = rounded(channel.excitation_wavelength)
    if not told.known(channel.excitation_wavelength):
        text = told.gap(_("excitation wavelength not recorded"))
    else:
        text = _("excitation {wavelength} nm").format(wavelength=wavelength)
    if not channel.light_source:
        gap = told.gap(_("light source not recorded"))
        return f"{text} {gap}"
    source = made_by(microscope, channel.light_source)
    return f"{text} ({source})" if source else text


def _emission(channel: Channel, microscope: RecordGraph, told: Told) -> str:
    wavelength = rounded(channel.emission_wavelength)
    if not told.known(channel.emission_wavelength):
        text = told.gap(_("emission wavelength not recorded"))
    else:
        text = _("emission {wavelength} nm").format(wavelength=wavelength)
    filters = listed(made_by(microscope, one) for one in channel.filters)
    if not filters:
        gap = told.gap(_("filters not recorded"))
        return f"{text} {gap}"
    return f"{text} ({filters})"


def _detector(channel: Channel, microscope: RecordGraph, told: Told) -> str:
    if not channel.detector:
        return told.gap(_("detector not recorded"))
    name = made_by(microscope, channel.detector)
    return told.or_gap(name, _("model of the detector not recorded"))


def _exposure(channel: Channel, told: Told) -> str:
    if not told.known(channel.exposure_time):
        return told.gap(_("exposure time not recorded"))
    time = rounded(channel.exposure_time)
    return _("exposure {time} ms").format(time=time)
