"""Contradictions of images and their files: what can be chosen, and what that says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.entry.contradiction import Contradiction, contradiction_in, side_of
from fair_imagic.i18n import both
from fair_imagic.model import Image, RecordGraph, slots_of, term_for
from fair_imagic.rdf import expand, iri, record_of, text_of
from fair_imagic.workflow.base.listing import rows

if TYPE_CHECKING:
    from fair_imagic.entry import Reading
    from fair_imagic.model import Slot
    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["OpenContradiction", "contradictions_of", "settled"]

_IMAGES = "SELECT ?image WHERE {{ ?image fi:fileset <{fileset}> }}"


@dataclass(frozen=True, kw_only=True)
class OpenContradiction:
    """A contradiction, and the things whose field a choice corrects."""

    told: Contradiction
    subjects: tuple[str, ...]
    slot: Slot

    def said_with(self, number: int) -> tuple[Triple, ...]:
        """Return what the choice of a side says."""
        value = term_for(self.slot, self.told.sides[number].value)
        return tuple((iri(one), iri(self.slot.iri), value) for one in self.subjects)


def contradictions_of(
    workspace: Workspace, subject: str, slot: Slot
) -> tuple[OpenContradiction, ...]:
    """Return the contradictions of an image or a file that a choice settles."""
    graph = RecordGraph(workspace.catalogue.effective(record_of(subject)))
    found = []
    for term in graph.values(subject, slot.iri):
        told = contradiction_in(text_of(term))
        if told is None or told.slot is None:
            continue
        about = _of_objective if slot.name == "record_contradiction" else _of_images
        open_one = about(workspace, subject, told, told.slot)
        if open_one is not None:
            found.append(open_one)
    return tuple(found)


def settled(
    workspace: Workspace, subject: str, slot: Slot, reading: Reading
) -> Reading:
    """Return what chosen sides say: the corrected fields, and what stays open."""
    graph = RecordGraph(workspace.catalogue.effective(record_of(subject)))
    known = {one.told.text: one for one in contradictions_of(workspace, subject, slot)}
    chosen = dict(side_of(text_of(term)) for _path, term in reading.terms)
    stays = [
        (slot.iri, term)
        for term in graph.values(subject, slot.iri)
        if text_of(term) not in chosen
    ]
    told = [(known[text], number) for text, number in chosen.items()]
    return replace(
        reading,
        terms=tuple(stays),
        others=tuple(t for one, number in told for t in one.said_with(number)),
        because="; ".join(_reason(one.told, number) for one, number in told),
        note=_note(told[0][0].told, told[0][1]),
    )


def _reason(told: Contradiction, number: int) -> str:
    side = told.sides[number]
    return f"{told.text}: {side.value} as in the {side.origin['en']}"


def _note(told: Contradiction, number: int) -> dict[str, str]:
    side = told.sides[number]
    return both("{value} chosen", value=side.value)


def _of_objective(
    workspace: Workspace, image: str, told: Contradiction, slot: Slot
) -> OpenContradiction | None:
    graph = RecordGraph(workspace.catalogue.effective(image))
    parts = [text_of(one) for one in graph.values(image, expand("fi:objective"))]
    if not parts:
        return None
    return OpenContradiction(told=told, subjects=tuple(parts), slot=slot)


def _of_images(
    workspace: Workspace, fileset: str, told: Contradiction, slot: Slot
) -> OpenContradiction | None:
    """Return the images of a file that have one of the two values."""
    own = next((one for one in slots_of(Image.__name__) if one.iri == slot.iri), None)
    if own is None:
        return None
    values = {term_for(own, side.value) for side in told.sides}
    images = sorted(
        image
        for (image,) in rows(workspace, _IMAGES.format(fileset=fileset))
        if values & set(_held(workspace, image, own))
    )
    if not images:
        return None
    return OpenContradiction(told=told, subjects=tuple(images), slot=own)


def _held(workspace: Workspace, image: str, slot: Slot) -> tuple[str, ...]:
    graph = RecordGraph(workspace.catalogue.effective(image))
    return tuple(graph.values(image, slot.iri))
