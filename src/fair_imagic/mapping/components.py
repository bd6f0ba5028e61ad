"""The components of a microscope record, as far as matching needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.number import decimal_of
from fair_imagic.model.slots import class_for
from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from fair_imagic.model.graph import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["Component", "components_of"]

_NBOQ = expand("nboq:")


@dataclass(frozen=True, slots=True)
class Component:
    """A component: its class with all superclasses, and its values by property.

    ``bands`` are (centre, width) in nm of the light that a filter lets through.
    """

    iri: str
    classes: frozenset[str]
    values: dict[str, list[Term]]
    bands: tuple[tuple[Decimal, Decimal], ...] = ()

    def is_a(self, class_name: str) -> bool:
        """Return whether it belongs to a class or one below it."""
        return class_name in self.classes

    def text(self, name: str) -> str:
        """Return the first value of an NBO-Q property as text, or ``""``."""
        found = [
            term
            for term in self.values.get(f"{_NBOQ}{name}", [])
            if not term.startswith("<")
        ]
        return text_of(found[0]).strip() if found else ""

    def number(self, name: str) -> Decimal | None:
        """Return the first value of an NBO-Q property as a number, or None."""
        return decimal_of(self.text(name))

    @property
    def label(self) -> str:
        """What a person calls it."""
        return self.text("name") or self.text("model") or self.iri.rpartition("#")[2]


def components_of(graph: RecordGraph, instrument_iri: str) -> list[Component]:
    """Return the components of an instrument, with the values of their parts.

    Values of a light source's wavelength ranges are joined to those of the source.
    """
    found = []
    for term in graph.values(instrument_iri, f"{_NBOQ}component"):
        part = text_of(term)
        values = _values(graph, part)
        for inner_term in values.get(f"{_NBOQ}illuminationWavelengthRange", []):
            for predicate, terms in _values(graph, text_of(inner_term)).items():
                values.setdefault(predicate, []).extend(terms)
        bands = tuple(_bands(graph, values))
        found.append(Component(part, _classes(graph, part), values, bands))
    return sorted(found, key=lambda component: component.iri)


def _bands(
    graph: RecordGraph, values: dict[str, list[Term]]
) -> Iterator[tuple[Decimal, Decimal]]:
    for term in values.get(f"{_NBOQ}transmittanceRange", []):
        band = Component("", frozenset(), _values(graph, text_of(term)))
        centre, width = band.number("wavelength"), band.number("fwhmBandwidth")
        if centre is not None and width is not None:
            yield centre, width


def _values(graph: RecordGraph, subject: str) -> dict[str, list[Term]]:
    values: dict[str, list[Term]] = {}
    for _subject, predicate, value in graph.describe(subject):
        values.setdefault(text_of(predicate), []).append(value)
    return values


def _classes(graph: RecordGraph, subject: str) -> frozenset[str]:
    names: set[str] = set()
    for type_iri in graph.types(subject):
        model_class = class_for(type_iri)
        if model_class is not None:
            names |= {model_class.name, *model_class.ancestors}
    return frozenset(names)
