"""The form of a PageTab submission in JSON, as strictly as the back end reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["attribute_value", "attributes_of", "form_problems", "sections_of"]

Node = dict[str, object]


def form_problems(submission: object) -> list[str]:
    """Return what is wrong with the form of a submission, each with its place."""
    if not isinstance(submission, dict):
        return ["submission: expected a JSON object"]
    found = [*_attribute_problems(submission, "submission")]
    if submission.get("type", "submission") != "submission":
        found.append("submission: type must be 'submission'")
    section = submission.get("section")
    if not isinstance(section, dict):
        return [*found, "submission: section is mandatory and must be an object"]
    return [*found, *_section_problems(section, "section")]


def attributes_of(node: Node) -> list[Node]:
    """Return the attributes of a submission, section, link or file."""
    value = node.get("attributes")
    return [a for a in value if isinstance(a, dict)] if isinstance(value, list) else []


def attribute_value(node: Node, name: str) -> str | None:
    """Return the first value of an attribute, or None."""
    for attribute in attributes_of(node):
        value = attribute.get("value")
        if attribute.get("name") == name and isinstance(value, str):
            return value
    return None


def sections_of(submission: Node) -> Iterator[Node]:
    """Yield every section, tables opened, outermost first."""
    section = submission.get("section")
    if isinstance(section, dict):
        yield from _sections(section)


def _sections(section: Node) -> Iterator[Node]:
    yield section
    children = section.get("subsections")
    for child in children if isinstance(children, list) else []:
        for row in child if isinstance(child, list) else [child]:
            if isinstance(row, dict):
                yield from _sections(row)


def _section_problems(section: Node, place: str) -> Iterator[str]:
    if not _is_text(section.get("type")):
        yield f"{place}: type is mandatory and must not be blank"
    if not isinstance(section.get("accno", ""), str):
        yield f"{place}: accno must be a string"
    yield from _attribute_problems(section, place)
    yield from _list_problems(section, place, kind="links", key="url")
    yield from _list_problems(section, place, kind="files", key="path")
    children = section.get("subsections", [])
    if not isinstance(children, list):
        yield f"{place}.subsections: expected a list"
        return
    for index, child in enumerate(children):
        where = f"{place}.subsections[{index}]"
        if child == []:
            yield f"{where}: a table must not be empty"
        for row in child if isinstance(child, list) else [child]:
            if isinstance(row, dict):
                yield from _section_problems(row, where)
            else:
                yield f"{where}: expected a section"


def _list_problems(section: Node, place: str, *, kind: str, key: str) -> Iterator[str]:
    entries = section.get(kind, [])
    if not isinstance(entries, list):
        yield f"{place}.{kind}: expected a list"
        return
    for index, entry in enumerate(entries):
        where = f"{place}.{kind}[{index}]"
        if entry == []:
            yield f"{where}: a table must not be empty"
        for row in entry if isinstance(entry, list) else [entry]:
            if not isinstance(row, dict):
                yield f"{where}: expected an object"
            elif not _is_text(row.get(key)):
                yield f"{where}: {key} is mandatory and must not be blank"
            else:
                yield from _attribute_problems(row, where)


def _attribute_problems(node: Node, place: str) -> Iterator[str]:
    attributes = node.get("attributes", [])
    if not isinstance(attributes, list):
        yield f"{place}.attributes: expected a list"
        return
    for index, attribute in enumerate(attributes):
        where = f"{place}.attributes[{index}]"
        if not isinstance(attribute, dict):
            yield f"{where}: expected an object"
            continue
        yield from _one_attribute(attribute, where)


def _one_attribute(attribute: Node, where: str) -> Iterator[str]:
    if not _is_text(attribute.get("name")):
        yield f"{where}: name is mandatory and must not be blank"
    value = attribute.get("value")
    if value is not None and not isinstance(value, str):
        kind = type(value).__name__
        yield f"{where} '{attribute.get('name')}': value must be a string, not {kind}"
    if not isinstance(attribute.get("reference", False), bool):
        yield f"{where} '{attribute.get('name')}': reference must be true or false"
    for key in ("nmqual", "valqual"):
        qualifiers = attribute.get(key, [])
        if not isinstance(qualifiers, list) or not all(
            isinstance(q, dict) and _is_text(q.get("name")) for q in qualifiers
        ):
            yield f"{where}.{key}: expected a list of name and value pairs"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
