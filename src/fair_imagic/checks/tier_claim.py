"""The NBO-Q tier that a set claims, and the one that it reaches.

A tier is reached where no obligatory point of it or of a lower one is left: of the
microscope records, of what the images themselves say, and of how fresh the calibration
was. A value that its field cannot have counts as one that is not there. A tier is a
claim: it never keeps anything from being published.
"""

from __future__ import annotations

import dataclasses
import functools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity
from fair_imagic.checks.tiers import TIERS
from fair_imagic.model import class_names, slots_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fair_imagic.checks.finding import Finding
    from fair_imagic.checks.profile import Profile
    from fair_imagic.checks.report import Report
    from fair_imagic.checks.rule import Rule

__all__ = ["TierClaim", "TierGap", "TierState", "speaks_of_tiers", "with_claim"]

_PREFIX = "nboq-tier-"


@dataclass(frozen=True, kw_only=True)
class TierGap:
    """What one rule of a tier misses, and how often."""

    code: str
    message: Mapping[str, str]
    count: int


@dataclass(frozen=True, kw_only=True)
class TierState:
    """What a tier asks beyond the one below and is not there, the most frequent first.

    Only what is obligatory counts.
    """

    tier: int
    gaps: tuple[TierGap, ...]

    @property
    def points(self) -> int:
        """Return the number of points to fix."""
        return sum(gap.count for gap in self.gaps)


@dataclass(frozen=True, kw_only=True)
class TierClaim:
    """The tier claimed (None for none), and the state of every tier."""

    declared: int | None
    tiers: tuple[TierState, ...]

    @property
    def reached(self) -> int:
        """Return the highest tier that is met, 0 for none."""
        met = 0
        for state in self.tiers:
            if state.gaps:
                break
            met = state.tier
        return met

    @property
    def keeps_promise(self) -> bool:
        """Return whether the claimed tier is reached; a set may claim none."""
        return self.declared is None or self.reached >= self.declared

    def to_dict(self) -> dict[str, object]:
        """Return the claim as JSON-ready data."""
        return {
            "declared": self.declared,
            "reached": self.reached,
            "tiers": [
                {
                    "tier": state.tier,
                    "points": state.points,
                    "gaps": [
                        {"code": one.code, "count": one.count} for one in state.gaps
                    ],
                }
                for state in self.tiers
            ],
        }


def speaks_of_tiers(profiles: Sequence[Profile]) -> bool:
    """Return whether one of the requirements is a tier."""
    return any(p.token.startswith(_PREFIX) for one in profiles for p in one.lineage)


def with_claim(
    report: Report, asked: Sequence[Profile], *, declared: int | None
) -> Report:
    """Return a report on the requirements asked for, with the state of all tiers.

    ``report`` was made with the highest tier too: of that one only the claim is kept
    where it was not asked for.
    """
    tokens = {"model", "check", *(t for one in asked for t in one.tokens)}
    return dataclasses.replace(
        report,
        profiles=tuple(asked),
        findings=tuple(one for one in report.findings if one.profile in tokens),
        focus_counts={
            code: count
            for code, count in report.focus_counts.items()
            if code.partition("/")[0] in tokens
        },
        tallies=(),
        tier_claim=TierClaim(
            declared=declared, tiers=tuple(_state(report, tier) for tier in TIERS)
        ),
    )


def _is_wrong_value(one: Finding | Rule, tier: int) -> bool:
    """Return whether the model refuses the value of a field of this tier."""
    return one.profile == "model" and _tiers().get(one.path or "") == tier


@functools.cache
def _tiers() -> Mapping[str, int]:
    """Return the lowest tier in which each property is a field of some class."""
    found: dict[str, int] = {}
    for name in class_names():
        for slot in slots_of(name):
            if slot.tier is not None:
                found[slot.iri] = min(slot.tier, found.get(slot.iri, slot.tier))
    return found


def _state(report: Report, tier: int) -> TierState:
    token = f"{_PREFIX}{tier}"
    messages: dict[str, Mapping[str, str]] = {}
    counts: Counter[str] = Counter()
    counted: list[tuple[Finding | Rule, int]] = [(one, 1) for one in report.findings]
    counted += [(tally.rule, tally.count) for tally in report.tallies]
    for one, count in counted:
        of_tier = one.profile == token or _is_wrong_value(one, tier)
        if of_tier and one.severity is Severity.MUST:
            messages.setdefault(one.code, one.message)
            counts[one.code] += count
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return TierState(
        tier=tier,
        gaps=tuple(
            TierGap(code=code, message=messages[code], count=count)
            for code, count in ordered
        ),
    )
