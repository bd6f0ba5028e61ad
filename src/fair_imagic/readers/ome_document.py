"""An OME-XML document as facts: shared by the readers of OME-TIFF and OME-XML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import InputError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both
from fair_imagic.rdf import parse_xml
from fair_imagic.readers.base import RawFact, RawImage, fact, limited, stem_of
from fair_imagic.readers.companions import NamedFile
from fair_imagic.readers.flaw import Flaw, few
from fair_imagic.readers.ome_checks import flaws_of, namespace_problems
from fair_imagic.readers.ome_layout import Layout, layouts_of
from fair_imagic.readers.ome_names import (
    FILTER_REFERENCES,
    LINKED_TAGS,
    default_unit,
    local_name,
    renamed,
)
from fair_imagic.readers.ome_planes import plane_facts
from fair_imagic.readers.quantities import told_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.readers.opened import OpenedFile

__all__ = ["OME_GAPS", "OmeDocument", "document_of", "parse_ome", "root_of"]

_MEMORY = "ome"
_SKIPPED = {"Plane", "TiffData", "BinData", "MetadataOnly"}
_NOT_SKIPPED = (
    "*[not("
    + " or ".join(f"local-name() = '{name}'" for name in sorted(_SKIPPED))
    + ")]"
)
_LEFT_OUT = {"Image", "ROI", "BinaryOnly"}


OME_GAPS = (
    Gap(
        "regions",
        both("Regions of interest are counted; their outlines are not read."),
    ),
    Gap(
        "single-planes",
        both(
            "Exposure and time of single planes are summed up per channel (least, "
            "median, greatest); their positions are not kept, but the first one."
        ),
    ),
    Gap(
        "files-elsewhere",
        both("Files that lie outside the image's folder are not followed."),
    ),
)


@dataclass(frozen=True, slots=True)
class OmeDocument:
    """What an OME-XML document says.

    ``flaws`` are told in ``problems`` too. ``files`` are the other files that hold its
    pixels, and only then ``layouts`` say for each image which plane is
    where; ``metadata_file`` names the companion that a file with ``BinaryOnly`` refers
    to.
    """

    images: tuple[RawImage, ...]
    facts: tuple[RawFact, ...]
    problems: tuple[str, ...]
    flaws: tuple[Flaw, ...]
    files: tuple[NamedFile, ...]
    metadata_file: NamedFile | None
    layouts: tuple[Layout, ...] = ()


def document_of(file: OpenedFile, content: Callable[[], bytes]) -> OmeDocument:
    """Return the OME-XML document of a file, parsed once for all its openings."""
    if _MEMORY not in file.memory:
        name = stem_of(file.path)
        file.memory[_MEMORY] = parse_ome(content(), where=str(file.path), name=name)
    document: OmeDocument = file.memory[_MEMORY]
    return document


def parse_ome(data: bytes, *, where: str, name: str) -> OmeDocument:
    """Return the content of an OME-XML document.

    ``name`` is used for images without a name. Raises
    :class:`~fair_imagic.errors.InputError` for broken XML and for other documents.
    """
    root = root_of(data, where=where)
    problems = [*namespace_problems(root)]
    images = _images(root, name=name, problems=problems)
    images, aside = told_apart(images, zeros=False)
    flaws = (*few(flaws_of(root)), *aside)
    problems += [flaw.sentence for flaw in flaws]
    facts = limited(_document_facts(root), problems)
    files = _files(root)
    return OmeDocument(
        images=images,
        facts=facts,
        problems=tuple(problems),
        flaws=flaws,
        files=files,
        metadata_file=_companion_of(root),
        layouts=layouts_of(root) if files else (),
    )


def root_of(data: bytes, *, where: str) -> Any:
    """Return the root of an OME-XML document; InputError for any other."""
    root = parse_xml(data, where=where)
    if local_name(root) != "OME":
        raise InputError(
            _("The XML document is not OME-XML"),
            where=where,
            expected="<OME>",
            found=f"<{local_name(root)}>",
        )
    return root


def _children(element: Any, tag: str | None = None) -> list[Any]:
    if tag is None and local_name(element) == "Pixels":
        # There may be tens of thousands of planes, and nobody asks for them here.
        return list(element.xpath(_NOT_SKIPPED))
    return list(element.iterchildren(f"{{*}}{tag or '*'}"))


def _images(root: Any, *, name: str, problems: list[str]) -> tuple[RawImage, ...]:
    instruments = _children(root, "Instrument")
    found = []
    for index, element in enumerate(_children(root, "Image")):
        place = f"/OME/Image[{index + 1}]"
        facts = limited(_image_facts(element, place, instruments), problems)
        title = element.get("Name") or (name if index == 0 else f"{name} {index + 1}")
        found.append(RawImage(index, title, facts))
    return tuple(found)


def _image_facts(image: Any, place: str, instruments: list[Any]) -> Iterator[RawFact]:
    yield from _walk(image, "Image", place)
    for number, pixels in enumerate(_children(image, "Pixels")[:1]):
        where = f"{place}/Pixels" + (f"[{number + 1}]" if number else "")
        yield from plane_facts(pixels, where)
    chosen = _instrument_of(image, instruments)
    if chosen is not None:
        number, instrument = chosen
        yield from _equipment(image, instrument, f"/OME/Instrument[{number + 1}]")


def _instrument_of(image: Any, instruments: list[Any]) -> tuple[int, Any] | None:
    wanted = [ref.get("ID") for ref in _children(image, "InstrumentRef")]
    for number, instrument in enumerate(instruments):
        if instrument.get("ID") in wanted:
            return number, instrument
    return (0, instruments[0]) if len(instruments) == 1 else None


def _equipment(image: Any, instrument: Any, place: str) -> Iterator[RawFact]:
    """Yield what the image used: microscope, objective, detectors, light sources."""
    parts = _parts(instrument, place)
    for tag, element, where in parts:
        if tag == "Microscope":
            yield from _walk(element, "Instrument/Microscope", where)
    objectives = [part for part in parts if part[0] == "Objective"]
    settings = _children(image, "ObjectiveSettings") + _children(image, "ObjectiveRef")
    wanted = {element.get("ID") for element in settings}
    used = [part for part in objectives if part[1].get("ID") in wanted]
    if not used and not wanted and len(objectives) == 1:
        used = objectives
    for _tag, element, where in used[:1]:
        yield from _walk(element, "Instrument/Objective", where)
    yield from _channel_equipment(image, parts)


def _parts(instrument: Any, place: str) -> list[tuple[str, Any, str]]:
    counts: dict[str, int] = {}
    found = []
    for element in _children(instrument):
        tag = local_name(element)
        counts[tag] = counts.get(tag, 0) + 1
        found.append((tag, element, f"{place}/{tag}[{counts[tag]}]"))
    return found


def _channel_equipment(
    image: Any, parts: list[tuple[str, Any, str]]
) -> Iterator[RawFact]:
    by_id = {part[1].get("ID"): part for part in parts if part[1].get("ID")}
    for index, channel in enumerate(_channels(image)):
        yield from _filters(channel, by_id, f"Image/Pixels/Channel[{index}]")
        for element in _children(channel):
            linked = LINKED_TAGS.get(local_name(element))
            part = by_id.get(element.get("ID"))
            if linked is None or part is None:
                continue
            key = f"Image/Pixels/Channel[{index}]/{linked}"
            yield fact(f"{key}/Kind", part[0], part[2])
            yield from _walk(part[1], key, part[2])


def _filters(channel: Any, by_id: dict[str, Any], key: str) -> Iterator[RawFact]:
    """Yield the filters of a channel: of its light path, and of its filter set."""
    references = [*_children(channel, "FilterSetRef")]
    for path in _children(channel, "LightPath"):
        references += _children(path)
    for reference in list(references):
        whole = by_id.get(reference.get("ID"))
        if local_name(reference) == "FilterSetRef" and whole is not None:
            references += _children(whole[1])
    filters = [one for one in references if local_name(one) in FILTER_REFERENCES]
    for number, reference in enumerate(filters):
        part = by_id.get(reference.get("ID"))
        if part is not None:
            kind = local_name(reference).removesuffix("Ref")
            yield fact(f"{key}/Filter[{number}]/Kind", kind, part[2])
            yield from _walk(part[1], f"{key}/Filter[{number}]", part[2])


def _channels(image: Any) -> list[Any]:
    found = [
        channel
        for pixels in _children(image, "Pixels")[:1]
        for channel in _children(pixels, "Channel")
    ]
    return found or _children(image, "LogicalChannel")


def _document_facts(root: Any) -> Iterator[RawFact]:
    yield fact("OME/Schema", root.tag.partition("}")[0].lstrip("{"), "/OME")
    for name, value in root.attrib.items():
        if "}" not in name:
            yield fact(f"OME/{name}", value, f"/OME/@{name}")
    for element, key, place in _numbered(root, "", "/OME"):
        if local_name(element) not in _LEFT_OUT:
            yield from _walk(element, key, place)
    rois = len(_children(root, "ROI"))
    if rois:
        yield fact("OME/ROICount", rois, "/OME/ROI")


def _numbered(element: Any, key: str, place: str) -> Iterator[tuple[Any, str, str]]:
    """Yield each child with its key and place; repeated ones are numbered."""
    children = _children(element)
    totals: dict[str, int] = {}
    for child in children:
        totals[local_name(child)] = totals.get(local_name(child), 0) + 1
    seen: dict[str, int] = {}
    for child in children:
        tag = local_name(child)
        number = seen[tag] = seen.get(tag, 0) + 1
        path, always = renamed(local_name(element), tag)
        many = always or totals[tag] > 1
        yield (
            child,
            f"{key}/{path}[{number - 1}]".lstrip("/")
            if many
            else f"{key}/{path}".lstrip("/"),
            f"{place}/{tag}[{number}]" if many else f"{place}/{tag}",
        )


def _walk(element: Any, key: str, place: str) -> Iterator[RawFact]:
    """Yield every attribute and text of an element and of what it contains."""
    tag = local_name(element)
    units = {name for name in element.attrib if name.endswith("Unit")}
    for name, value in element.attrib.items():
        if "}" in name or (name in units and name[:-4] in element.attrib):
            continue
        new_name, _always = renamed(tag, name)
        unit = element.get(f"{name}Unit") or default_unit(tag, new_name)
        yield fact(f"{key}/{new_name}", value, f"{place}/@{name}", unit=unit)
    text = (element.text or "").strip()
    if text and not _children(element):
        # Before 2010 some values were elements; their units are those of today.
        outer = element.getparent()
        unit = None if outer is None else default_unit(local_name(outer), tag)
        yield fact(key, text, place, unit=unit)
    for child, child_key, child_place in _numbered(element, key, place):
        if local_name(child) not in _SKIPPED:
            yield from _walk(child, child_key, child_place)


def _files(root: Any) -> tuple[NamedFile, ...]:
    """Return the files that the document says hold its pixels."""
    own = root.get("UUID")
    found: dict[str, NamedFile] = {}
    for element in root.iter("{*}TiffData"):
        for uuid in _children(element, "UUID"):
            name, identifier = uuid.get("FileName"), (uuid.text or "").strip()
            # A renamed file still names its old self: the identifier tells.
            if name and (own is None or identifier != own):
                found.setdefault(name, NamedFile(name, identifier))
    return tuple(found.values())


def _companion_of(root: Any) -> NamedFile | None:
    """Return the companion file that a ``BinaryOnly`` document names."""
    for element in _children(root, "BinaryOnly"):
        name = str(element.get("MetadataFile") or "")
        return NamedFile(name) if name else None
    return None
