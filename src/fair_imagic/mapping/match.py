"""Which component of a microscope an image was made with, and what it fills in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from fair_imagic.i18n import _
from fair_imagic.mapping.components import Component, components_of
from fair_imagic.mapping.described import described
from fair_imagic.mapping.image import MappedStatement, channel_iri, objective_iri
from fair_imagic.mapping.match_filters import matched_filters
from fair_imagic.mapping.match_lights import matched_light
from fair_imagic.mapping.match_objective import best_objective
from fair_imagic.mapping.match_words import alike, same_text
from fair_imagic.rdf import curie, expand, iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.model.graph import RecordGraph
    from fair_imagic.readers.base import RawFact, RawImage

__all__ = [
    "ComponentMatch",
    "Confidence",
    "Matches",
    "match_components",
    "match_objective",
]


_CHANNEL = re.compile(r"Image/Pixels/Channel\[(\d+)\]/")
_LINKS = {
    "detector": "fi:detector",
    "light source": "fi:lightSource",
    "filter": "fi:filter",
}
_NO_ANSWER = f"<{expand('fi:')}"


class Confidence(StrEnum):
    """How sure a match is; an unsure one fills nothing in."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class ComponentMatch:
    """A component that a part of an image's description stands for.

    ``part`` is the IRI of the objective or channel, ``role`` one of ``objective``,
    ``detector``, ``light source``, ``filter``; ``reason`` is a sentence for a person.
    """

    part: str
    role: str
    component: str
    label: str
    confidence: Confidence
    reason: str


@dataclass(frozen=True, slots=True)
class Matches:
    """All matches of an image, and what the microscope record says beyond the file.

    Iterating gives the statements.
    """

    matches: tuple[ComponentMatch, ...]
    statements: tuple[MappedStatement, ...]

    def __iter__(self) -> Iterator[MappedStatement]:
        """Return the statements one after the other."""
        return iter(self.statements)


def match_components(
    image_iri: str,
    image_graph: RecordGraph,
    instrument_iri: str,
    instrument_graph: RecordGraph,
    *,
    facts: Iterable[RawFact] = (),
) -> Matches:
    """Match objective, detectors and light sources of an image to a microscope.

    ``image_graph`` holds what the file says in the model's terms, ``facts`` the raw
    ones, which name detectors and serial numbers too. The statements hold only what
    the file does not say itself; they are for a source of the kind *instrument*.
    """
    image = described(image_iri, image_graph, facts)
    components = components_of(instrument_graph, instrument_iri)
    matches = list(_objective(image, components, image_iri))
    statements = [
        statement
        for match in matches
        for statement in _filled(match, image_graph, components)
    ]
    for match in _channels(image, components, image_iri):
        matches.append(match)
        statements += _link(match)
    return Matches(tuple(matches), tuple(statements))


def match_objective(
    image_iri: str,
    image_graph: RecordGraph,
    instrument_iri: str,
    instrument_graph: RecordGraph,
) -> ComponentMatch | None:
    """Return the component that is an image's objective; None where that is unsure."""
    image = described(image_iri, image_graph)
    components = components_of(instrument_graph, instrument_iri)
    found = next(_objective(image, components, image_iri), None)
    if found is None or found.confidence is Confidence.UNSURE:
        return None
    return found


def _objective(
    image: RawImage, components: list[Component], image_iri: str
) -> Iterator[ComponentMatch]:
    objectives = [part for part in components if part.is_a("Objective")]
    found = best_objective(image, objectives)
    if found is not None:
        component, confidence, reason = found
        yield ComponentMatch(
            part=objective_iri(image_iri),
            role="objective",
            component=component.iri,
            label=component.label,
            confidence=Confidence(confidence),
            reason=reason,
        )


def _filled(
    match: ComponentMatch, image: RecordGraph, components: list[Component]
) -> Iterator[MappedStatement]:
    """Yield the component's values for the properties that the file leaves open."""
    if match.confidence is Confidence.UNSURE:
        return
    told = {curie(predicate) for predicate in image.predicates(match.part)}
    component = next(part for part in components if part.iri == match.component)
    for predicate, terms in component.values.items():
        name = curie(predicate)
        base = name.removesuffix("Unit")
        if not name.startswith("nboq:") or name in told or base in told:
            continue
        for term in terms:
            if term.startswith(_NO_ANSWER):
                continue  # "unknown" fills nothing in
            triple = (iri(match.part), iri(predicate), term)
            yield MappedStatement(triple, _place(match), name)


def _channels(
    image: RawImage, components: list[Component], image_iri: str
) -> Iterator[ComponentMatch]:
    keys = {_CHANNEL.match(item.key) for item in image.facts}
    numbers = sorted({int(match[1]) for match in keys if match is not None})
    for index in numbers:
        part = channel_iri(image_iri, index)
        for role, found in (
            ("detector", _detector(image, index, components)),
            ("light source", matched_light(image, index, components)),
            *(("filter", one) for one in matched_filters(image, index, components)),
        ):
            if found is not None:
                component, confidence, reason = found
                yield ComponentMatch(
                    part=part,
                    role=role,
                    component=component.iri,
                    label=component.label,
                    confidence=Confidence(confidence),
                    reason=reason,
                )


def _detector(
    image: RawImage, index: int, components: list[Component]
) -> tuple[Component, str, str] | None:
    detectors = [part for part in components if part.is_a("Detector")]
    key = f"Image/Pixels/Channel[{index}]/Detector"
    for name, property_name in (
        ("SerialNumber", "catalogNumber"),
        ("ID", "id"),
        ("Model", "model"),
        ("Model", "name"),
    ):
        told = image.first(f"{key}/{name}")
        fitting = [
            part
            for part in detectors
            if told is not None and same_text(told.value, part.text(property_name))
        ]
        if len(fitting) == 1 and told is not None:
            reason = _("same {property}: {value}").format(
                property=property_name, value=told.value
            )
            sure = "likely" if name == "Model" else "certain"
            return fitting[0], sure, reason
    return _only_detector(image, key, detectors)


def _only_detector(
    image: RawImage, key: str, detectors: list[Component]
) -> tuple[Component, str, str] | None:
    """Return the only detector; unsure where the file names another one."""
    if len(detectors) != 1:
        return None
    reason = _("the only detector of the microscope")
    told = image.first(f"{key}/Model") or image.first(f"{key}/Type")
    part = detectors[0]
    mode = image.first(f"{key.rpartition('/')[0]}/AcquisitionMode")
    if mode is not None and "Scanning" in mode.value and part.is_a("Camera"):
        return part, "unsure", _("the only detector is a camera, the mode is scanning")
    if told is None or alike(told.value, (part.text("model"), part.text("name"))):
        return part, "likely", reason
    other = _("but the file names {found}").format(found=told.value)
    return part, "unsure", f"{reason}, {other}"


def _link(match: ComponentMatch) -> Iterator[MappedStatement]:
    if match.confidence is Confidence.UNSURE:
        return
    link = _LINKS[match.role]
    triple = (iri(match.part), iri(link), iri(match.component))
    yield MappedStatement(triple, _place(match), link)


def _place(match: ComponentMatch) -> str:
    """Return the component and how sure the match is: kept with each value."""
    return f"{match.component} ({match.confidence})"
