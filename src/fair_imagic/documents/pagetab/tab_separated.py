"""PageTab as tab-separated text: blocks with an empty line between them.

A block starts with the type of a section, its number and that of the section around it.
``<name>`` marks a reference, ``(name)`` and ``[name]`` qualify the value before; a
block ``Type[parent]`` is a table with a section in each row, ``Links`` one with links.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import InputError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["START", "PageTabText", "read_tsv"]

START = "Submission"

Row = tuple[int, list[str]]


@dataclass
class PageTabText:
    """The document as JSON would have it, and the line of each JSON pointer."""

    value: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def line(self, pointer: str) -> int:
        """Return the line of a part, or of the nearest thing around it."""
        while pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return self.lines[pointer]


def read_tsv(text: str, *, name: str) -> PageTabText:
    """Return a PageTab document from its text form.

    Raises :class:`~fair_imagic.errors.InputError` where it has no section, or a section
    stands in one that is not there.
    """
    document = PageTabText(lines={"": 1})
    places: dict[str, tuple[dict[str, Any], str]] = {}
    for number, rows in enumerate(_blocks(text)):
        if number == 0:
            document.value = _section(rows, "", document)
        elif number == 1:
            document.value["section"] = _section(rows, "/section", document)
            places[""] = (document.value["section"], "/section")
            places[document.value["section"]["accno"]] = places[""]
        else:
            _add(rows, places, document, name)
    if "section" not in document.value:
        raise InputError(
            _("This is not PageTab"),
            where=name,
            expected=_("a section after the first"),
        )
    return document


def _blocks(text: str) -> Iterator[list[Row]]:
    block: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            block.append((number, [cell.strip() for cell in line.split("\t")]))
        elif block and not line.strip():
            yield block
            block = []
    if block:
        yield block


def _add(
    rows: list[Row],
    places: dict[str, tuple[dict[str, Any], str]],
    document: PageTabText,
    name: str,
) -> None:
    """Add the section, or the rows of a table, to the section around it."""
    number, header = rows[0]
    kind, _bracket, inside = header[0].partition("[")
    is_table = bool(inside) or kind in ("Links", "Files")
    parent = inside.rstrip("]") if is_table else _cell(header, 2)
    if parent not in places:
        raise InputError(
            _("A section stands in one that is not there"),
            where=f"{name}:{number}",
            expected=", ".join(one for one in places if one),
            found=parent,
        )
    around, at = places[parent]
    if kind == "Links":
        around.setdefault("links", []).extend(_links(rows))
        return
    if kind == "Files":
        return
    listed = around.setdefault("subsections", [])
    pointer = f"{at}/subsections/{len(listed)}"
    document.lines[pointer] = number
    if not is_table:
        listed.append(_placed(rows, pointer, places, document))
        return
    listed.append(  # a list among the sections is a table, as in JSON
        [
            _placed(one, f"{pointer}/{row}", places, document)
            for row, one in enumerate(_rows_as_sections(kind, rows))
        ]
    )


def _placed(
    rows: list[Row],
    pointer: str,
    places: dict[str, tuple[dict[str, Any], str]],
    document: PageTabText,
) -> dict[str, Any]:
    section = _section(rows, pointer, document)
    places.setdefault(section["accno"], (section, pointer))
    return section


def _rows_as_sections(kind: str, rows: list[Row]) -> Iterator[list[Row]]:
    names = rows[0][1][1:]
    for number, cells in rows[1:]:
        pairs = zip(names, cells[1:], strict=False)
        yield [(number, [kind, cells[0]])] + [
            (number, [name, value]) for name, value in pairs if value
        ]


def _links(rows: list[Row]) -> Iterator[dict[str, Any]]:
    names = rows[0][1][1:]
    for _number, cells in rows[1:]:
        pairs = zip(names, cells[1:], strict=False)
        attributes = [{"name": name, "value": value} for name, value in pairs if value]
        yield {"url": cells[0], "attributes": attributes}


def _section(rows: list[Row], at: str, document: PageTabText) -> dict[str, Any]:
    number, header = rows[0]
    document.lines[at] = number
    attributes: list[dict[str, Any]] = []
    for line, cells in rows[1:]:
        name, value = cells[0], _cell(cells, 1)
        if name[:1] in "([" and attributes:
            continue  # qualifies the value before; no rule reads it
        document.lines[f"{at}/attributes/{len(attributes)}"] = line
        reference = name.startswith("<") and name.endswith(">")
        one: dict[str, Any] = {"name": name.strip("<>"), "value": value}
        attributes.append(one | ({"reference": True} if reference else {}))
    return {"type": header[0], "accno": _cell(header, 1), "attributes": attributes}


def _cell(cells: list[str], index: int) -> str:
    return cells[index] if len(cells) > index else ""
