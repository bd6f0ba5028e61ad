"""Contradictions of an image and its file: both values, whose they are, the choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.contradiction import contradiction_in, side_words
from fair_imagic.i18n import current_language
from fair_imagic.model import Fileset, Image, RecordGraph, slot_named
from fair_imagic.rdf import text_of
from fair_imagic.workflow.base.contradictions import contradictions_of

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["ContradictionRow", "contradictions_on"]


@dataclass(frozen=True, kw_only=True)
class ContradictionRow:
    """A contradiction in words; without ``choices`` no value settles it.

    ``field`` is what carries it: ``record_contradiction`` of the image, or
    ``contradiction`` of its file.
    """

    field: str
    words: str
    choices: tuple[str, ...]


def contradictions_on(
    workspace: Workspace, image: str, fileset: str | None
) -> tuple[ContradictionRow, ...]:
    """Return the contradictions of an image with its microscope, and of its file."""
    found = [*_rows(workspace, image, Image.__name__, "record_contradiction")]
    if fileset:
        found += _rows(workspace, fileset, Fileset.__name__, "contradiction")
    return tuple(found)


def _rows(
    workspace: Workspace, subject: str, class_name: str, field: str
) -> list[ContradictionRow]:
    slot = slot_named(class_name, field)
    graph = RecordGraph(workspace.catalogue.effective(subject))
    open_ones = contradictions_of(workspace, subject, slot)
    by_text = {one.told.text: one.told for one in open_ones}
    language = current_language()
    found = []
    for term in graph.values(subject, slot.iri):
        text = text_of(term)
        told = by_text.get(text)
        sides = told.sides if told else ()
        choices = tuple(side_words(told.key(s), language) for s in sides if told)
        words = contradiction_in(text)
        found.append(
            ContradictionRow(
                field=field, words=words.words if words else text, choices=choices
            )
        )
    return found
