"""The channels of a settings file: names, fluorophore, and the light path's parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.i18n import _
from fair_imagic.mapping.component_values import link_target, written_unit
from fair_imagic.mapping.image import channel_iri
from fair_imagic.mapping.micrometa import is_drawing, text_of_json
from fair_imagic.mapping.micrometa_part import Collected, describe_part, describe_value
from fair_imagic.model.slots import (
    class_named,
    schema_source,
    slot_for_field,
    slots_of,
)
from fair_imagic.rdf import expand, iri, literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.mapping.micrometa import Json
    from fair_imagic.model.graph import RecordGraph
    from fair_imagic.model.slots import Slot

__all__ = ["CHANNEL_FIELDS", "describe_channels"]

#: Field of the file -> property of a channel.
CHANNEL_FIELDS = {
    "Name": "nboq:channelName",
    "ContrastMethod": "nboq:contrastMethod",
    "IlluminationType": "nboq:illuminationType",
}
_FLUOROPHORE_FIELDS = ("ExcitationWavelength", "EmissionWavelength")
# Which property of a channel names a component, by the kinds of component.
_ROLES = {
    "LightSource": "fi:lightSource",
    "Detector": "fi:detector",
    "Filter": "fi:filter",
    "Dichroic": "fi:filter",
    "FilterCube": "fi:filter",
    "FilterSet": "fi:filter",
}
_PARTS = ("LightPath", "Fluorophore")
_Place = tuple[Collected, str]


def describe_channels(
    channels: Json,
    image: tuple[str, RecordGraph],
    collected: Collected,
    kinds: Mapping[str, str],
) -> None:
    """Say what the settings file adds to the channels of an image.

    ``image`` is its IRI and what its own file says; ``kinds`` are the classes of the
    microscope's components by ID. Channels are the same by their order.
    """
    image_iri, known = image
    there = len(known.values(image_iri, expand("fi:channel")))
    for number, channel in enumerate(channels if isinstance(channels, list) else []):
        place = f"Channels[{number}]"
        if not isinstance(channel, dict) or (there and number >= there):
            collected.keep("Channels", str(number), channel, place)
            message = _("the image file has no such channel; it is kept as it is")
            collected.tell(place, message)
            continue
        subject = channel_iri(image_iri, number)
        if not there:
            collected.say(image_iri, "fi:channel", iri(subject), place)
            collected.say(subject, "rdf:type", iri("fi:Channel"), place)
            collected.say(subject, "fi:channelIndex", literal(number), place)
        _channel(subject, channel, known, (collected, place), kinds)


def _channel(
    subject: str,
    channel: dict[str, Json],
    known: RecordGraph,
    target: _Place,
    kinds: Mapping[str, str],
) -> None:
    collected, place = target
    collected.parts[subject] = channel
    for key, value in channel.items():
        where, text = f"{place}.{key}", text_of_json(value)
        path = CHANNEL_FIELDS.get(key)
        if path and text and not known.values(subject, expand(path)):
            collected.say(subject, path, literal(text), where)
        elif key not in _PARTS and not is_drawing(key):
            collected.keep("Channel", key, value, where)
    _fluorophore(subject, channel.get("Fluorophore"), known, target)
    _light_path(subject, channel.get("LightPath"), target, kinds)


def _fluorophore(subject: str, part: Json, known: RecordGraph, target: _Place) -> None:
    if not isinstance(part, dict):
        return
    collected, place = target
    slots = {slot.iri: slot for slot in slots_of("Channel")}
    name = text_of_json(part.get("Name")) or text_of_json(part.get("Type"))
    if name and not known.values(subject, expand("nboq:fluorophore")):
        where = f"{place}.Fluorophore.Name"
        collected.say(subject, "nboq:fluorophore", literal(name), where)
    for key, value in part.items():
        where = f"{place}.Fluorophore.{key}"
        there = slot_for_field("Fluorophore", key)
        slot = slots.get(there.iri) if there and key in _FLUOROPHORE_FIELDS else None
        if slot is not None and there is not None:
            if not known.values(subject, slot.iri):
                unit = written_unit(there, "Fluorophore", part)
                describe_value(subject, slot, value, unit, (collected, where))
        elif key != "Name" and not is_drawing(key):
            collected.keep("Fluorophore", key, value, where)


def _light_path(
    subject: str, part: Json, target: _Place, kinds: Mapping[str, str]
) -> None:
    if not isinstance(part, dict):
        return
    collected, place = target
    path_iri = f"{subject}-light_path"
    where = f"{place}.LightPath"
    simple = {key: value for key, value in part.items() if key != "ComponentSettings"}
    collected.say(subject, "nboq:lightPath", iri(path_iri), where)
    describe_part(path_iri, "LightPath", simple, (collected, where))
    collected.parts[path_iri] = part
    for number, (place_in, held) in enumerate(_component_settings(part, where)):
        _used(subject, path_iri, held, (collected, place_in), kinds)
        _set(f"{path_iri}-settings-{number}", path_iri, held, (collected, place_in))


def _component_settings(
    part: dict[str, Json], place: str
) -> Iterator[tuple[str, dict[str, Json]]]:
    """Yield place and content of each component's settings, in the file's order."""
    spots = part.get("ComponentSettings")
    for spot, held in (spots if isinstance(spots, dict) else {}).items():
        where = f"{place}.ComponentSettings.{spot}"
        if isinstance(held, dict):
            yield where, held
        for number, one in enumerate(held if isinstance(held, list) else []):
            if isinstance(one, dict):
                yield f"{where}[{number}]", one


def _used(
    subject: str,
    path_iri: str,
    held: dict[str, Json],
    target: _Place,
    kinds: Mapping[str, str],
) -> None:
    """Say which component of the microscope the channel used."""
    collected, place = target
    text = text_of_json(held.get("Component_ID")) or text_of_json(held.get("ID")) or ""
    linked = link_target(text, collected.component_ids)
    if linked is None:
        message = _("it refers to {found}, which is not there")
        collected.tell(f"{place}.Component_ID", message.format(found=text or "?"))
        return
    names = {kinds[linked], *class_named(kinds[linked]).ancestors}
    for kind, path in _ROLES.items():
        if kind in names:
            term = iri(f"{collected.instrument}#{linked}")
            collected.say(subject, path, term, f"{place}.Component_ID")


def _set(part_iri: str, path_iri: str, held: dict[str, Json], target: _Place) -> None:
    """Describe how a component was set, where the model has settings for it."""
    collected, place = target
    source = schema_source(text_of_json(held.get("Schema_ID")) or "")
    slot = None if source is None else _slot_taking(source.class_name)
    if source is None or slot is None:
        collected.keep("ComponentSettings", "", held, place)
        return
    collected.say(path_iri, slot.iri, iri(part_iri), place)
    describe_part(part_iri, source.class_name, held, target)


def _slot_taking(class_name: str) -> Slot | None:
    """Return the field of a light path that takes settings of this class."""
    names = (class_name, *class_named(class_name).ancestors)
    fields = {slot.range: slot for slot in slots_of("LightPath")}
    return next((fields[name] for name in names if name in fields), None)
