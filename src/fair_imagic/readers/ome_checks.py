"""What an OME-XML document gets wrong, told to a person; nothing is dropped for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fair_imagic.i18n import _
from fair_imagic.readers.ome_names import local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["problems_of"]

_NAMESPACE = re.compile(
    r"https?://www\.openmicroscopy\.org/(XMLschemas|Schemas)/OME/"
    r"(?P<version>[0-9A-Za-z-]+?)(/[^/]*)?/?$"
)
_NAMED = ("Image", "Pixels", "Channel", "Instrument", "Objective", "Detector")
_REFERENCES = (
    "InstrumentRef",
    "ObjectiveSettings",
    "DetectorSettings",
    "LightSourceSettings",
)


def problems_of(root: Any) -> Iterator[str]:
    """Yield one sentence for each problem: namespace, identifiers, references."""
    namespace = root.tag.partition("}")[0].lstrip("{")
    if not _NAMESPACE.match(namespace):
        yield _("The OME-XML has the unknown namespace {namespace}").format(
            namespace=namespace or _("(none)")
        )
    identifiers = set()
    for tag in _NAMED:
        for element in root.iter(f"{{*}}{tag}"):
            yield from _identifier_problems(element, tag)
    for element in root.iter("{*}*"):
        if local_name(element) not in _REFERENCES and element.get("ID"):
            identifiers.add(element.get("ID"))
    yield from _reference_problems(root, identifiers)
    for number, pixels in enumerate(root.iter("{*}Pixels"), start=1):
        yield from _size_problems(pixels, number)


def _identifier_problems(element: Any, tag: str) -> Iterator[str]:
    identifier = element.get("ID")
    if identifier and f"{tag}:" not in identifier:
        yield _("The identifier {found} of a {tag} is not valid OME").format(
            found=identifier, tag=tag
        )


def _reference_problems(root: Any, identifiers: set[str]) -> Iterator[str]:
    for tag in _REFERENCES:
        for element in root.iter(f"{{*}}{tag}"):
            wanted = element.get("ID")
            if wanted and wanted not in identifiers:
                yield _("{tag} refers to {wanted}, which is not there").format(
                    tag=tag, wanted=wanted
                )


def _size_problems(pixels: Any, number: int) -> Iterator[str]:
    channels = list(pixels.iterchildren("{*}Channel"))
    told = pixels.get("SizeC") or ""
    counts = [channel.get("SamplesPerPixel") or "1" for channel in channels]
    if not channels or not told.isdecimal() or not all(map(str.isdecimal, counts)):
        return
    described = sum(map(int, counts))
    if int(told) not in (described, len(channels)):
        yield _(
            "Image {number} has SizeC {told} but describes {described} channels"
        ).format(number=number, told=told, described=described)
