"""A microscope of the Micro-Meta App as statements about an instrument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.i18n import _
from fair_imagic.mapping.micrometa import (
    Json,
    is_drawing,
    micrometa_text,
    parse_micrometa,
    text_of_json,
)
from fair_imagic.mapping.micrometa_part import (
    Collected,
    Described,
    describe_part,
    describe_value,
    finished,
    version_known,
)
from fair_imagic.model.identifiers import mint, slug
from fair_imagic.model.slots import (
    schema_source,
    slot_for_field,
    slots_of,
)
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.mapping.image import MappedStatement
    from fair_imagic.readers.base import RawFact

__all__ = ["InstrumentRecord", "describe", "read_instrument"]


@dataclass(frozen=True)
class InstrumentRecord:
    """What a microscope file says.

    ``facts`` are the values that have no place in the model, ``problems`` sentences
    for a person about them, each with the place in the file that it is about;
    ``identifier`` is the file's own, ``document`` the file's text.
    """

    iri: str
    name: str
    identifier: str
    statements: tuple[MappedStatement, ...]
    facts: tuple[RawFact, ...]
    problems: tuple[str, ...]
    document: str = ""


def read_instrument(
    path: Path, *, base_iri: str = "", instrument_iri: str | None = None
) -> InstrumentRecord:
    """Return the microscope that a Micro-Meta App file describes.

    Without ``instrument_iri`` one is made from ``base_iri`` and the name. Components
    are ``{instrument}#{their ID}``. Raises
    :class:`~fair_imagic.errors.InputError` for other files.
    """
    text = micrometa_text(path)
    document = parse_micrometa(text, path)
    name = text_of_json(document.get("Name")) or path.name.partition(".")[0]
    root = instrument_iri or mint(base_iri, "instrument", name)
    found = describe(document, root, name=name)
    return InstrumentRecord(
        iri=root,
        name=name,
        identifier=text_of_json(document.get("ID")) or "",
        statements=found.statements,
        facts=found.facts,
        problems=found.problems,
        document=text,
    )


def describe(document: dict[str, Json], root: str, *, name: str = "") -> Described:
    """Return what a microscope's document says about the instrument ``root``.

    ``name`` is its title where the document has none.
    """
    collected = Collected(root, frozenset())
    components = _components(document, collected)
    collected.component_ids = frozenset(part_id for part_id, _p, _w in components)
    collected.parts[root] = document
    collected.say(root, "rdf:type", iri("nboq:Instrument"), "Schema_ID")
    if "Name" not in document and name:
        collected.say(root, "dcterms:title", literal(name), "file name")
    version_known(document, "", collected)
    _own_values(document, collected)
    for part_id, part, place in components:
        _component(part_id, part, place, collected)
    return finished(collected)


def _components(
    document: dict[str, Json], collected: Collected
) -> list[tuple[str, dict[str, Json], str]]:
    """Return identifier, content and place of the stand and all components."""
    listed = document.get("components")
    parts: list[tuple[Json, str]] = [
        (part, f"components[{number}]")
        for number, part in enumerate(listed if isinstance(listed, list) else [])
    ]
    stand = document.get("MicroscopeStand")
    if stand is not None:
        parts.insert(0, (stand, "MicroscopeStand"))
    found: dict[str, tuple[str, dict[str, Json], str]] = {}
    for part, place in parts:
        if isinstance(part, dict):
            part_id = (text_of_json(part.get("ID")) or "").strip()
            if part_id in found:
                message = _("the identifier {found} is that of {other} too")
                other = found[part_id][2]
                collected.tell(
                    f"{place}.ID", message.format(found=part_id, other=other)
                )
            if not part_id or part_id in found:
                part_id = slug(place)
            found[part_id] = (part_id, part, place)
        else:
            collected.tell(place, _("this is no component; it is kept as it is"))
            collected.keep("Instrument", place, part, place)
    return list(found.values())


def _own_values(document: dict[str, Json], collected: Collected) -> None:
    for key, value in document.items():
        if key in ("components", "MicroscopeStand", "Schema_ID") or is_drawing(key):
            continue
        slot = slot_for_field("Instrument", key)
        text = text_of_json(value)
        if slot is None or text is None:
            collected.keep("Instrument", key, value, key)
        else:
            describe_value(collected.instrument, slot, value, None, (collected, key))


def _component(
    part_id: str, part: dict[str, Json], place: str, collected: Collected
) -> None:
    schema = text_of_json(part.get("Schema_ID")) or ""
    source = schema_source(schema)
    if source is None:
        kind = schema.removesuffix(".json") or _("(none)")
        message = _("the model has no {kind} yet; its values are kept as they are")
        collected.tell(f"{place}.Schema_ID", message.format(kind=kind))
        collected.keep(kind, f"{place}", part, place)
        return
    version_known(part, place, collected)
    subject = f"{collected.instrument}#{part_id}"
    collected.say(collected.instrument, "nboq:component", iri(subject), place)
    describe_part(subject, source.class_name, part, (collected, place))
    slots = {slot.name: slot for slot in slots_of(source.class_name)}
    for name, word in source.values.items():
        where = f"{place}.Schema_ID"
        collected.say(subject, slots[name].iri, literal(word), where)
