"""What RO-Crate obliges, and what a reader of the crate would miss."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from fair_imagic.checks.point import Points
from fair_imagic.checks.ro_crate_structure import is_local, structure_points, types_of
from fair_imagic.documents.ro_crate import is_context, references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from fair_imagic.checks.finding import Finding
    from fair_imagic.documents import Reading
    from fair_imagic.documents.ro_crate import Crate

    Entity = Mapping[str, Any]

__all__ = ["document_points"]

_DATE = re.compile(r"(\d{4})(-\d{2})?(-\d{2})?(T.+)?")
_OBLIGED = ("name", "description", "datePublished", "license")
_DATA = {"File", "Dataset"}
_MORE = ("-01", "-01", "T00:00")


def document_points(reading: Reading) -> Iterator[Finding]:
    """Yield what is wrong in a crate; places are the identifiers of entities."""
    crate: Crate = reading.form
    points = Points("ro-crate", reading.root, reading.label)
    entities = [one for one in crate.value["@graph"] if isinstance(one, dict)]
    if not is_context(crate.value.get("@context")):
        yield points.make(
            "context-needed",
            message="The crate does not name the RO-Crate context",
            repair="Name https://w3id.org/ro/crate/1.1/context in @context",
            place="@context",
        )
    yield from structure_points(crate, entities, points)
    yield from _entity_points(entities, points)
    yield from _root_points(crate.root, points)
    yield from _part_points(crate.root, entities, crate.holds, points)
    yield from _reference_points(entities, points)


def _entity_points(entities: Sequence[Entity], points: Points) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, entity in enumerate(entities):
        name = str(entity.get("@id", ""))
        place = name or f"@graph[{number}]"
        for key in ("@id", "@type"):
            if not entity.get(key):
                yield points.make(
                    f"entity-{key[1:]}-needed",
                    message="{place} has no {key}",
                    repair="Give every entity an @id and a @type",
                    place=place,
                    key=key,
                )
        if name and name in seen:
            yield points.make(
                "entity-twice",
                message="{place} is described twice",
                repair="Put everything about one thing into one entity",
                place=place,
                value=name,
            )
        seen.add(name)


def _root_points(root: Entity, points: Points) -> Iterator[Finding]:
    place = str(root.get("@id"))
    for name in _OBLIGED:
        if root.get(name) in (None, "", [], {}):
            yield points.make(
                f"{name.lower()}-needed",
                message="The root of the crate needs: {name}",
                repair="Fill in {name} of the root dataset",
                place=f"{place} ({name})",
                name=name,
            )
    for text in _texts(root.get("datePublished")):
        if not _is_date(text):
            yield points.make(
                "date-wrong",
                message="{value} is not a date",
                repair="Write 2026-11-22",
                place=f"{place} (datePublished)",
                value=text,
            )
    if any("://" in text for text in _texts(root.get("license"))):
        yield points.make(
            "licence-as-text",
            message="The licence is a text, where programs look for a link",
            repair='Write {{"@id": "https://spdx.org/licenses/CC-BY-4.0"}}',
            place=f"{place} (license)",
            must=False,
        )


def _is_date(text: str) -> bool:
    """Return whether a text is a year, month, day or time of the calendar."""
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    parts = [one or more for one, more in zip(match.groups()[1:], _MORE, strict=True)]
    try:
        datetime.fromisoformat(match[1] + "".join(parts))
    except ValueError:
        return False
    return True


def _texts(value: object) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str) and one]


def _part_points(
    root: Entity,
    entities: Sequence[Entity],
    holds: Callable[[str], bool] | None,
    points: Points,
) -> Iterator[Finding]:
    described = {str(one.get("@id")): one for one in entities}
    for name in references(root.get("hasPart")):
        if name not in described:
            yield points.make(
                "part-not-described",
                message="The crate lists {value} but does not describe it",
                repair="Add an entity that describes it",
                place=str(root.get("@id")),
                value=name,
            )
    for name, entity in described.items():
        if holds is not None and _is_payload(name, entity) and not holds(unquote(name)):
            yield points.make(
                "file-missing",
                message="The crate describes {value}, which is not in it",
                repair="Add the file, or take its entity out",
                place=name,
                value=name,
            )


def _is_payload(name: str, entity: Entity) -> bool:
    kinds = types_of(entity)
    return is_local(name) and name not in ("./", ".", "") and bool(kinds & _DATA)


def _reference_points(entities: Sequence[Entity], points: Points) -> Iterator[Finding]:
    described = {str(one.get("@id")) for one in entities}
    for entity in entities:
        for key, value in entity.items():
            for name in references(value):
                if name.startswith(("#", "_:")) and name not in described:
                    yield points.make(
                        "reference-broken",
                        message="{place} refers to {value}, which is not described",
                        repair="Describe it, or correct the reference",
                        place=str(entity.get("@id")),
                        value=name,
                        must=False,
                        key=key,
                    )
