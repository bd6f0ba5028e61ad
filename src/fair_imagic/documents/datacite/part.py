"""A record of DataCite as a tree of parts, out of XML and into it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.datacite.kernel import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["INSTANCE", "XML", "Part", "part_of_xml", "schema_location"]

INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
XML = "{http://www.w3.org/XML/1998/namespace}"
_LOCATIONS = (f"{INSTANCE}schemaLocation", f"{INSTANCE}noNamespaceSchemaLocation")


@dataclass
class Part:
    """One element: its attributes by name, its own text, and the parts in it.

    ``place`` says where it stands: a path in XML, a place of a rule in JSON. ``line``
    is 0 where it comes from JSON. The name of what is of another vocabulary begins with
    its address.
    """

    name: str
    place: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    line: int = 0

    def walk(self) -> Iterator[Part]:
        """Yield the part and everything in it."""
        yield self
        for one in self.parts:
            yield from one.walk()

    @property
    def whole_text(self) -> str:
        """Return its text with that of the parts in it, in one line."""
        return " ".join("".join(one.text for one in self.walk()).split())


def part_of_xml(root: Any) -> Part:
    """Return the tree of a DataCite document, of whatever kernel."""
    space = str(root.tag).rpartition("}")[0] + "}"
    own = space if space.startswith("{" + NAMESPACE) else ""
    return _part(root, "", own, 0)


def schema_location(root: Any) -> str:
    """Return the address of the schema that a document names, or nothing.

    Where several are named, it is the one of DataCite.
    """
    named = " ".join(str(root.get(key, "")) for key in _LOCATIONS).split()
    ours = [one for one in named if "kernel-" in one]
    return ours[-1] if ours else ""


def _part(element: Any, around: str, space: str, number: int) -> Part:
    name = _name(str(element.tag), space)
    place = f"{around}/{name}[{number}]" if number else f"{around}/{name}"
    pieces = [element.text or ""]
    part = Part(name, place, line=int(element.sourceline or 0))
    totals = Counter(one.tag for one in element)
    counts: Counter[str] = Counter()
    for child in element:
        if isinstance(child.tag, str):
            counts[child.tag] += 1
            many = counts[child.tag] if totals[child.tag] > 1 else 0
            part.parts.append(_part(child, place, space, many))
        pieces.append(child.tail or "")
    part.text = "".join(pieces)
    for key, value in element.attrib.items():
        if key not in _LOCATIONS:
            part.attributes[str(key).replace(XML, "xml:")] = str(value)
    return part


def _name(tag: str, space: str) -> str:
    return tag.removeprefix(space) if space else tag
