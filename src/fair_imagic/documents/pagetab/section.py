"""PageTab, the JSON that BioStudies reads: sections and attributes.

Values are strings only; a reference has the key ``reference`` (the published
specification says ``isReference``, which the back end does not read); keys that would
be null are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Section = dict[str, Any]

__all__ = ["attribute", "attributes", "sections_of", "texts", "title_of", "walk"]


def attribute(
    name: str,
    value: str,
    *,
    reference: bool = False,
    qualifiers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return one attribute; ``qualifiers`` describe its value (ontology, address)."""
    one: dict[str, Any] = {"name": name, "value": value}
    if reference:
        one["reference"] = True
    if qualifiers:
        one["valqual"] = [
            {"name": key, "value": text} for key, text in qualifiers.items() if text
        ]
    return one


def attributes(pairs: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the attributes that have a value, in the given order."""
    return [attribute(name, value) for name, value in pairs if value]


def walk(section: Section, place: str = "section") -> Iterator[tuple[str, Section]]:
    """Yield (place, section) for a section and everything below it."""
    yield place, section
    for number, child in enumerate(section.get("subsections", [])):
        yield from walk(child, f"{place}.subsections[{number}]")


def sections_of(section: Section, kind: str) -> list[Section]:
    """Return the sections of one type, at any depth."""
    return [one for _place, one in walk(section) if one.get("type") == kind]


def texts(section: Section, name: str) -> list[str]:
    """Return the values of the attributes of that exact name."""
    return [
        str(one["value"])
        for one in section.get("attributes", [])
        if one.get("name") == name
    ]


def title_of(section: Section) -> str:
    """Return the title of a section, or its name."""
    titles = texts(section, "Title") or texts(section, "Name")
    return titles[0] if titles else ""
