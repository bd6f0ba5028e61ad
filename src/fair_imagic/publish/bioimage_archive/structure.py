"""PageTab as the archive's server reads it: what kind of value each node must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks import Finding
    from fair_imagic.checks.point import Points

__all__ = ["structure_points"]

_SERVER = "BioStudies, PageTab JSON"
_NAMES = {dict: "{...}", list: "[...]", str: '"..."', bool: "true / false"}


def structure_points(pagetab: dict[str, Any], points: Points) -> Iterator[Finding]:
    """Yield each node of a submission that the server cannot read, by its pointer."""
    yield from _texts(pagetab, ("accno", "type"), "", points)
    yield from _attributes(pagetab, "", points)
    yield from _section(pagetab.get("section"), "/section", points)


def _section(value: Any, at: str, points: Points) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield _wrong(value, dict, at, points)
        return
    yield from _texts(value, ("accno", "type"), at, points)
    if "type" not in value or not str(value["type"] or "").strip():
        yield points.make(
            "section-type-needed",
            message="{place} does not say what kind of section it is",
            repair="Give the section its type, such as Study or Author",
            place=f"{at}/type",
            clause=f"{_SERVER}, section",
        )
    yield from _attributes(value, at, points)
    for key, needed in (("subsections", ""), ("links", "url"), ("files", "path")):
        for where, one in _rows(value, key, at, points):
            if not needed:
                yield from _section(one, where, points)
            elif isinstance(one, dict):
                yield from _texts(one, (needed, "type"), where, points)
                yield from _attributes(one, where, points)
                if not str(one.get(needed) or "").strip():
                    yield _blank(f"{where}/{needed}", points)
            else:
                yield _wrong(one, dict, where, points)
        yield from _list_points(value, key, at, points)


def _rows(
    value: dict[str, Any], key: str, at: str, points: Points
) -> Iterator[tuple[str, Any]]:
    """Yield what a list holds; a list in it is a table, of which each row counts."""
    listed = value.get(key)
    for number, one in enumerate(listed if isinstance(listed, list) else ()):
        where = f"{at}/{key}/{number}"
        if isinstance(one, list):
            yield from ((f"{where}/{row}", inner) for row, inner in enumerate(one))
        else:
            yield where, one


def _list_points(
    value: dict[str, Any], key: str, at: str, points: Points
) -> Iterator[Finding]:
    listed = value.get(key)
    if listed is None:
        return
    if not isinstance(listed, list):
        yield _wrong(listed, list, f"{at}/{key}", points)
        return
    for number, one in enumerate(listed):
        if one == []:
            yield points.make(
                "table-empty",
                message="The table {place} has no row: the archive refuses it",
                repair="Fill the table, or take it out",
                place=f"{at}/{key}/{number}",
                clause=f"{_SERVER}, tables",
            )


def _attributes(value: dict[str, Any], at: str, points: Points) -> Iterator[Finding]:
    listed = value.get("attributes")
    if listed is None:
        return
    if not isinstance(listed, list):
        yield _wrong(listed, list, f"{at}/attributes", points)
        return
    for number, one in enumerate(listed):
        where = f"{at}/attributes/{number}"
        if not isinstance(one, dict):
            yield _wrong(one, dict, where, points)
            continue
        yield from _attribute(one, where, points)


def _attribute(one: dict[str, Any], at: str, points: Points) -> Iterator[Finding]:
    name = one.get("name")
    if isinstance(name, str) and not name.strip():
        yield _blank(f"{at}/name", points)
    if "reference" in one and not isinstance(one["reference"], bool):
        yield _wrong(one["reference"], bool, f"{at}/reference", points)
    for key in ("valqual", "nmqual"):
        pairs = one.get(key)
        if pairs is None:
            continue
        if not isinstance(pairs, list):
            yield _wrong(pairs, list, f"{at}/{key}", points)
            continue
        for number, pair in enumerate(pairs):
            where = f"{at}/{key}/{number}"
            if isinstance(pair, dict):
                yield from _texts(pair, ("name", "value"), where, points)
            else:
                yield _wrong(pair, dict, where, points)


def _texts(
    value: dict[str, Any], keys: tuple[str, ...], at: str, points: Points
) -> Iterator[Finding]:
    for key in keys:
        if value.get(key) is not None and not isinstance(value[key], str):
            yield _wrong(value[key], str, f"{at}/{key}", points)


def _blank(place: str, points: Points) -> Finding:
    return points.make(
        "heading-empty",
        message="{place} is empty: the archive refuses what has no name or address",
        repair="Give it a name or address, or take the entry out",
        place=place,
        clause=f"{_SERVER}, attributes, links and files",
    )


def _wrong(value: Any, wanted: type, place: str, points: Points) -> Finding:
    return points.make(
        "node-of-wrong-kind",
        message="{place} must have the form {wanted} in JSON",
        repair="Correct this entry of the document",
        place=place,
        value=repr(value)[:200],
        wanted=_NAMES[wanted],
        clause=_SERVER,
    )
