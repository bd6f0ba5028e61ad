"""A text given to a field of an image, a sample or a set, whatever the field is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.model import ANSWERS, RecordGraph, class_named
from fair_imagic.rdf import PREFIXES, iri, record_of, text_of

if TYPE_CHECKING:
    from fair_imagic.workflow.base.door import Door
    from fair_imagic.workflow.base.edits import Edits
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.paths import Place

__all__ = ["give"]


def give(
    workspace: Workspace,
    edits: Edits,
    door: Door,
    place: Place,
    text: str,
    *,
    where: str = "",
    cell: str = "",
) -> None:
    """Give a field what a text says; ``where`` is for messages.

    ``cell`` is the place of the text in a file, which is kept with the value.

    A part that is named (an objective by what is printed on it) is described as the
    microscope's record has it. Raises :class:`~fair_imagic.errors.InputError` for what
    the field cannot hold, and for what can be understood in more than one way.
    """
    reading = door.read(text, place.slot, subject=place.subject, where=where)
    component = text_of(reading.terms[0][1]) if reading.terms else ""
    if place.slot.part and component not in ANSWERS:
        _describe_as(workspace, edits, place, component)
        edits.note(place.slot, reading)
    else:
        edits.take(place.subject, place.slot, reading, place=cell)


def _describe_as(
    workspace: Workspace, edits: Edits, place: Place, component: str
) -> None:
    """Say of a part of an image what the microscope says of a component."""
    part = f"{place.subject}#{place.slot.name}"
    graph = RecordGraph(workspace.catalogue.effective(record_of(component)))
    pairs = [
        (predicate, term)
        for predicate in graph.predicates(component)
        for term in graph.values(component, predicate)
        if predicate.startswith(PREFIXES["nboq"]) and text_of(term) not in ANSWERS
    ]
    edits.put(place.subject, [(place.slot.iri, iri(part))], place=component)
    edits.describe_as(part, class_named(place.slot.range).iri)
    edits.put(part, pairs, place=component)
