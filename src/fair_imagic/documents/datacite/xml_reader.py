"""DataCite XML, kernel 3 and 4: read into the attributes that JSON has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.datacite.json_record import document_of
from fair_imagic.documents.kind import Document, Kind
from fair_imagic.errors import InputError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.documents.content import Content

__all__ = ["KIND"]

_NAMESPACE = "http://datacite.org/schema/kernel-"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
#: XML attribute -> JSON key, wherever the two differ.
_KEYS = {
    _LANGUAGE: "lang",
    "schemeURI": "schemeUri",
    "valueURI": "valueUri",
    "rightsURI": "rightsUri",
    "awardURI": "awardUri",
}
#: Wrapper element -> JSON key of the list, item element, JSON key of the item's text.
_LISTS = {
    "titles": ("titles", "title", "title"),
    "subjects": ("subjects", "subject", "subject"),
    "dates": ("dates", "date", "date"),
    "alternateIdentifiers": (
        "alternateIdentifiers",
        "alternateIdentifier",
        "alternateIdentifier",
    ),
    "relatedIdentifiers": (
        "relatedIdentifiers",
        "relatedIdentifier",
        "relatedIdentifier",
    ),
    "rightsList": ("rightsList", "rights", "rights"),
    "descriptions": ("descriptions", "description", "description"),
    "sizes": ("sizes", "size", ""),
    "formats": ("formats", "format", ""),
}
_PEOPLE = {"creators": "creator", "contributors": "contributor"}
_TEXTS = {"publicationYear", "language", "version"}
_LATER = {"geoLocations", "fundingReferences", "relatedItems"}


def _recognise(content: Content) -> bool:
    return content.is_xml and content.root_name.startswith(f"{{{_NAMESPACE}")


def _read(content: Content) -> Document:
    if _name(content.xml) != "resource":
        raise InputError(
            _("This is not a DataCite record"),
            where=f"{content.name}:{content.xml.sourceline}",
            expected="<resource>",
            found=f"<{_name(content.xml)}>",
        )
    reading = _Reading()
    attributes = reading.attributes(content.xml)

    def where(pointer: str) -> str:
        return f"{content.name}:{reading.line(pointer)} ({pointer})"

    return document_of(attributes, content, where=where)


class _Reading:
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
        found: dict[str, Any] = {"schemaVersion": root.nsmap.get(root.prefix, "")}
        for element in _elements(root):
            name = _name(element)
            self.lines[f"/{name}"] = element.sourceline
            found |= self._part(name, element)
        return found

    def _part(self, name: str, element: Any) -> dict[str, Any]:
        if name == "identifier":
            self.lines["/doi"] = element.sourceline
            return {"doi": _text(element).removeprefix("https://doi.org/")}
        if name == "publisher":
            return {name: {"name": _text(element), **_said(element)}}
        if name == "resourceType":
            self.lines["/types"] = element.sourceline
            return {"types": {"resourceType": _text(element), **_said(element)}}
        if name in _TEXTS:
            return {name: _text(element)}
        if name in _PEOPLE:
            return {name: [*self._people(name, element)]}
        if name in _LISTS:
            key, item, text = _LISTS[name]
            return {key: [*self._list(key, item, text, element)]}
        return {name: [_name(one) for one in _elements(element)] or [_text(element)]}

    def _list(self, key: str, item: str, text: str, wrapper: Any) -> Iterator[Any]:
        for number, element in enumerate(_elements(wrapper)):
            self.lines[f"/{key}/{number}"] = element.sourceline
            if _name(element) != item:
                yield {_name(element): _text(element)}
            elif text:
                yield {text: _text(element), **_said(element)}
            else:
                yield _text(element)

    def _people(self, key: str, wrapper: Any) -> Iterator[dict[str, Any]]:
        for number, element in enumerate(_elements(wrapper)):
            self.lines[f"/{key}/{number}"] = element.sourceline
            person: dict[str, Any] = _said(element)
            for part in _elements(element):
                name = _name(part)
                if name == f"{_PEOPLE[key]}Name":
                    person |= {"name": _text(part), **_said(part)}
                elif name == "nameIdentifier":
                    one = {"nameIdentifier": _text(part), **_said(part)}
                    person.setdefault("nameIdentifiers", []).append(one)
                elif name == "affiliation":
                    one = {"name": _text(part), **_said(part)}
                    person.setdefault("affiliation", []).append(one)
                else:
                    person[name] = _text(part)
            yield person


def _elements(parent: Any) -> list[Any]:
    return [one for one in parent if isinstance(one.tag, str)]


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Any) -> str:
    # Descriptions may hold <br/>.
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _said(element: Any) -> dict[str, str]:
    """Return the XML attributes under the keys that JSON has for them."""
    return {
        _KEYS.get(str(key), str(key)): str(value)
        for key, value in element.attrib.items()
        if not str(key).startswith("{http://www.w3.org/2001/XMLSchema-instance}")
        and key != "identifierType"
    }


KIND = Kind("datacite-xml", lambda: "DataCite XML", _recognise, _read)
