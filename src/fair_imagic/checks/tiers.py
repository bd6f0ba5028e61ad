"""Tiers: how complete a microscope record is, part by part, and which tier it meets.

The rule is that of the Micro-Meta App: tier N is met when every required field of a
tier up to N is there, on each component present. On top of it, some components must be
there at all. An answer such as "unknown" counts as an answer and is counted apart; so
are placeholders: words that say nothing, and numbers that no real part can have.

So there are two figures: up to which tier all fields are present, and up to which tier
the values are plausible. A tier is reached where both say so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from fair_imagic.checks.value_tests import value_test
from fair_imagic.entry.limit import is_within
from fair_imagic.entry.number import decimal_of
from fair_imagic.model import ANSWERS, class_for, class_named, slots_of
from fair_imagic.model.part_name import part_name
from fair_imagic.rdf import expand, is_iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fair_imagic.model import RecordGraph, Slot
    from fair_imagic.rdf import Term

__all__ = [
    "MINIMUM_COMPONENTS",
    "TIERS",
    "Completeness",
    "FieldState",
    "State",
    "TierCount",
    "TierReport",
    "says_nothing",
    "state_of",
    "tier_report",
]

TIERS = (1, 2, 3)
# The list of the Micro-Meta App, and the stand that carries all of it.
MINIMUM_COMPONENTS = ("MicroscopeStand", "LightSource", "Objective", "Detector")
_NUMBERS = ("decimal", "integer", "nonNegativeInteger")
_COMPONENT = expand("nboq:component")
_LABELS = tuple(expand(name) for name in ("nboq:name", "dcterms:title", "nboq:model"))


class State(StrEnum):
    """What stands in a required field."""

    COMPLETE = "complete"
    UNKNOWN = "unknown"
    PLACEHOLDER = "placeholder"
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True)
class FieldState:
    """One required field of one component."""

    slot: Slot
    state: State


@dataclass(frozen=True, kw_only=True)
class TierCount:
    """How many required fields of one tier are in which state."""

    complete: int = 0
    unknown: int = 0
    placeholder: int = 0
    missing: int = 0

    @property
    def required(self) -> int:
        """Return the number of required fields."""
        return self.answers + self.missing

    @property
    def answers(self) -> int:
        """Return how many have an answer, of whatever worth."""
        return self.complete + self.unknown + self.placeholder

    def to_dict(self) -> dict[str, int]:
        """Return the counts as JSON-ready data."""
        return {
            "required": self.required,
            "answered": self.answers,
            **{str(state): getattr(self, state) for state in State},
        }


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """The required fields of one component; ``others`` are the rest with values."""

    iri: str
    label: str
    kind: Mapping[str, str]
    fields: tuple[FieldState, ...]
    others: tuple[FieldState, ...] = ()

    def count(self, *tiers: int) -> TierCount:
        """Return the counts of these tiers together, of all without any."""
        return _count(self.fields, tiers or TIERS)


@dataclass(frozen=True, kw_only=True)
class TierReport:
    """What a microscope record declares and meets.

    ``by_fields`` is the highest tier by the rule of the Micro-Meta App (0 for none),
    ``highest`` also wants the minimum components; ``absent`` names those not there.
    ``plausible`` is the highest tier up to which no value is a placeholder.
    """

    declared: int | None
    components: tuple[Completeness, ...]
    absent: tuple[str, ...]

    def count(self, *tiers: int) -> TierCount:
        """Return the counts of these tiers together, over all components."""
        fields = (field for one in self.components for field in one.fields)
        return _count(fields, tiers or TIERS)

    @property
    def by_fields(self) -> int:
        """Return the highest tier up to which no required field is missing."""
        met = 0
        for tier in TIERS:
            if not self.components or self.count(tier).missing:
                break
            met = tier
        return met

    @property
    def highest(self) -> int:
        """Return the highest tier met, minimum components included."""
        return 0 if self.absent else self.by_fields

    def values(self, *tiers: int) -> tuple[int, int]:
        """Return how many values of these tiers there are, and how many plausible."""
        wanted = tiers or TIERS
        states = [
            field.state
            for one in self.components
            for field in (*one.fields, *one.others)
            if (field.slot.tier or 1) in wanted and field.state is not State.MISSING
        ]
        return len(states), sum(one is not State.PLACEHOLDER for one in states)

    @property
    def plausible(self) -> int:
        """Return the highest tier up to which all values are plausible."""
        met = 0
        for tier in TIERS:
            given, plausible = self.values(tier)
            if plausible < given:
                break
            met = tier
        return met

    @property
    def reached(self) -> int:
        """Return the tier up to which fields are present and values plausible."""
        return min(self.highest, self.plausible)

    @property
    def keeps_promise(self) -> bool:
        """Return whether the declared tier is reached; a record may declare none."""
        return self.declared is None or self.reached >= self.declared

    def to_dict(self) -> dict[str, object]:
        """Return the report as JSON-ready data, keys in a fixed order."""
        return {
            "declared": self.declared,
            "highest": self.highest,
            "byFields": self.by_fields,
            "plausible": self.plausible,
            "reached": self.reached,
            "absent": list(self.absent),
            "tiers": {str(tier): self.count(tier).to_dict() for tier in TIERS},
            "components": [
                {
                    "iri": one.iri,
                    "label": one.label,
                    "kind": dict(one.kind),
                    "tiers": {str(t): one.count(t).to_dict() for t in TIERS},
                    "missing": _named(one.fields, State.MISSING),
                    "placeholder": _named(one.fields, State.PLACEHOLDER),
                }
                for one in self.components
            ],
        }


def tier_report(
    graph: RecordGraph, instrument: str, *, declared: int | None = None
) -> TierReport:
    """Return how complete a microscope is; ``declared`` is the tier it claims."""
    parts = sorted(text_of(term) for term in graph.values(instrument, _COMPONENT))
    components = tuple(_component(graph, part) for part in parts)
    kinds = {name for part in parts for name in _kinds(graph, part)}
    absent = tuple(name for name in MINIMUM_COMPONENTS if name not in kinds)
    return TierReport(declared=declared, components=components, absent=absent)


def state_of(slot: Slot, values: Iterable[Term]) -> State:
    """Return the state of a field that has these values."""
    found = list(values)
    if not found:
        return State.MISSING
    if all(text_of(value) in ANSWERS for value in found):
        return State.UNKNOWN
    if any(_says_nothing(slot, value) for value in found):
        return State.PLACEHOLDER
    return State.COMPLETE


def _says_nothing(slot: Slot, value: Term) -> bool:
    return not is_iri(value) and says_nothing(slot, text_of(value))


def says_nothing(slot: Slot, text: str) -> bool:
    """Return whether a text only keeps a place: ``TBD``, or a number none can have."""
    if text in slot.values:
        return False
    return not value_test("no-placeholder")(text) or _is_impossible(slot, text)


def _is_impossible(slot: Slot, text: str) -> bool:
    if (slot.datatype or "").rpartition("#")[2] not in _NUMBERS:
        return False
    number = decimal_of(text)
    return number is None or not is_within(slot, number)


def _component(graph: RecordGraph, part: str) -> Completeness:
    known = [held for name in graph.types(part) if (held := class_for(name))]
    fields = tuple(
        FieldState(slot=slot, state=state_of(slot, graph.values(part, slot.iri)))
        for held in known[:1]
        for slot in slots_of(held.name)
        if slot.required and slot.tier in TIERS
    )
    others = tuple(
        FieldState(slot=slot, state=state_of(slot, values))
        for held in known[:1]
        for slot in slots_of(held.name)
        if not slot.required and (values := graph.values(part, slot.iri))
    )
    kind = known[0].label if known else class_named("Component").label
    label = _label(graph, part)
    return Completeness(iri=part, label=label, kind=kind, fields=fields, others=others)


def _kinds(graph: RecordGraph, part: str) -> set[str]:
    known = [held for name in graph.types(part) if (held := class_for(name))]
    return {name for held in known for name in (held.name, *held.ancestors)}


def _label(graph: RecordGraph, part: str) -> str:
    for predicate in _LABELS:
        texts = [text_of(v) for v in graph.values(part, predicate) if not is_iri(v)]
        if texts:
            return min(texts)
    return part_name(part, graph.types(part)) or part.rpartition("#")[2]


def _count(fields: Iterable[FieldState], tiers: Iterable[int]) -> TierCount:
    wanted = set(tiers)
    states = Counter(one.state for one in fields if one.slot.tier in wanted)
    return TierCount(**{str(state): number for state, number in states.items()})


def _named(fields: Iterable[FieldState], state: State) -> list[str]:
    return [one.slot.iri for one in fields if one.state is state]
