"""A person's changes of a microscope: values of a component, new and removed ones."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change, tombstone
from fair_imagic.entry import plain_value
from fair_imagic.entry.shown import typed
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import (
    RecordGraph,
    class_for,
    class_named,
    class_names,
    slot_named,
    slots_of,
)
from fair_imagic.rdf import expand, iri, literal, text_of
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.door import Door, field_note
from fair_imagic.workflow.microscopes.changes import keep_change
from fair_imagic.workflow.microscopes.images import relink
from fair_imagic.workflow.microscopes.versions import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fair_imagic.model import Slot
    from fair_imagic.rdf import Term, Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "Edited",
    "FieldErrors",
    "add_component",
    "component_classes",
    "edit_component",
    "editable_slots",
    "remove_component",
]


class FieldErrors(InputError):
    """Values that cannot be used, by the name of their field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(_("Some values cannot be used"), found="; ".join(errors))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Edited:
    """What an edit did: its journal number (None where nothing changed), and notes."""

    number: int | None
    notes: tuple[str, ...] = ()


def component_classes() -> tuple[str, ...]:
    """Return the names of the classes that a component can be of, by name."""
    found = []
    for name in class_names():
        known = class_named(name)
        if "Component" in known.ancestors and not known.abstract:
            found.append(name)
    return tuple(found)


def editable_slots(class_name: str) -> tuple[Slot, ...]:
    """Return the slots of a class that a form can show: values, units left out."""
    slots = slots_of(class_name)
    units = {slot.unit_slot for slot in slots}
    return tuple(
        slot
        for slot in slots
        if not slot.part
        and slot.name not in units
        and slot.name not in ("version_of", "valid_from", "record_version")
    )


def edit_component(
    workspace: Workspace,
    instrument: str,
    subject: str,
    texts: Mapping[str, str],
    *,
    author: str,
    valid_from: str = "",
) -> Edited:
    """Keep what a person typed for a component (or the instrument), as one change.

    ``texts`` are by slot name; an empty one removes the value, one that is not named
    stays. With ``valid_from`` the microscope changed that day: a new version. Raises
    :class:`FieldErrors` with each wrong value, and keeps nothing then.
    """
    graph = RecordGraph(workspace.catalogue.effective(instrument))
    class_name = _class_of(graph, subject)
    door = Door(workspace)
    errors: dict[str, str] = {}
    pairs: dict[str, list[tuple[str, Term]]] = {}
    notes: list[str] = []
    for slot in editable_slots(class_name):
        text = texts.get(slot.name)
        if text is None or text.strip() in _held(graph, subject, slot):
            continue
        try:
            pairs[slot.iri] = _pairs(door, slot, text, subject=subject, notes=notes)
        except InputError as error:
            errors[slot.name] = _told(error)
    day = _day(valid_from, errors)
    if errors:
        raise FieldErrors(errors)
    added = _values(graph, subject, pairs)
    number = _keep(workspace, instrument, added, author=author, valid_from=day)
    return Edited(number, tuple(notes))


def _day(valid_from: str, errors: dict[str, str]) -> str:
    try:
        return day_of(valid_from) if valid_from.strip() else ""
    except InputError as error:
        errors["valid_from"] = _told(error)
        return ""


def _told(error: InputError) -> str:
    """Return what is wrong, and what would be right."""
    if not error.expected:
        return error.message
    return f"{error.message} ({_('expected')}: {error.expected})"


def _pairs(
    door: Door, slot: Slot, text: str, *, subject: str, notes: list[str]
) -> list[tuple[str, Term]]:
    if not text.strip():
        return []
    reading = door.read(text, slot, subject=subject)
    if reading.note:
        notes.append(field_note(slot, reading))
    return list(reading.terms)


def _held(graph: RecordGraph, subject: str, slot: Slot) -> tuple[str, str]:
    """Return what is held as it is written, and as a form shows it."""
    terms = graph.values(subject, slot.iri)
    plain = "; ".join(text_of(one) for one in terms)
    return plain, "; ".join(typed(one) for one in terms)


def _values(
    graph: RecordGraph, subject: str, pairs: Mapping[str, list[tuple[str, Term]]]
) -> frozenset[Triple]:
    """Return statements for the values, and tombstones for what was emptied."""
    added: set[Triple] = set()
    for path, found in pairs.items():
        added |= {(iri(subject), iri(predicate), term) for predicate, term in found}
        if not found and graph.values(subject, path):
            added.add(tombstone(iri(subject), iri(path)))
    return frozenset(added)


def _keep(
    workspace: Workspace,
    instrument: str,
    added: Iterable[Triple],
    *,
    author: str,
    valid_from: str,
    also_removed: Iterable[Triple] = (),
) -> int | None:
    source = person_source(workspace, author)
    before = set(workspace.catalogue.source_statements(instrument, source.iri))
    wanted = frozenset(added)
    spoken = {_path(triple) for triple in wanted}
    removed = {one for one in before if _path(one) in spoken} | set(also_removed)
    change = Change(
        record=instrument,
        source=source,
        added=wanted - before,
        removed=frozenset(removed - wanted),
    )
    if not (change.added or change.removed):
        return None
    number, _version = keep_change(
        workspace,
        change,
        valid_from=valid_from,
        author=author,
        reason="microscope record",
    )
    if valid_from:
        relink(workspace, instrument)
    return number


def _path(triple: Triple) -> tuple[str, str]:
    subject, predicate, value = triple
    return subject, value if predicate == iri("fi:removed") else predicate


def add_component(
    workspace: Workspace,
    instrument: str,
    class_name: str,
    name: str,
    *,
    author: str,
    valid_from: str = "",
) -> str:
    """Add a component of a class to a microscope and return its IRI."""
    if class_name not in component_classes():
        raise InputError(_("Choose a kind of component"), found=class_name[:80])
    if not name.strip():
        raise InputError(_("Give a name"))
    named = plain_value(name, slot_named(class_name, "name"))
    day = day_of(valid_from) if valid_from.strip() else ""
    subject = f"{instrument}#{uuid.uuid4()}"
    fragment = subject.partition("#")[2]
    graph = RecordGraph(workspace.catalogue.effective(instrument))
    links = graph.values(instrument, expand("nboq:component"))
    added = {(iri(instrument), iri("nboq:component"), one) for one in links}
    added |= {
        (iri(instrument), iri("nboq:component"), iri(subject)),
        (iri(subject), iri("rdf:type"), iri(class_named(class_name).iri)),
        (iri(subject), iri("nboq:name"), literal(named)),
        (iri(subject), iri("nboq:id"), literal(fragment)),
    }
    _keep(workspace, instrument, added, author=author, valid_from=day)
    return subject


def remove_component(
    workspace: Workspace,
    instrument: str,
    subject: str,
    *,
    author: str,
    valid_from: str = "",
) -> int | None:
    """Take a component, with its parts, off a microscope."""
    graph = RecordGraph(workspace.catalogue.effective(instrument))
    _class_of(graph, subject)
    day = day_of(valid_from) if valid_from.strip() else ""
    path = expand("nboq:component")
    links = {one for one in graph.values(instrument, path) if one != iri(subject)}
    added = {(iri(instrument), iri(path), one) for one in links}
    if not links:
        added.add(tombstone(iri(instrument), iri(path)))
    for one in graph.subjects:
        if one == subject or one.startswith(f"{subject}-"):
            added |= {tombstone(iri(one), iri(p)) for p in graph.predicates(one)}
    for one in graph.referring_to(subject):
        for predicate in graph.predicates(one) if one != instrument else ():
            kept = graph.values(one, predicate)
            if iri(subject) in kept:
                others = {(iri(one), iri(predicate), t) for t in kept} - {
                    (iri(one), iri(predicate), iri(subject))
                }
                added |= others or {tombstone(iri(one), iri(predicate))}
    return _keep(workspace, instrument, added, author=author, valid_from=day)


def _class_of(graph: RecordGraph, subject: str) -> str:
    known = next(filter(None, map(class_for, graph.types(subject))), None)
    if known is None:
        raise NotFoundError(_("There is no such component"), found=subject[-80:])
    return known.name
