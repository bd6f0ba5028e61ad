"""DataCite XML, kernel 3 and 4: read into the attributes that JSON has."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.datacite.json_record import PARTS_NOT_JUDGED, reading_of
from fair_imagic.documents.datacite.vocabulary import NAMESPACE, SCHEMA_VERSION
from fair_imagic.documents.datacite.xml_names import (
    AGENT_PARTS,
    AGENTS,
    LISTS,
    XML_ATTRIBUTES,
)
from fair_imagic.documents.kind import Kind, Reading
from fair_imagic.errors import InputError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.documents.content import Content

__all__ = ["KIND"]

#: XML attribute -> JSON key, wherever the two differ.
_KEYS = {attribute: key for key, attribute in XML_ATTRIBUTES.items()}
#: Element inside a person -> JSON key of its list, JSON key of its text.
_AGENT_PARTS = {items.element: (key, items.text) for key, items in AGENT_PARTS.items()}
_TEXTS = {"publicationYear", "language", "version"}


def _recognise(content: Content) -> bool:
    return content.is_xml and content.root_name.startswith(f"{{{NAMESPACE}")


def _read(content: Content) -> Reading:
    if _name(content.xml) != "resource":
        raise InputError(
            _("This is not a DataCite record"),
            where=f"{content.name}:{content.xml.sourceline}",
            expected="<resource>",
            found=f"<{_name(content.xml)}>",
        )
    record = _Record()
    attributes = record.attributes(content.xml)

    def where(pointer: str) -> str:
        return f"{content.name}:{record.line(pointer)} ({pointer})"

    reading = reading_of(attributes, content, where=where)
    older = not str(attributes["schemaVersion"]).startswith(SCHEMA_VERSION)
    return replace(reading, gap_codes=("older-kernels",)) if older else reading


class _Record:
    """One document under way: its attributes, and the line of each part."""

    def __init__(self) -> None:
        self.lines: dict[str, int] = {}

    def line(self, pointer: str) -> int:
        """Return the line of a part, or of the nearest thing around it."""
        while pointer and pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return self.lines[pointer]

    def attributes(self, root: Any) -> dict[str, Any]:
        self.lines[""] = root.sourceline
        parts: dict[str, Any] = {"schemaVersion": root.nsmap.get(root.prefix, "")}
        for element in _elements(root):
            name = _name(element)
            self.lines[f"/{name}"] = element.sourceline
            parts |= self._part(name, element)
        return parts

    def _part(self, name: str, element: Any) -> dict[str, Any]:
        if name == "identifier":
            self.lines["/doi"] = element.sourceline
            return {"doi": _text(element).removeprefix("https://doi.org/")}
        if name == "publisher":
            return {name: {"name": _text(element), **_attributes(element)}}
        if name == "resourceType":
            self.lines["/types"] = element.sourceline
            return {"types": {"resourceType": _text(element), **_attributes(element)}}
        if name in _TEXTS:
            return {name: _text(element)}
        if name in AGENTS:
            return {name: [*self._agents(name, element)]}
        if name in LISTS:
            return {name: [*self._list(name, element)]}
        return {name: [_name(one) for one in _elements(element)] or [_text(element)]}

    def _list(self, key: str, wrapper: Any) -> Iterator[Any]:
        items = LISTS[key]
        for number, element in enumerate(_elements(wrapper)):
            self.lines[f"/{key}/{number}"] = element.sourceline
            if _name(element) != items.element:
                yield {_name(element): _text(element)}
            elif items.text:
                yield {items.text: _text(element), **_attributes(element)}
            else:
                yield _text(element)

    def _agents(self, key: str, wrapper: Any) -> Iterator[dict[str, Any]]:
        for number, element in enumerate(_elements(wrapper)):
            self.lines[f"/{key}/{number}"] = element.sourceline
            agent: dict[str, Any] = _attributes(element)
            for part in _elements(element):
                name = _name(part)
                if name == f"{AGENTS[key]}Name":
                    agent |= {"name": _text(part), **_attributes(part)}
                elif name in _AGENT_PARTS:
                    inner, text = _AGENT_PARTS[name]
                    one = {text: _text(part), **_attributes(part)}
                    agent.setdefault(inner, []).append(one)
                else:
                    agent[name] = _text(part)
            yield agent


def _elements(parent: Any) -> list[Any]:
    return [one for one in parent if isinstance(one.tag, str)]


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Any) -> str:
    # Descriptions may hold <br/>.
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _attributes(element: Any) -> dict[str, str]:
    """Return the XML attributes under the keys that JSON has for them."""
    return {
        _KEYS.get(str(key), str(key)): str(value)
        for key, value in element.attrib.items()
        if not str(key).startswith("{http://www.w3.org/2001/XMLSchema-instance}")
        and key != "identifierType"
    }


_GAPS = (
    PARTS_NOT_JUDGED,
    Gap(
        "older-kernels",
        both("Records of kernel 3 are judged by the rules of kernel 4"),
    ),
    Gap(
        "markup-in-texts",
        both(
            "Markup and line breaks inside a description are read as plain text in "
            "one line"
        ),
    ),
)

KIND = Kind(
    "datacite-xml",
    title=lambda: "DataCite XML",
    recognise=_recognise,
    read=_read,
    profiles=("datacite",),
    rules="fair_imagic.publish.datacite.document:document_points",
    order=70,
    gaps=_GAPS,
)
