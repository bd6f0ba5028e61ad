"""The check of one snapshot as a task for another process: all in, counts out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks import Severity, check
from fair_imagic.errors import FairImagicError
from fair_imagic.i18n import use_language

if TYPE_CHECKING:
    from fair_imagic.checks import Override, Profile
    from fair_imagic.model import Snapshot

__all__ = ["CheckAnswer", "CheckTask", "run_check"]


@dataclass(frozen=True, kw_only=True)
class CheckTask:
    """A snapshot under its short name, with the requirements to check.

    ``overrides`` are the decisions of the facility about it.
    """

    name: str
    snapshot: Snapshot
    profiles: tuple[Profile, ...]
    language: str
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CheckAnswer:
    """What a check found: points by weight; ``error`` says why it could not be done."""

    name: str
    must: int = 0
    should: int = 0
    could: int = 0
    blocked: bool = False
    error: str = ""

    @property
    def exit_code(self) -> int:
        """Return 0 where it conforms, 1 with points to fix, 2 where it cannot tell."""
        return 2 if self.error else int(self.must > 0)


def run_check(task: CheckTask) -> CheckAnswer:
    """Check and count; an error of the check is part of the answer."""
    with use_language(task.language):
        try:
            report = check(task.snapshot, task.profiles, overrides=task.overrides)
        except FairImagicError as error:
            return CheckAnswer(name=task.name, error=str(error))
    counts = Counter(finding.severity for finding in report.findings)
    return CheckAnswer(
        name=task.name,
        must=counts[Severity.MUST],
        should=counts[Severity.SHOULD],
        could=counts[Severity.COULD],
        blocked=any(report.blocked_for(profile.token) for profile in task.profiles),
    )
