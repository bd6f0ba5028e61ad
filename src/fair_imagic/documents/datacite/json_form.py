"""DataCite's JSON as a tree of parts, and the tree as JSON.

Where a part stands in the JSON is said by the kernel's table alone, for both ways.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.content import NumberText
from fair_imagic.documents.datacite.kernel import Spec, record_spec
from fair_imagic.documents.datacite.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["JsonForm", "attributes_of", "parts_of_json"]

_NUMBERS = ("longitude", "latitude")
#: What stands beside the record in JSON, and has no place in the XML.
_BESIDE = ("url", "schemaVersion")


@dataclass
class JsonForm:
    """The tree of a record, and what has another form than DataCite's JSON has there.

    ``odd`` are (place, value).
    """

    tree: Part
    odd: list[tuple[str, Any]] = field(default_factory=list)


def parts_of_json(attributes: Mapping[str, Any]) -> JsonForm:
    """Return the attributes of a DOI as the tree that its XML would be."""
    form = JsonForm(Part("resource", ""))
    keys = {spec.key for spec in record_spec().parts.values()}
    form.odd += [
        (key, value)
        for key, value in attributes.items()
        if key not in keys and key not in _BESIDE
    ]
    own = {key: value for key, value in attributes.items() if key in keys}
    _fill(form.tree, record_spec(), own, form)
    return form


def _fill(part: Part, spec: Spec, own: Any, form: JsonForm) -> None:
    """Fill an element that has an object, or a list, of its own."""
    if isinstance(own, list):
        item = next(iter(spec.parts.values()))
        for number, value in enumerate(own):
            _add(part, item, value, f"{part.place}[{number}]", {}, form)
        return
    used = _set_attributes(part, spec, own, form) | {spec.text}
    for child in spec.parts.values():
        used.add(child.key)
        used |= _child(part, child, own, form)
    for key in [one for one in own if one not in used]:
        place = _joined(part.place, key)
        if spec.holds_parts:
            part.parts.append(Part(key, place))
        else:
            part.attributes[key] = str(own[key])


def _child(part: Part, spec: Spec, own: Mapping[str, Any], form: JsonForm) -> set[str]:
    """Add the element or elements of a kind; return the keys that they have used."""
    beside = (
        {}
        if spec.own or spec.listed or spec.parts
        else {one.key: own[one.key] for one in _given(spec, own)}
    )
    if spec.key not in own and not beside:
        return set()
    value, place = own.get(spec.key, ""), _joined(part.place, spec.key)
    if spec.listed:
        if not isinstance(value, list):
            form.odd.append((place, value))
            return set()
        for number, one in enumerate(value):
            _add(part, spec, one, f"{place}[{number}]", {}, form)
        return set()
    _add(part, spec, value, place, beside, form)
    return set(beside)


def _given(spec: Spec, own: Mapping[str, Any]) -> Iterator[Spec]:
    return (one for one in spec.attributes.values() if one.in_json and one.key in own)


def _add(
    part: Part,
    spec: Spec,
    value: Any,
    place: str,
    beside: Mapping[str, Any],
    form: JsonForm,
) -> None:
    made = Part(spec.name, place)
    if spec.content in _NUMBERS and _is_number(value):
        value = str(value)
    elif isinstance(value, NumberText):
        form.odd.append((place, value))
        return
    if not isinstance(value, _kind(spec)):
        form.odd.append((place, value))
        return
    if isinstance(value, str):
        made.text = value
        _set_attributes(made, spec, beside, form)
    else:
        if spec.text:
            made.text = _text(value.get(spec.text, ""), place, form)
        _fill(made, spec, value, form)
    if "identifierType" in spec.attributes:
        made.attributes["identifierType"] = "DOI"
    part.parts.append(made)


def _kind(spec: Spec) -> type[Any]:
    """Return what an element is in JSON: an object, a list of others, or a text."""
    if spec.is_list:
        return list
    return dict if spec.own or spec.holds_parts else str


def _set_attributes(
    part: Part, spec: Spec, own: Mapping[str, Any], form: JsonForm
) -> set[str]:
    used = set()
    for one in _given(spec, own):
        used.add(one.key)
        place = _joined(part.place, one.key)
        part.attributes[one.name] = _text(own[one.key], place, form)
    return used


def _text(value: Any, place: str, form: JsonForm) -> str:
    if not isinstance(value, str) or isinstance(value, NumberText):
        form.odd.append((place, value))
        return ""
    return value


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, int | float | NumberText)
    return is_number and not isinstance(value, bool)


def _joined(place: str, key: str) -> str:
    return f"{place}.{key}" if place and key else place or key


# --------------------------------------------------------------------- and back
def attributes_of(tree: Part, lines: dict[str, int]) -> dict[str, Any]:
    """Return the JSON of a tree, what the kernel does not know left out.

    The line of each part is noted in ``lines`` by its JSON pointer.
    """
    holder: dict[str, Any] = {}
    lines[""] = tree.line
    for part in tree.parts:
        spec = record_spec().parts.get(part.name)
        if spec is not None:
            _put(part, spec, holder, "", lines)
    return holder


def _put(part: Part, spec: Spec, holder: Any, at: str, lines: dict[str, int]) -> None:
    """Put one element into the object, or the list, around it."""
    where = f"{at}/{spec.key}" if spec.key else at
    if spec.listed:
        listed = holder.setdefault(spec.key, []) if spec.key else holder
        lines.setdefault(where, part.line)
        where = f"{where}/{len(listed)}"
        listed.append(_value(part, spec, where, lines))
    elif spec.in_json:
        holder[spec.key] = _value(part, spec, where, lines)
        if not spec.own and not spec.holds_parts:
            holder |= _texts(part, spec)
    lines[where] = part.line


def _value(part: Part, spec: Spec, where: str, lines: dict[str, int]) -> Any:
    if not spec.own and not spec.holds_parts:
        return part.whole_text
    value: Any = [] if spec.is_list else {}
    if spec.text:
        value[spec.text] = part.whole_text
    if spec.own:
        value |= _texts(part, spec)
    for one in part.parts:
        inner = spec.parts.get(one.name)
        if inner is not None and inner.in_json:
            _put(one, inner, value, where, lines)
    return value


def _texts(part: Part, spec: Spec) -> dict[str, str]:
    return {
        spec.attributes[name].key: text
        for name, text in part.attributes.items()
        if name in spec.attributes and spec.attributes[name].in_json
    }
