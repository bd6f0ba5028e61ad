"""Names and order of OME-XML 2016-06, from its XSD: ``python -m tools.ome_names``.

Writes ``src/fair_imagic/readers/ome_schema.json``: for each element its attributes,
its children in the order that the schema demands, and the word that its identifier
starts with. The XSD is a file of the package ome-types, or the argument.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

__all__ = ["names_of", "text_of_names"]

_XS = "{http://www.w3.org/2001/XMLSchema}"
_TARGET = Path(__file__).parents[1] / "src/fair_imagic/readers/ome_schema.json"
_IDENTIFIER = re.compile(r"\\S\+\)\|\((?P<word>[A-Za-z]+):\\S\+\)")


def text_of_names(path: Path) -> str:
    """Return the JSON text for an XSD, one element a line."""
    names = names_of(path)
    lines = [f"{json.dumps(name)}: {json.dumps(names[name])}" for name in sorted(names)]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def names_of(path: Path) -> dict[str, dict[str, Any]]:
    """Return attributes, ordered children and identifier word of each element."""
    from lxml import etree

    root = etree.parse(path).getroot()
    named: dict[str, Any] = {
        str(child.get("name")): child for child in root if child.get("name")
    }
    groups: dict[str, list[str]] = {}
    for name, child in named.items():
        group = child.get("substitutionGroup")
        if group:
            groups.setdefault(group, []).append(name)
    found: dict[str, dict[str, Any]] = {}
    for element in root.iter(f"{_XS}element"):
        name = str(element.get("name") or "")
        if name and (element.find(f"{_XS}complexType") is not None or _typed(element)):
            found[name] = _described(element, named, groups)
    return found


def _typed(element: Any) -> bool:
    return element.get("type") is not None


def _described(element: Any, named: dict[str, Any], groups: Any) -> dict[str, Any]:
    attributes: dict[str, str] = {}
    children: list[list[str]] = []
    _collect(element, named, groups, attributes, children)
    whole = element.find(f"{_XS}complexType")
    free = whole is None and element.get("type", "").startswith("xsd:")
    return {
        "attributes": sorted(attributes),
        "children": children,
        "identifier": _word(attributes.get("ID", ""), named),
        "open": free or element.find(f".//{_XS}any") is not None,
    }


def _collect(
    node: Any,
    named: dict[str, Any],
    groups: dict[str, list[str]],
    attributes: dict[str, str],
    children: list[list[str]],
) -> None:
    kind = node.get("type") or node.get("base")
    if kind in named and node.tag in (f"{_XS}element", f"{_XS}extension"):
        _collect(named[kind], named, groups, attributes, children)
    for child in node:
        if child.tag == f"{_XS}attribute":
            attributes[child.get("name")] = child.get("type") or ""
        elif child.tag == f"{_XS}element":
            name = child.get("ref") or child.get("name")
            children.append(groups.get(name, [name]))
        elif child.tag == f"{_XS}choice":
            inner: list[list[str]] = []
            _collect(child, named, groups, attributes, inner)
            children.append([name for step in inner for name in step])
        elif child.tag != f"{_XS}annotation" and isinstance(child.tag, str):
            _collect(child, named, groups, attributes, children)


def _word(kind: str, named: dict[str, Any]) -> str:
    if kind not in named:
        return ""
    pattern = named[kind].find(f".//{_XS}pattern")
    match = _IDENTIFIER.search(pattern.get("value")) if pattern is not None else None
    return match["word"] if match else ""


def main() -> None:
    """Write the table from the XSD of ome-types, or from the one given."""
    if len(sys.argv) > 1:
        path = Path(sys.argv[1])
    else:
        import ome_types

        path = Path(ome_types.__file__).parent / "ome-2016-06.xsd"
    _TARGET.write_text(text_of_names(path), encoding="utf-8")


if __name__ == "__main__":
    main()
