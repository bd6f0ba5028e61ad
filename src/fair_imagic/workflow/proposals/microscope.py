"""Proposals from the microscope records: which microscope, and what its parts are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks import Confidence, Proposal
from fair_imagic.entry.quantity import with_unit
from fair_imagic.i18n import both
from fair_imagic.mapping.components import components_of
from fair_imagic.mapping.match_words import same_text
from fair_imagic.rdf import PREFIXES, curie, text_of
from fair_imagic.workflow.base.label import label_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.mapping import ComponentMatch
    from fair_imagic.mapping.components import Component
    from fair_imagic.workflow.proposals.evidence import Evidence, Point

__all__ = ["from_microscope"]

_NO_ANSWER = PREFIXES["fi"]
_KEY = "Instrument/Microscope"


def from_microscope(evidence: Evidence, point: Point) -> Proposal | None:
    """Propose the microscope that a file names, or what the record of its parts says.

    A match that is not sure gives a proposal that is not sure.
    """
    if point.seen is not None or "/image/" not in point.record:
        return None
    if point.class_name == "Image" and point.slot.name == "instrument":
        return _instrument(evidence, point.record)
    for match in _matches(evidence, point):
        instrument = evidence.instrument_of(point.record)
        graph = evidence.instrument_graph(instrument)
        part = next(
            one
            for one in components_of(graph, instrument)
            if one.iri == match.component
        )
        text = _value(point, match, part)
        if text:
            title = label_in(graph.describe(instrument), instrument)
            return Proposal(
                value=text,
                source=both(
                    "microscope record {title}: {part}", title=title, part=match.label
                ),
                confidence=Confidence(str(match.confidence)),
            )
    return None


def _matches(evidence: Evidence, point: Point) -> Iterator[ComponentMatch]:
    if "#" not in point.subject:
        return
    found = evidence.matches(point.record)
    for match in found.matches if found is not None else ():
        if match.part == point.subject:
            yield match


def _value(point: Point, match: ComponentMatch, part: Component) -> str:
    """Return what the part says for the field, or the part where that is asked."""
    if match.role.replace(" ", "_") == point.slot.name.removesuffix("s"):
        return part.iri
    if match.role != "objective":
        return ""  # the values of a lamp or a camera are not those of a channel
    terms = part.values.get(point.slot.iri, [])
    texts = [text_of(term) for term in terms if not term.startswith(f"<{_NO_ANSWER}")]
    units = part.values.get(f"{point.slot.iri}Unit", [])
    unit = curie(text_of(units[0])) if units else ""
    return with_unit(texts[0], unit) if texts else ""


def _instrument(evidence: Evidence, image: str) -> Proposal | None:
    """Return the one microscope whose stand has the file's serial number or model."""
    for key, properties, confidence in (
        ("SerialNumber", ("catalogNumber", "id"), Confidence.CERTAIN),
        ("Model", ("model", "name"), Confidence.LIKELY),
    ):
        told = evidence.fact(image, f"{_KEY}/{key}")
        if told is None:
            continue
        fitting = [
            record
            for record, graph in evidence.instruments.items()
            if any(
                same_text(told.value, part.text(name))
                for part in components_of(graph, record)
                if part.is_a("MicroscopeStand")
                for name in properties
            )
        ]
        if len(fitting) == 1:
            return Proposal(
                value=fitting[0],
                source=both("the file names the microscope {name}", name=told.value),
                confidence=confidence,
            )
    return None
