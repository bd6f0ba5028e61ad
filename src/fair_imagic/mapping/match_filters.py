"""The filters of a microscope that a channel's light went through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.entry.unit import converted
from fair_imagic.i18n import _
from fair_imagic.mapping.match_words import number_of, same_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.mapping.components import Component
    from fair_imagic.readers.base import RawImage

__all__ = ["matched_filters"]

_Found = tuple["Component", str, str]
_FILTER = re.compile(r"(?P<key>.*/Filter\[\d+\])/")
# What the file calls a filter, and the classes of the record that it may be.
_CLASSES = {
    "ExcitationFilter": ("ExcitationFilter", "GenericFilter", "Filter"),
    "EmissionFilter": ("EmissionFilter", "GenericFilter", "Filter"),
    "Dichroic": ("Dichroic",),
    "FilterSet": ("FilterCube", "FilterSet"),
}
_IDENTIFIERS = (
    ("ID", "id", "certain"),
    ("SerialNumber", "catalogNumber", "certain"),
    ("LotNumber", "lotNumber", "certain"),
    ("Model", "model", "likely"),
    ("Model", "name", "likely"),
    ("Model", "catalogNumber", "likely"),
)


def matched_filters(
    image: RawImage, index: int, components: list[Component]
) -> Iterator[_Found]:
    """Yield the filters of a channel, how sure each is, and why.

    A file that names none leaves a guess: the only emission filter that lets the
    channel's emission through, which is never sure.
    """
    channel = f"Image/Pixels/Channel[{index}]"
    matches = (_FILTER.match(item.key) for item in image.facts)
    keys = dict.fromkeys(match["key"] for match in matches if match)
    own = [key for key in keys if key.startswith(f"{channel}/")]
    seen = set()
    for key in own:
        found = _named(image, key, components)
        if found is not None and found[0].iri not in seen:
            seen.add(found[0].iri)
            yield found
    if not own:
        yield from _by_emission(image, channel, components)


def _named(image: RawImage, key: str, components: list[Component]) -> _Found | None:
    kind = image.first(f"{key}/Kind")
    classes = _CLASSES.get(kind.value if kind else "", ("Filter", "Dichroic"))
    filters = [part for part in components if any(map(part.is_a, classes))]
    for name, property_name, sure in _IDENTIFIERS:
        told = image.first(f"{key}/{name}")
        if told is None:
            continue
        fitting = [
            part for part in filters if same_text(told.value, part.text(property_name))
        ]
        if len(fitting) == 1:
            reason = _("same {property}: {value}")
            text = reason.format(property=property_name, value=told.value)
            return fitting[0], sure, text
    return None


def _by_emission(
    image: RawImage, channel: str, components: list[Component]
) -> Iterator[_Found]:
    told = image.first(f"{channel}/EmissionWavelength")
    if told is None:
        return
    wanted = number_of(converted(told.value, told.unit, to="unit:NanoM"))
    if wanted is None:
        return
    fitting = [
        part
        for part in components
        if part.is_a("EmissionFilter")
        and any(abs(wanted - centre) <= width / 2 for centre, width in part.bands)
    ]
    if len(fitting) == 1:
        reason = _("the only one that lets {wavelength} nm through")
        yield fitting[0], "unsure", reason.format(wavelength=f"{wanted.normalize():f}")
