"""PageTab as others write it, brought into the form that the archive's form sends.

BioStudies publishes other spellings than its form sends: lower-case section types,
sections without a number, an organism as a section of its own. Where a spelling loses
something on the way into the BioImage Archive, it is told as a point to fix.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.pagetab.vocabulary import (
    ATTRIBUTES,
    INNER,
    OTHER_NAMES,
    SECTION_TYPES,
)
from fair_imagic.errors import InputError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Form", "form_of"]


@dataclass
class Form:
    """A submission in the archive's own form.

    ``raw`` is the document as it is written. ``places`` are the JSON pointers of its
    sections by what rules call them; ``misspelt`` are (pointer, name as written, name
    as it is read).
    """

    pagetab: dict[str, Any]
    raw: dict[str, Any]
    published: bool
    name: str
    places: dict[str, str] = field(default_factory=dict)
    misspelt: list[tuple[str, str, str]] = field(default_factory=list)

    def place(self, named: str) -> str:
        """Return the JSON pointer of a place that a rule names."""
        ends = range(len(named), 0, -1)  # the longest first
        best = next(
            (named[:end] for end in ends if named[:end] in self.places), "section"
        )
        rest = named.removeprefix(best).lstrip(".")
        return self.places[best] + (f" ({rest})" if rest else "")


def form_of(value: dict[str, Any], *, name: str) -> Form:
    """Return a PageTab document in the archive's own form.

    Raises :class:`~fair_imagic.errors.InputError` with the place of what is no PageTab.
    """
    accession = value.get("accno")
    published = isinstance(accession, str) and accession.startswith("S-")
    form = Form({}, value, published, name)
    top = _attributes(value, "", form)
    section = _section(_object(value, "section", name), "/section", "section", form)
    if published:  # the archive keeps both at the top only
        for key in ("Title", "ReleaseDate"):
            if not _values(section["attributes"], key):
                section["attributes"] += [one for one in top if one["name"] == key]
    form.pagetab = {**value, "attributes": top, "section": section}
    return form


def _object(value: dict[str, Any], key: str, name: str) -> dict[str, Any]:
    if not isinstance(value.get(key), dict):
        raise _wrong(name, f"/{key}", value.get(key), _("an object"))
    part: dict[str, Any] = value[key]
    return part


def _wrong(name: str, place: str, found: object, expected: str) -> InputError:
    return InputError(
        _("This is not PageTab"),
        where=f"{name}, {place}",
        expected=expected,
        found=repr(found)[:100],
    )


def _section(value: dict[str, Any], at: str, place: str, form: Form) -> dict[str, Any]:
    kind, number = str(value.get("type") or ""), value.get("accno")
    section: dict[str, Any] = {
        **value,
        "type": SECTION_TYPES.get(kind.lower(), kind),
        "accno": number if number and isinstance(number, str) else at,
        "attributes": _attributes(value, at, form),
        "subsections": [],
        "links": _links(value),
        "at": at,
        "in_table": at.count("/") > 1 and at.split("/")[-2].isdigit(),
    }
    form.places[place] = at
    form.places.setdefault(section["accno"], at)
    for pointer, child in _children(value, at, form.name):
        number = len(section["subsections"])
        inner = f"{place}.subsections[{number}]"
        below = _section(child, pointer, inner, form)
        section["subsections"].append(below)
        section["attributes"] += _from_inside(below)
    return section


def _links(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the links of a section; a list among them is a table of links."""
    listed = value.get("links") or []
    section = []
    for one in listed if isinstance(listed, list) else []:
        rows = one if isinstance(one, list) else [one]
        section += [link for link in rows if isinstance(link, dict)]
    return section


def _children(
    value: dict[str, Any], at: str, name: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the sections below; a list among them is a table of sections."""
    listed = value.get("subsections") or []
    if not isinstance(listed, list):
        raise _wrong(name, f"{at}/subsections", listed, _("a list"))
    for number, child in enumerate(listed):
        pointer = f"{at}/subsections/{number}"
        rows = child if isinstance(child, list) else [child]
        for row, section in enumerate(rows):
            here = f"{pointer}/{row}" if isinstance(child, list) else pointer
            if not isinstance(section, dict):
                raise _wrong(name, here, section, _("an object"))
            yield here, section


def _attributes(value: dict[str, Any], at: str, form: Form) -> list[dict[str, Any]]:
    listed = value.get("attributes") or []
    if not isinstance(listed, list):
        raise _wrong(form.name, f"{at}/attributes", listed, _("a list"))
    attributes = []
    for number, one in enumerate(listed):
        here = f"{at}/attributes/{number}"
        if not isinstance(one, dict):
            raise _wrong(form.name, here, one, _("an object"))
        if one.get("value") is not None:  # BioStudies writes gaps as null
            attributes += _apart({**one, "name": _spelt(one.get("name"), here, form)})
    return attributes


def _apart(one: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a reference to several sections as one reference for each."""
    value = one["value"]
    if one.get("reference") is not True or not isinstance(value, str):
        return [one]
    return [{**one, "value": text.strip()} for text in value.split(",")]


def _spelt(name: object, here: str, form: Form) -> object:
    """Return the name under which the archive reads an attribute."""
    written = str(name)
    lower = written.lower()
    read = OTHER_NAMES.get(lower) or ATTRIBUTES.get(lower)
    if read is None or read == written or not isinstance(name, str):
        return name
    form.misspelt.append((here, written, read))
    return read


def _from_inside(section: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a section says about the one around it."""
    key, name = INNER.get(str(section["type"]).lower(), ("", ""))
    names = [
        {"name": name, "value": text} for text in _values(section["attributes"], key)
    ]
    taxa = _values(section["attributes"], "NCBI taxon ID") if name else []
    return names + [{"name": "Taxon", "value": text} for text in taxa]


def _values(attributes: list[dict[str, Any]], name: str) -> list[Any]:
    return [one["value"] for one in attributes if one.get("name") == name]
