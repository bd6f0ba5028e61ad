"""A settings file of the Micro-Meta App as statements about one image.

The application keeps, beside the microscope, one file for each image: how objective,
stand, stage and environment were set, and for each channel its fluorophore and light
path with the components that were used. What the image's own file says of pixels and
channels stays: a settings file only adds, and contradictions are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.number import decimal_of
from fair_imagic.i18n import _
from fair_imagic.mapping.component_values import written_unit
from fair_imagic.mapping.micrometa import Json, is_drawing, text_of_json
from fair_imagic.mapping.micrometa_part import (
    Collected,
    Described,
    describe_part,
    describe_value,
    finished,
    version_known,
)
from fair_imagic.mapping.settings_channel import describe_channels
from fair_imagic.model.slots import class_for, schema_source, slot_for_field, slots_of
from fair_imagic.rdf import iri, text_of

if TYPE_CHECKING:
    from fair_imagic.model.graph import RecordGraph
    from fair_imagic.model.slots import Slot

__all__ = ["SettingsTarget", "describe_settings"]

_PARTS = (
    "Experiment",
    "MicroscopeStandSettings",
    "MicroscopeTableSettings",
    "ObjectiveSettings",
    "SamplePositioningSettings",
    "ImagingEnvironment",
)
# Planes are counted in the image's own file; the document keeps those written here.
_HANDLED = {"Channels", "Planes", "Pixels", "Schema_ID", *_PARTS}


@dataclass(frozen=True, kw_only=True)
class SettingsTarget:
    """The image that settings are about, and the microscope whose parts they name.

    ``known`` is what the image's own file says; ``microscope`` the record in force
    (``microscope_iri``), with components ``{microscope_iri}#{ID}``.
    """

    image_iri: str
    known: RecordGraph
    microscope_iri: str
    microscope: RecordGraph


def describe_settings(document: dict[str, Json], target: SettingsTarget) -> Described:
    """Return what a settings file says about an image."""
    kinds = _component_kinds(target)
    collected = Collected(target.microscope_iri, frozenset(kinds))
    collected.parts[target.image_iri] = document
    version_known(document, "", collected)
    for key, value in document.items():
        if key not in _HANDLED and not is_drawing(key):
            collected.keep("Settings", key, value, key)
    _pixels(document.get("Pixels"), target, collected)
    for key in _PARTS:
        _settings(target.image_iri, key, document.get(key), collected)
    image = (target.image_iri, target.known)
    describe_channels(document.get("Channels"), image, collected, kinds)
    return finished(collected)


def _component_kinds(target: SettingsTarget) -> dict[str, str]:
    """Return the class name of each component of the microscope by its ID."""
    found: dict[str, str] = {}
    for subject in target.microscope.subjects:
        owner, _hash, name = subject.partition("#")
        types = target.microscope.types(subject)
        known = next(filter(None, map(class_for, types)), None)
        if owner == target.microscope_iri and name and known is not None:
            found[name] = known.name
    return found


def _settings(image_iri: str, key: str, value: Json, collected: Collected) -> None:
    """Describe the settings of one kind: an object, or a list of them."""
    if value is None:
        return
    slot = _image_slot(key)
    many = value if isinstance(value, list) else [value]
    for number, part in enumerate(many):
        place = f"{key}[{number}]" if isinstance(value, list) else key
        if not isinstance(part, dict):
            collected.keep("Settings", key, part, place)
            collected.tell(place, _("this is no object; it is kept as it is"))
        elif part:
            source = schema_source(text_of_json(part.get("Schema_ID")) or "")
            subject = f"{image_iri}#{slot.name}-{number}"
            collected.say(image_iri, slot.iri, iri(subject), place)
            kind = source.class_name if source is not None else key
            describe_part(subject, kind, part, (collected, place))


def _image_slot(key: str) -> Slot:
    wanted = slot_for_field("NboqImage", key)
    return next(s for s in slots_of("Image") if wanted and s.iri == wanted.iri)


def _pixels(pixels: Json, target: SettingsTarget, collected: Collected) -> None:
    """Say what the image's file does not say, and tell what contradicts it."""
    if not isinstance(pixels, dict):
        return
    own = {slot.iri for slot in slots_of("Image")}
    units = {slot.unit_slot for slot in slots_of("Pixels")}
    for key, value in pixels.items():
        slot, place = slot_for_field("Pixels", key), f"Pixels.{key}"
        text = text_of_json(value)
        if slot is None or text is None or slot.iri not in own:
            collected.keep("Pixels", key, value, place)
        elif slot.name in units:
            continue
        elif held := target.known.values(target.image_iri, slot.iri):
            if not slot.unit and not _same(text, text_of(held[0])):
                message = _("{found} here, {other} in the image file, which counts")
                said = message.format(found=text, other=text_of(held[0]))
                collected.tell(place, said)
        else:
            unit = written_unit(slot, "Pixels", pixels)
            describe_value(target.image_iri, slot, value, unit, (collected, place))


def _same(text: str, other: str) -> bool:
    first, second = decimal_of(text), decimal_of(other)
    if first is None or second is None:
        return text.casefold() == other.casefold()
    return first == second
