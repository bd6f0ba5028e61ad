"""What an OME-XML document gets wrong; nothing is dropped for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fair_imagic.i18n import _
from fair_imagic.readers.flaw import Flaw
from fair_imagic.readers.ome_names import local_name
from fair_imagic.readers.ome_schema import VERSION, elements

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["flaws_of", "namespace_problems"]

_NAMESPACE = re.compile(
    r"https?://www\.openmicroscopy\.org/(XMLschemas|Schemas)/OME/"
    r"(?P<version>[0-9A-Za-z-]+?)(/[^/]*)?/?$"
)
_SETTINGS = {"ObjectiveSettings", "DetectorSettings", "LightSourceSettings"}
_OTHER_REFERENCES = {"Pump", "Leader"}
# Tens of thousands of these are looked at in one go, or not at all.
_ALL_BUT_PLANES = (
    "descendant-or-self::*[not(local-name() = 'Plane' or local-name() = 'TiffData' "
    "or local-name() = 'BinData' or ancestor::*[local-name() = 'Value'])]"
)
_FREE = {"Value", "StructuredAnnotations", "BinData"}
_COUNTED = {"Image", "Instrument", "Channel"}


def namespace_problems(root: Any) -> Iterator[str]:
    """Yield a sentence where the document has a namespace that is not OME's."""
    namespace = _namespace(root)
    if not _NAMESPACE.match(namespace):
        yield _("The OME-XML has the unknown namespace {namespace}").format(
            namespace=namespace or _("(none)")
        )


def flaws_of(root: Any) -> Iterator[Flaw]:
    """Yield identifiers, references, names, order and counts that are wrong.

    Names and order are compared with the schema of 2016-06, for documents of that
    version only; the rest is looked at in every version.
    """
    found = root.xpath(_ALL_BUT_PLANES)
    yield from _identifier_flaws(found)
    match = _NAMESPACE.match(_namespace(root))
    if match and match["version"] == VERSION:
        for element in found:
            yield from _name_flaws(element)
        yield from _plane_flaws(root)
    for pixels in root.iter("{*}Pixels"):
        yield from _size_flaws(pixels)


def _namespace(root: Any) -> str:
    return str(root.tag.partition("}")[0].lstrip("{"))


def _is_reference(tag: str) -> bool:
    return tag.endswith("Ref") or tag in _SETTINGS or tag in _OTHER_REFERENCES


def _identifier_flaws(found: list[Any]) -> Iterator[Flaw]:
    """Yield identifiers that are wrong or given twice, and references to none."""
    known: dict[str, Any] = {}
    references = []
    for element in found:
        identifier = element.get("ID")
        if identifier is None:
            continue
        tag = local_name(element)
        if _is_reference(tag):
            references.append((tag, identifier, element))
            continue
        entry = elements().get(tag)
        if entry and entry.identifier and f"{entry.identifier}:" not in identifier:
            yield Flaw("invalid_identifier", f"{tag} {identifier}", place_of(element))
        if identifier in known:
            yield Flaw("repeated_identifier", f"{tag} {identifier}", place_of(element))
        known[identifier] = element
    for tag, identifier, element in references:
        if identifier not in known:
            value = f"{tag} {identifier}"
            yield Flaw("dangling_reference", value, place_of(element))


def _name_flaws(element: Any) -> Iterator[Flaw]:
    tag = local_name(element)
    entry = elements().get(tag)
    if entry is None or entry.open or tag in _FREE or _inside_free(element):
        return
    for name in element.attrib:
        if "}" not in name and name not in entry.attributes:
            value = f"{tag}/@{name}"
            yield Flaw("unknown_part", value, f"{place_of(element)}/@{name}")
    last = ("", -1)
    for child in element.iterchildren("{*}*"):
        name = local_name(child)
        rank = entry.ranks.get(name)
        if rank is None:
            yield Flaw("unknown_part", f"{tag}/{name}", place_of(child))
        elif rank < last[1]:
            value = f"{tag}/{name} / {last[0]}"
            yield Flaw("misplaced_part", value, place_of(child))
        else:
            last = (name, rank)
        if name == "Plane":
            break  # they come last, and there may be tens of thousands


def _inside_free(element: Any) -> bool:
    """Return whether an element is inside an annotation, where names are free."""
    return any(local_name(outer) in _FREE for outer in element.iterancestors())


def _plane_flaws(root: Any) -> Iterator[Flaw]:
    """Yield unknown attributes of planes.

    Where all planes have as many attributes as the first one, it speaks for them:
    a look at each of them would take longer than all the rest.
    """
    known = elements()["Plane"].attributes
    for pixels in root.iter("{*}Pixels"):
        planes = pixels.iterchildren("{*}Plane")
        first = next(planes, None)
        if first is None:
            continue
        prefixes = {"o": _namespace(pixels)}
        attributes = pixels.xpath("count(o:Plane/@*)", namespaces=prefixes)
        count = pixels.xpath("count(o:Plane)", namespaces=prefixes)
        alike = attributes == count * len(first.attrib)
        names = dict.fromkeys(first.attrib)
        for plane in () if alike else planes:
            names.update(dict.fromkeys(plane.attrib))
        for name in names:
            if "}" not in name and name not in known:
                place = f"{place_of(pixels)}/Plane/@{name}"
                yield Flaw("unknown_part", f"Plane/@{name}", place)


def _size_flaws(pixels: Any) -> Iterator[Flaw]:
    channels = list(pixels.iterchildren("{*}Channel"))
    told = pixels.get("SizeC") or ""
    counts = [channel.get("SamplesPerPixel") or "1" for channel in channels]
    if not channels or not told.isdecimal() or not all(map(str.isdecimal, counts)):
        return
    described = sum(map(int, counts))
    if int(told) not in (described, len(channels)):
        value = f"SizeC {told} / Channel {described}"
        yield Flaw("contradiction", value, f"{place_of(pixels)}/@SizeC")


def place_of(element: Any) -> str:
    """Return the path of an element, repeated ones numbered from 1."""
    steps = [_step(element), *(_step(outer) for outer in element.iterancestors())]
    return "/" + "/".join(reversed(steps))


def _step(element: Any) -> str:
    tag = local_name(element)
    before = sum(1 for _same in element.itersiblings(element.tag, preceding=True))
    after = next(element.itersiblings(element.tag), None) is not None
    many = before or after or tag in _COUNTED
    return f"{tag}[{before + 1}]" if many else tag
