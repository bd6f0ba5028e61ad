"""What is said of images, channels and runs in public, in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.number import decimal_of
from fair_imagic.entry.placeholder import named
from fair_imagic.entry.shown import words_of
from fair_imagic.entry.told_once import told_once
from fair_imagic.i18n import _, count_text, ngettext
from fair_imagic.publish.sides import dimension_words, pixel_size_words
from fair_imagic.publish.study import said, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from fair_imagic.model import Channel, Objective, ProcessingRun, Sample
    from fair_imagic.model.record import Record
    from fair_imagic.publish.study import Pictured

__all__ = [
    "all_images",
    "channel_name",
    "channels_words",
    "image_count",
    "interval_words",
    "lens_words",
    "name_list",
    "pixel_words",
    "run_words",
    "sample_name",
    "size_words",
]

_MOST_CHANNELS = 8
_MOST_NAMES = 3


def image_count(count: int) -> str:
    """Return ``1 image``, ``2 images``."""
    return ngettext("{count} image", "{count} images", count).format(
        count=count_text(count)
    )


def all_images(count: int) -> str:
    """Return ``1 image``, ``Both images``, ``All 18 images``."""
    if count == 2:
        return _("Both images")
    if count < 2:
        return image_count(count)
    return _("All {count} images").format(count=count_text(count))


def name_list(names: Sequence[str], *, most: int = _MOST_NAMES) -> str:
    """Return names with commas between them; of many the first, and how many more."""
    if len(names) <= most + 1:
        return ", ".join(names)
    rest = _("and {count} more").format(count=count_text(len(names) - most))
    return f"{', '.join(names[:most])} {rest}"


def lens_words(lens: Objective | None) -> str:
    """Return ``63×, NA 1.4, mineral oil``."""
    if lens is None:
        return ""
    magnification = _number(lens, "magnification")
    aperture = _number(lens, "lens_na")
    parts = (
        f"{magnification}×" if magnification else "",
        _("NA {aperture}").format(aperture=aperture) if aperture else "",
        named(_known(lens, "immersion_type")).lower(),
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
    planes, channels, times = (
        whole(one) for one in (image.size_z, image.size_c, image.size_t)
    )
    parts = (
        (planes, ngettext("{count} plane", "{count} planes", planes)),
        (channels, ngettext("{count} channel", "{count} channels", channels)),
        (times, ngettext("{count} time point", "{count} time points", times)),
    )
    told = [text.format(count=count_text(count)) for count, text in parts if count > 1]
    return ", ".join([sides, *told])


def interval_words(picture: Pictured) -> str:
    """Return the time between two frames of a series, or nothing where it is none."""
    image = picture.image
    is_series = whole(image.size_t) > 1
    return _number(image, "time_increment") if is_series else ""


def channel_name(channel: Channel) -> str:
    """Return the name of a channel, else its number, counted from one."""
    name = named(said(channel.name))
    return name or _("channel {number}").format(number=whole(channel.index) + 1)


def channels_words(channels: Sequence[Channel]) -> str:
    """Return ``DAPI (excitation 405 nm, exposure 100 ms); GFP (...)``.

    Channels with the same settings are told together; of many channels only what
    they share, and from where to where the rest goes.
    """
    things = [_settings(one) for one in channels]
    if len(channels) > _MOST_CHANNELS:
        return _many(channels, things)
    texts = []
    for group in told_once(things)[1]:
        members = [channels[place] for place in group.members]
        details = ", ".join(filter(None, things[group.members[0]].values()))
        texts.append(_together([channel_name(one) for one in members], details))
    return _("; ").join(texts)


def _together(names: list[str], details: str) -> str:
    joined = ", ".join(dict.fromkeys(names))
    if not details:
        return joined
    if len(names) > 1:
        details = _("each: {details}").format(details=details)
    return f"{joined} ({details})"


def _many(channels: Sequence[Channel], things: Sequence[Mapping[str, str]]) -> str:
    shared, _groups = told_once(things)
    names = (channel_name(channels[0]), channel_name(channels[-1]))
    count = _("{count} channels, {first} to {last}").format(
        count=count_text(len(channels)), first=names[0], last=names[1]
    )
    spans = [
        text.format(name=_span(channels, field))
        for field, text in _texts().items()
        if field not in shared and _span(channels, field)
    ]
    details = ", ".join([*shared.values(), *spans])
    return f"{count} ({details})" if details else count


def _texts() -> dict[str, str]:
    return {
        "fluorophore": _("fluorophore {name}"),
        "excitation_wavelength": _("excitation {name}"),
        "emission_wavelength": _("emission {name}"),
        "exposure_time": _("exposure {name}"),
        "pinhole": _("pinhole {name}"),
    }


def _settings(channel: Channel) -> dict[str, str]:
    found = {}
    for field, text in _texts().items():
        is_dye = field == "fluorophore"
        value = named(_known(channel, field)) if is_dye else _number(channel, field)
        if is_dye and value.casefold() == channel_name(channel).casefold():
            value = ""
        found[field] = text.format(name=value) if value else ""
    return found


def _span(channels: Iterable[Channel], field: str) -> str:
    """Return from where to where a number goes, where all channels have one."""
    held = [(_decimal(getattr(one, field)), _number(one, field)) for one in channels]
    numbers = {number: words for number, words in held if number is not None and words}
    if len(numbers) < 2 or any(not words for _n, words in held):
        return ""
    first, last = numbers[min(numbers)], numbers[max(numbers)]
    return _("{first} to {last}").format(first=first, last=last)


def sample_name(sample: Sample) -> str:
    """Return what a sample is called, else its organism, else nothing."""
    return named(said(sample.title)) or named(said(sample.organism_label))


def run_words(run: ProcessingRun) -> str:
    """Return what was done, and with which software."""
    version = named(said(run.software_version))
    software = f"{named(said(run.software_name))} {version}".strip()
    title = named(said(run.title)) or named(said(run.processor)) or _("Processing")
    if not software:
        return title
    return _("{title} with {software}").format(title=title, software=software)


def _known(record: Record, name: str) -> str:
    """Return a field in words; nothing where its answer is that it is unknown."""
    return words_of(record, name) if said(getattr(record, name)) else ""


def _number(record: Record, name: str) -> str:
    """Return a measure in words; nothing for zero and less, which is no setting."""
    number = _decimal(getattr(record, name))
    return _known(record, name) if number is not None and number > 0 else ""


def _decimal(text: str | None) -> Decimal | None:
    return decimal_of(said(text))
