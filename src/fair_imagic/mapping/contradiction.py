"""What a file says about its microscope and the record in force does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.mapping.components import Component, components_of
from fair_imagic.mapping.image import objective_iri
from fair_imagic.mapping.match_words import number_of, same_number
from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from decimal import Decimal

    from fair_imagic.model.graph import RecordGraph

__all__ = ["contradictions"]


def contradictions(
    image_iri: str,
    image_graph: RecordGraph,
    instrument_iri: str,
    instrument_graph: RecordGraph,
) -> tuple[str, ...]:
    """Return each contradiction as ``field: file | record``, the same in any language.

    ``image_graph`` holds what the file says. Where the record has no objective, or
    one without numbers, nothing can contradict it.
    """
    parts = components_of(instrument_graph, instrument_iri)
    objectives = [part for part in parts if part.is_a("Objective")]
    magnification = _said(image_graph, image_iri, "magnification")
    if magnification == 1:  # what some programs write for "unknown"
        magnification = None
    aperture = _said(image_graph, image_iri, "lensNA")
    fitting = objectives
    found = []
    if magnification is not None:
        fitting = _with(objectives, "magnification", magnification)
        if not fitting and objectives:
            found.append(_sentence("Magnification", magnification, objectives))
    if aperture is not None and fitting and not _with(fitting, "lensNA", aperture):
        found.append(_sentence("LensNA", aperture, fitting))
    return tuple(found)


def _said(graph: RecordGraph, image_iri: str, name: str) -> Decimal | None:
    terms = graph.values(objective_iri(image_iri), expand(f"nboq:{name}"))
    return number_of(text_of(terms[0])) if terms else None


def _with(parts: list[Component], name: str, value: Decimal) -> list[Component]:
    """Return the parts with this value; one without any value may have it."""
    return [
        part
        for part in parts
        if part.number(name) is None or same_number(part.number(name), value)
    ]


def _sentence(field: str, value: Decimal, parts: list[Component]) -> str:
    name = {"Magnification": "magnification", "LensNA": "lensNA"}[field]
    held = sorted({part.number(name) or value for part in parts})
    return f"{field}: {value:f} | {', '.join(f'{one:f}' for one in held)}"
