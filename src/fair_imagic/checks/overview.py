"""The overview: what many checks found, one line each, and what to look at first."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from fair_imagic.checks.profile import Profile
    from fair_imagic.checks.report import Readiness, Report

__all__ = [
    "Line",
    "Overview",
    "PendingCorrection",
    "Priority",
    "Subject",
    "Summary",
    "TextPool",
    "summary_of",
]

MOST_PRIORITIES = 5


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is checked: its kind (``set``, ``collection``, ``instrument``) and name.

    Images in no collection are a kind of their own, ``image``. ``images`` of a
    collection are those that are looked at, ``images_in_all`` counts the others too.
    """

    kind: str
    iri: str
    name: str
    images: int | None = None
    images_in_all: int | None = None


@dataclass(frozen=True, kw_only=True)
class PendingCorrection:
    """An obligatory correction that a subject waits for: its first rule and points.

    ``stops`` is whether a publication is refused until it is made.
    """

    code: str
    field: Mapping[str, str]
    repair: Mapping[str, str]
    points: int
    stops: bool


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What one report says, in counts."""

    label: str
    must: int
    should: int
    could: int
    readiness: tuple[Readiness, ...]
    corrections: tuple[PendingCorrection, ...]

    @property
    def blocked(self) -> bool:
        """Return whether a publication is refused under one of the requirements."""
        return any(line.blocked for line in self.readiness)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One subject and what its check found; ``error`` says why it was not done."""

    subject: Subject
    summary: Summary | None = None
    error: str = ""

    @property
    def label(self) -> str:
        """Return the title, or the name where it has none or was not checked."""
        return (self.summary.label if self.summary else "") or self.subject.name

    @property
    def state(self) -> str:
        """Return ``error``, ``blocked``, ``gaps`` or ``ready``."""
        if self.summary is None:
            return "error"
        if self.summary.blocked:
            return "blocked"
        return "gaps" if self.summary.must else "ready"

    @property
    def exit_code(self) -> int:
        """Return 0 where it conforms, 1 with points to fix, 2 where it cannot tell."""
        if self.summary is None:
            return 2
        return int(self.summary.must > 0)


@dataclass(frozen=True, kw_only=True)
class Priority:
    """One obligatory correction and who waits for it.

    ``stop_count`` is how many cannot be published without it, ``lines`` are all that
    have such a point, in the order of the overview.
    """

    code: str
    field: Mapping[str, str]
    repair: Mapping[str, str]
    points: int
    stop_count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The lines of all subjects, by kind and name.

    ``set_collections`` are collections that are not looked at, as all their images are
    in publication sets; ``silent_kinds`` are kinds of which the requirements say
    nothing.
    """

    lines: tuple[Line, ...]
    checked_at: datetime
    set_collections: tuple[Subject, ...] = ()
    silent_kinds: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """Return the worst exit code of all lines."""
        return max(line.exit_code for line in self.lines)

    @property
    def conforms(self) -> bool:
        """Return whether everything was checked and nothing obligatory is missing."""
        return self.exit_code == 0

    @functools.cached_property
    def states(self) -> Mapping[str, int]:
        """Return how many lines are in each state."""
        return Counter(line.state for line in self.lines)

    @functools.cached_property
    def points(self) -> Mapping[Severity, int]:
        """Return how many points of each weight there are in all."""
        found: Counter[Severity] = Counter()
        for line in self.lines:
            if line.summary is not None:
                found[Severity.MUST] += line.summary.must
                found[Severity.SHOULD] += line.summary.should
                found[Severity.COULD] += line.summary.could
        return found

    @functools.cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """Return the requirements that at least one line was checked against."""
        found: dict[str, Profile] = {}
        for line in self.lines:
            for one in line.summary.readiness if line.summary else ():
                found.setdefault(one.profile.token, one.profile)
        return tuple(found.values())

    @functools.cached_property
    def priorities(self) -> tuple[Priority, ...]:
        """Return the corrections that most subjects wait for, the first five."""
        waiting: dict[str, list[tuple[Line, PendingCorrection]]] = {}
        for line in self.lines:
            for one in line.summary.corrections if line.summary else ():
                waiting.setdefault(one.code, []).append((line, one))
        found = [_priority(code, same) for code, same in waiting.items()]
        found.sort(key=lambda p: (-p.stop_count, -len(p.lines), -p.points, p.code))
        return tuple(found[:MOST_PRIORITIES])


def _priority(code: str, same: list[tuple[Line, PendingCorrection]]) -> Priority:
    first = same[0][1]
    lines = {line.subject.iri: line for line, _waiting in same}
    stopped = {line.subject.iri for line, waiting in same if waiting.stops}
    return Priority(
        code=code,
        field=first.field,
        repair=first.repair,
        points=sum(waiting.points for _line, waiting in same),
        stop_count=len(stopped),
        lines=tuple(lines.values()),
    )


def summary_of(report: Report) -> Summary:
    """Return the counts of a report, and the obligatory corrections it waits for."""
    counts = Counter(finding.severity for finding in report.findings)
    return Summary(
        label=report.subject_label,
        must=counts[Severity.MUST],
        should=counts[Severity.SHOULD],
        could=counts[Severity.COULD],
        readiness=report.readiness,
        corrections=tuple(_waiting(report)),
    )


def _waiting(report: Report) -> list[PendingCorrection]:
    found = []
    for cause in report.causes:
        if cause.first.severity is Severity.MUST:
            firsts = [group.first for group in cause.groups]
            stops = any(
                report.stops(one, profile.token)
                for one in firsts
                for profile in report.profiles_asking(one)
            )
            found.append(
                PendingCorrection(
                    code=cause.first.code,
                    field=cause.first.path_label,
                    repair=cause.first.repair,
                    points=cause.count,
                    stops=stops,
                )
            )
    return found


class TextPool:
    """Texts and requirements that were seen already.

    A summary that comes from another process has copies of its own of everything: too
    much memory for a large catalogue.
    """

    def __init__(self) -> None:
        self._profiles: dict[str, Profile] = {}
        self._texts: dict[str, Mapping[str, str]] = {}

    def share(self, summary: Summary) -> Summary:
        """Return a summary that shares with those before it what is the same."""
        readiness = (
            replace(one, profile=self._profile(one.profile))
            for one in summary.readiness
        )
        waiting = (
            replace(one, field=self._text(one.field), repair=self._text(one.repair))
            for one in summary.corrections
        )
        return replace(summary, readiness=tuple(readiness), corrections=tuple(waiting))

    def _profile(self, profile: Profile) -> Profile:
        return self._profiles.setdefault(profile.token, profile)

    def _text(self, texts: Mapping[str, str]) -> Mapping[str, str]:
        return self._texts.setdefault(repr(sorted(texts.items())), texts)
