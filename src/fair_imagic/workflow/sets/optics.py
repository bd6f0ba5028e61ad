"""Objective, channels and acquisition software in the methods text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.choice import name_of_word
from fair_imagic.entry.placeholder import named
from fair_imagic.entry.rounding import rounded
from fair_imagic.entry.told_once import told_once
from fair_imagic.i18n import _, ngettext
from fair_imagic.model import Channel, view
from fair_imagic.workflow.sets.methods_words import (
    listed,
    made_by,
    parts_of,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fair_imagic.model import RecordGraph
    from fair_imagic.workflow.sets.methods_words import Told

__all__ = ["channels_text", "objective_text", "software_text"]


def software_text(microscope: RecordGraph, told: Told) -> str:
    """Return name and version of the program that drives the microscope."""
    found = parts_of(microscope, "AcquisitionSoftware")
    name = ""
    if found:
        name = value_of(microscope, found[0], "name") or made_by(microscope, found[0])
    if not told.known(name):
        return told.gap(_("acquisition software not recorded"))
    version = value_of(microscope, found[0], "version")
    gap = _("version of the acquisition software not recorded")
    return f"{name} {told.or_gap(version, gap)}"


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
    """Return each channel with its light, filters, detector and exposure.

    Channels with the same settings are told together, and what all share once.
    """
    found = [view(Channel, graph, one) for one in channels]
    if not found:
        return told.gap(_("channels not recorded"))
    found.sort(
        key=lambda one: int(one.index or 0) if (one.index or "0").isdecimal() else 0
    )
    names = [_name(one, told) for one in found]
    shared, groups = told_once([_settings(one, microscope, told) for one in found])
    if len(found) == 1:
        return _with_facts(names[0], shared)
    texts = [
        _with_facts(listed(dict.fromkeys(names[one] for one in group.members)), facts)
        for group in groups
        for facts in (group.facts,)
    ]
    if not shared:
        return _("; ").join(texts)
    all_of_them = _("all channels: {facts}").format(facts=listed(shared.values()))
    return _("; ").join([*texts, all_of_them])


def _with_facts(name: str, facts: Mapping[str, str]) -> str:
    details = listed(facts.values())
    return f"{name} ({details})" if details else name


def _name(channel: Channel, told: Told) -> str:
    name = told.or_gap(named(channel.name), _("name of a channel not recorded"))
    dye = channel.fluorophore if told.known(channel.fluorophore) else ""
    alike = dye and dye.casefold() == name.casefold()
    return f"{name} – {dye}" if dye and not alike else name


def _settings(channel: Channel, microscope: RecordGraph, told: Told) -> dict[str, str]:
    return {
        "excitation": _wavelength(
            channel.excitation_wavelength,
            _("excitation {wavelength} nm"),
            _("excitation wavelength not recorded"),
            told,
        ),
        "light": _light(channel, microscope, told),
        "emission": _wavelength(
            channel.emission_wavelength,
            _("emission {wavelength} nm"),
            _("emission wavelength not recorded"),
            told,
        ),
        "filters": _filters(channel, microscope, told),
        "detector": _detector(channel, microscope, told),
        "exposure": _exposure(channel, told),
    }


def _wavelength(value: str | None, text: str, gap: str, told: Told) -> str:
    if not told.known(value):
        return told.gap(gap)
    return text.format(wavelength=rounded(value))


def _light(channel: Channel, microscope: RecordGraph, told: Told) -> str:
    name = made_by(microscope, channel.light_source) if channel.light_source else ""
    if not told.known(name):
        return told.gap(_("light source not recorded"))
    return _("light source {name}").format(name=name)


def _filters(channel: Channel, microscope: RecordGraph, told: Told) -> str:
    names = listed(
        name for one in channel.filters if told.known(name := made_by(microscope, one))
    )
    if not names:
        return told.gap(_("filters not recorded"))
    count = len(channel.filters)
    return ngettext("filter {names}", "filters {names}", count).format(names=names)


def _detector(channel: Channel, microscope: RecordGraph, told: Told) -> str:
    if not channel.detector:
        return told.gap(_("detector not recorded"))
    name = told.or_gap(
        made_by(microscope, channel.detector), _("model of the detector not recorded")
    )
    return _("detector {name}").format(name=name)


def _exposure(channel: Channel, told: Told) -> str:
    if not told.known(channel.exposure_time):
        return told.gap(_("exposure time not recorded"))
    time = rounded(channel.exposure_time)
    return _("exposure {time} ms").format(time=time)
