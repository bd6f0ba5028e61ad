"""The check of one subject as a task for another process: all in, an answer out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.checks import Summary, check_with_tiers, join_reports, summary_of
from fair_imagic.errors import FairImagicError
from fair_imagic.i18n import use_language

if TYPE_CHECKING:
    from fair_imagic.checks import Override, Profile, Report
    from fair_imagic.checks.checker import Origin, Progress
    from fair_imagic.model import Snapshot

__all__ = ["CheckAnswer", "CheckPart", "CheckTask", "report_of", "run_check"]


@dataclass(frozen=True, kw_only=True)
class CheckPart:
    """Requirements and what they look at: the records, or the page to come."""

    snapshot: Snapshot
    profiles: tuple[Profile, ...]


@dataclass(frozen=True, kw_only=True)
class CheckTask:
    """A subject with the requirements to check and all that they look at.

    ``snapshot_hash`` is that of its records alone, ``declared`` the NBO-Q tier claimed;
    ``overrides`` are the decisions of the facility about it. ``whole`` asks for the
    report beside its counts.
    """

    subject: str
    snapshot_hash: str
    parts: tuple[CheckPart, ...]
    profiles: tuple[Profile, ...]
    language: str
    declared: int | None = None
    overrides: tuple[Override, ...] = ()
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class CheckAnswer:
    """What a check found; ``error`` says why it could not be done.

    ``report`` is there where it was asked for, without origins of values and proposed
    ones: only the catalogue knows them.
    """

    subject: str
    summary: Summary | None = None
    report: Report | None = None
    error: str = ""


def report_of(
    task: CheckTask, *, origin: Origin | None = None, progress: Progress | None = None
) -> Report:
    """Check all parts of a task and return one report."""
    reports = [
        check_with_tiers(
            part.snapshot,
            part.profiles,
            declared=task.declared,
            origin=origin,
            progress=progress,
            overrides=task.overrides,
        )
        for part in task.parts
    ]
    return replace(
        join_reports(reports), profiles=task.profiles, snapshot_hash=task.snapshot_hash
    )


def run_check(task: CheckTask) -> CheckAnswer:
    """Check and count; an error of the check is part of the answer."""
    with use_language(task.language):
        try:
            report = report_of(task)
        except FairImagicError as error:
            return CheckAnswer(subject=task.subject, error=str(error))
        return CheckAnswer(
            subject=task.subject,
            summary=summary_of(report),
            report=report if task.whole else None,
        )
