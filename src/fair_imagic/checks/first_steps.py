"""First steps: the corrections that open most targets and remove most points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity

if TYPE_CHECKING:
    from fair_imagic.checks.profile import Profile
    from fair_imagic.checks.report import Cause, Report

__all__ = ["Step", "first_steps"]

MOST_STEPS = 5


@dataclass(frozen=True, kw_only=True)
class Step:
    """One correction: ``frees`` are the targets that nothing blocks any more after it.

    The steps before it are taken as done. ``helps`` are all targets of which it removes
    an obligatory point.
    """

    cause: Cause
    frees: tuple[Profile, ...]
    helps: tuple[Profile, ...]

    @property
    def points(self) -> int:
        """Return how many points the correction removes."""
        return self.cause.count


def first_steps(report: Report, *, most: int = MOST_STEPS) -> tuple[Step, ...]:
    """Return the corrections to begin with, the most useful first.

    Only obligatory points are worth a first step; the rest can wait.
    """
    plan = _Plan(report)
    steps: list[Step] = []
    while len(steps) < most and plan.corrections:
        number = min(plan.corrections, key=plan.rank)
        steps.append(plan.take(number))
    return tuple(steps)


class _Plan:
    """The causes that wait, and for each target those that still block it."""

    def __init__(self, report: Report) -> None:
        self.causes = report.causes
        self.profiles = {p.token: p for p in report.profiles}
        self.blocking: dict[str, set[int]] = {token: set() for token in self.profiles}
        self.helps: dict[int, list[str]] = {}
        for number, cause in enumerate(self.causes):
            self._note(report, number, cause)
        self.corrections = [n for n in range(len(self.causes)) if self.helps[n]]

    def _note(self, report: Report, number: int, cause: Cause) -> None:
        helped: dict[str, None] = {}
        for group in cause.groups:
            if group.first.severity is not Severity.MUST:
                continue
            for profile in report.profiles_with(group.first.profile):
                helped[profile.token] = None
                if report.stops(group.first, profile.token):
                    self.blocking[profile.token].add(number)
        self.helps[number] = [token for token in self.profiles if token in helped]

    def frees(self, number: int) -> list[str]:
        return [token for token, left in self.blocking.items() if left == {number}]

    def rank(self, number: int) -> tuple[int, ...]:
        """Return what a cause is sorted by: the more it opens, the smaller."""
        blocked = sum(number in left for left in self.blocking.values())
        opened, helped = len(self.frees(number)), len(self.helps[number])
        return (-opened, -blocked, -helped, -self.causes[number].count, number)

    def take(self, number: int) -> Step:
        step = Step(
            cause=self.causes[number],
            frees=tuple(self.profiles[token] for token in self.frees(number)),
            helps=tuple(self.profiles[token] for token in self.helps[number]),
        )
        self.corrections.remove(number)
        for left in self.blocking.values():
            left.discard(number)
        return step
