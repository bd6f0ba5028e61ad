"""One object of a Micro-Meta App document as statements about a part."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.i18n import _
from fair_imagic.mapping.component_values import (
    WrittenUnit,
    link_target,
    terms_for,
    written_unit,
)
from fair_imagic.mapping.image import MappedStatement
from fair_imagic.mapping.micrometa import (
    MODEL_VERSION,
    Json,
    flattened,
    is_drawing,
    is_later_version,
    text_of_json,
)
from fair_imagic.model.slots import class_named, class_names, slot_for_field, slots_of
from fair_imagic.rdf import iri
from fair_imagic.readers.base import RawFact

if TYPE_CHECKING:
    from fair_imagic.model.slots import Slot
    from fair_imagic.rdf import Term

__all__ = [
    "Collected",
    "Described",
    "describe_part",
    "describe_value",
    "finished",
    "version_known",
]

# Keys that say which form was filled in, not what the part is.
_FORM_KEYS = {
    "Schema_ID",
    "Tier",
    "ValidationTier",
    "ModelVersion",
    "AppVersion",
    "Extension",
    "Domain",
    "Category",
}
# Written into every form; where the model has no such field nothing is missed.
_FORM_NAMES = {"Name", "Version"}


@dataclass(frozen=True)
class Described:
    """A document in the model's terms; ``parts`` are its objects by subject IRI."""

    statements: tuple[MappedStatement, ...]
    facts: tuple[RawFact, ...]
    problems: tuple[str, ...]
    parts: dict[str, dict[str, Json]]


@dataclass
class Collected:
    """What a document has said so far; ``instrument`` owns the components it names."""

    instrument: str
    component_ids: frozenset[str]
    parts: dict[str, dict[str, Json]] = field(default_factory=dict)
    statements: list[MappedStatement] = field(default_factory=list)
    facts: list[RawFact] = field(default_factory=list)
    problems: dict[str, None] = field(default_factory=dict)

    def say(self, subject: str, predicate: str, value: Term, place: str) -> None:
        """Keep a statement with its place in the document."""
        triple = (iri(subject), iri(predicate), value)
        self.statements.append(MappedStatement(triple, place, f"micrometa:{place}"))

    def tell(self, place: str, problem: str) -> None:
        """Keep a sentence for a person about a place, once."""
        self.problems[f"{place}: {problem}"] = None

    def keep(self, owner: str, key: str, value: Json, place: str) -> None:
        """Keep a value that has no place in the model as raw facts."""
        for where, text in flattened(value, place):
            name = f"micrometa:{owner}.{key}{where.removeprefix(place)}"
            self.facts.append(RawFact(name, text, None, where))


def finished(collected: Collected) -> Described:
    """Return all that was said, each statement once."""
    return Described(
        statements=tuple(dict.fromkeys(collected.statements)),
        facts=tuple(collected.facts),
        problems=tuple(collected.problems),
        parts=collected.parts,
    )


def version_known(part: dict[str, Json], place: str, collected: Collected) -> None:
    """Tell where a part is of a later version of the model than the one known."""
    version = text_of_json(part.get("ModelVersion")) or ""
    if is_later_version(version):
        message = _("model version {found} is later than {known}; all is kept").format(
            found=version, known=MODEL_VERSION
        )
        collected.tell(f"{place}.ModelVersion".lstrip("."), message)


def describe_part(
    subject: str,
    class_name: str,
    part: dict[str, Json],
    target: tuple[Collected, str],
) -> None:
    """Say the type and the values of a component or of a part of one."""
    collected, place = target
    collected.parts[subject] = part
    type_iri = class_named(class_name).iri
    collected.say(subject, "rdf:type", iri(type_iri), f"{place}.Schema_ID")
    units = {slot.unit_slot for slot in slots_of(class_name)}
    for key, value in part.items():
        if key in _FORM_KEYS or is_drawing(key) or value is None:
            continue
        slot = slot_for_field(class_name, key)
        if slot is None:
            _unknown(class_name, key, value, target)
        elif slot.name not in units:
            unit = written_unit(slot, class_name, part)
            describe_value(subject, slot, value, unit, (collected, f"{place}.{key}"))


def _unknown(
    class_name: str, key: str, value: Json, target: tuple[Collected, str]
) -> None:
    collected, place = target
    collected.keep(class_name, key, value, f"{place}.{key}")
    # The application names and dates every form, and writes "na" for nothing linked.
    if key not in _FORM_NAMES and text_of_json(value) != "na":
        message = _("{kind} has no field {field} in the model; its value is kept")
        collected.tell(f"{place}.{key}", message.format(kind=class_name, field=key))


def describe_value(
    subject: str,
    slot: Slot,
    value: Json,
    unit: WrittenUnit | None,
    target: tuple[Collected, str],
) -> None:
    """Say one value of a subject, its parts and links included."""
    collected, where = target
    if slot.part:
        _parts(subject, slot, value, target)
        return
    owner = subject.partition("#")[2]
    text = text_of_json(value)
    if text is None:
        collected.keep(owner, slot.name, value, where)
        return
    found = terms_for(text, slot, unit)
    for predicate, term in found:
        collected.say(subject, predicate, term, where)
    if not found and text.strip():
        collected.keep(owner, slot.name, value, where)
        collected.tell(where, _unit_problem(slot, unit))
    elif slot.values and text.strip() not in slot.values and not _no_answer(found):
        message = _("{found} is not one of the values of {field}; it is kept")
        collected.tell(where, message.format(found=text, field=slot.field))


def _no_answer(found: list[tuple[str, Term]]) -> bool:
    return any(term.startswith("<") for _predicate, term in found)


def _unit_problem(slot: Slot, unit: WrittenUnit | None) -> str:
    message = _("the unit {unit} does not fit {field}; the value is kept")
    written = (unit.text if unit else None) or _("(none)")
    return message.format(unit=written, field=slot.field)


def _parts(
    subject: str, slot: Slot, value: Json, target: tuple[Collected, str]
) -> None:
    """Say the links to other components and the parts described in place."""
    collected, place = target
    many = value if isinstance(value, list) else [value]
    for number, item in enumerate(many):
        where = f"{place}[{number}]" if isinstance(value, list) else place
        if isinstance(item, dict) and slot.range in class_names():
            part = f"{subject}-{slot.name}-{number}"
            collected.say(subject, slot.iri, iri(part), where)
            describe_part(part, slot.range, item, (collected, where))
            continue
        text = text_of_json(item)
        linked = link_target(text or "", collected.component_ids)
        if linked is not None:
            part = f"{collected.instrument}#{linked}"
            collected.say(subject, slot.iri, iri(part), where)
        else:
            collected.keep(subject.partition("#")[2], slot.name, item, where)
            if text not in ("na", "", None):
                message = _("it refers to {found}, which is not there")
                collected.tell(where, message.format(found=text))
