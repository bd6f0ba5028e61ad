"""First steps: the acts that open most targets and remove most points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.checks.cause import Cause
    from fair_imagic.checks.profile import Profile
    from fair_imagic.checks.report import Report

__all__ = ["Step", "first_steps", "steps_of"]

MOST_STEPS = 5


@dataclass(frozen=True, kw_only=True)
class Step:
    """One act: ``frees`` are the targets that nothing blocks any more after it.

    The steps before it are taken as done. ``helps`` are all targets of which it removes
    an obligatory point, ``stops`` those that it stops now.
    """

    cause: Cause
    frees: tuple[Profile, ...]
    helps: tuple[Profile, ...]
    stops: tuple[Profile, ...]

    @property
    def points(self) -> int:
        """Return how many points the act removes."""
        return self.cause.count


def first_steps(report: Report, *, most: int = MOST_STEPS) -> tuple[Step, ...]:
    """Return the acts to begin with, the most useful first.

    Only obligatory points are worth a first step; the rest can wait.
    """
    obligatory = (one for one in report.steps if one.helps)
    return tuple(step for step, _number in zip(obligatory, range(most), strict=False))


def steps_of(report: Report, causes: Sequence[Cause]) -> tuple[Step, ...]:
    """Return all causes with what they are good for, the most useful first.

    First what opens a target, then what stops most targets, then what removes most
    points with least effort; what is only recommended comes after what is obligatory.
    """
    plan = _Plan(report, causes)
    order = sorted(range(len(causes)), key=plan.worth)
    waiting = dict.fromkeys(order)
    steps: list[Step] = []
    while waiting:
        # A cause opens a target only where it alone still blocks it: there are at
        # most as many such causes as targets, all others keep their order.
        opening = min(plan.opening(), key=plan.rank, default=None)
        number = next(iter(waiting)) if opening is None else opening
        del waiting[number]
        steps.append(plan.take(number))
    return tuple(steps)


class _Plan:
    """The causes that wait, and for each target those that still block it."""

    def __init__(self, report: Report, causes: Sequence[Cause]) -> None:
        self.causes = causes
        self.profiles = {p.token: p for p in report.profiles}
        self.blocking: dict[str, set[int]] = {token: set() for token in self.profiles}
        self.helps: list[list[str]] = []
        self.stops: list[list[str]] = []
        for number, cause in enumerate(causes):
            self._note(report, number, cause)

    def _note(self, report: Report, number: int, cause: Cause) -> None:
        helped: set[str] = set()
        stopped: set[str] = set()
        for group in cause.groups:
            if group.first.severity is not Severity.MUST:
                continue
            for profile in report.profiles_asking(group.first):
                helped.add(profile.token)
                if report.stops(group.first, profile.token):
                    stopped.add(profile.token)
                    self.blocking[profile.token].add(number)
        self.helps.append([token for token in self.profiles if token in helped])
        self.stops.append([token for token in self.profiles if token in stopped])

    def opening(self) -> set[int]:
        """Return the causes that alone still block a target."""
        return {next(iter(b)) for b in self.blocking.values() if len(b) == 1}

    def frees(self, number: int) -> list[str]:
        return [token for token, left in self.blocking.items() if left == {number}]

    def worth(self, number: int) -> tuple[int, ...]:
        """Return what a cause is sorted by, whatever was done before: small is good."""
        cause = self.causes[number]
        blocked, helped = len(self.stops[number]), len(self.helps[number])
        weight, effort = cause.severity.rank, len(cause.things)
        return (weight, -blocked, -helped, -cause.count, effort, number)

    def rank(self, number: int) -> tuple[int, ...]:
        return (-len(self.frees(number)), *self.worth(number))

    def take(self, number: int) -> Step:
        step = Step(
            cause=self.causes[number],
            frees=self._named(self.frees(number)),
            helps=self._named(self.helps[number]),
            stops=self._named(self.stops[number]),
        )
        for left in self.blocking.values():
            left.discard(number)
        return step

    def _named(self, tokens: Sequence[str]) -> tuple[Profile, ...]:
        return tuple(self.profiles[token] for token in tokens)
