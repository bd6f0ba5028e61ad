"""The check of one subject as a task for another process: all in, an answer out."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fair_imagic.checks import Summary, check_with_tiers, join_reports, summary_of
from fair_imagic.checks.announced import announced_in
from fair_imagic.checks.point import Points
from fair_imagic.clock import now
from fair_imagic.errors import FairImagicError
from fair_imagic.files import file_states
from fair_imagic.i18n import LANGUAGES, use_language
from fair_imagic.publish.outside import package_outside
from fair_imagic.publish.registry import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from fair_imagic.checks import Finding, Override, Profile, Report
    from fair_imagic.checks.checker import Origin, Progress
    from fair_imagic.config import Settings
    from fair_imagic.model import Snapshot
    from fair_imagic.model.bases import Bases
    from fair_imagic.publish.base import Package, Published, Target

__all__ = [
    "CheckAnswer",
    "CheckPart",
    "CheckTask",
    "Judgement",
    "PackagePart",
    "judge",
    "run_check",
]


@dataclass(frozen=True, kw_only=True)
class CheckPart:
    """Requirements and what they look at: the records, or the page to come."""

    snapshot: Snapshot
    profiles: tuple[Profile, ...]


@dataclass(frozen=True, kw_only=True)
class PackagePart:
    """Archives whose packages are looked at too, and what packages are made of.

    ``snapshot`` is that of the records alone: what is checked is what is sent.
    ``settings`` need no passwords. ``sources`` are the files that are there, by the
    IRI of their records, ``keys`` those that this version has at archives already, and
    ``bases`` what records are named by, inside and outside. With ``in_any_case``
    packages are made even where the records alone stop them.
    """

    targets: tuple[str, ...]
    snapshot: Snapshot
    settings: Settings
    sources: Mapping[str, Path]
    published: tuple[Published, ...]
    bases: Bases
    keys: Mapping[str, str] = field(default_factory=dict)
    in_any_case: bool = False


@dataclass(frozen=True, kw_only=True)
class CheckTask:
    """A subject with the requirements to check and all that they look at.

    ``snapshot_hash`` is that of its records alone, ``declared`` the NBO-Q tier claimed;
    ``overrides`` are the decisions of the facility about it, ``defaults`` what it
    answers where nobody else does (proposals rest on them). ``whole`` asks for the
    report beside its counts; ``language`` is that of errors.
    """

    subject: str
    snapshot_hash: str
    parts: tuple[CheckPart, ...]
    profiles: tuple[Profile, ...]
    language: str
    packages: PackagePart | None = None
    declared: int | None = None
    overrides: tuple[Override, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False

    @property
    def key(self) -> str:
        """Return a hash of all that the answer rests on, today."""
        digest = hashlib.sha256(now().date().isoformat().encode())
        for text in self._inputs():
            digest.update(b"\0" + text.encode())
        return digest.hexdigest()

    def _inputs(self) -> Iterator[str]:
        yield from (self.subject, self.snapshot_hash, str(self.declared))
        yield from (part.snapshot.key for part in self.parts)
        yield from map(_profile_hash, self.profiles)
        yield repr(self.overrides)
        yield repr(sorted(self.defaults.items()))
        if self.packages is not None:
            yield repr((self.packages.targets, self.packages.in_any_case))
            yield repr(self.packages.settings)
            yield repr(self.packages.settings.targets.chosen)
            yield repr(list(file_states(self.packages.sources)))
            yield repr(self.packages.published)
            yield repr((self.packages.bases, sorted(self.packages.keys.items())))


@dataclass(frozen=True, kw_only=True)
class CheckAnswer:
    """What a check came to; ``error`` says why it could not be done.

    ``report`` is there where it was asked for, without origins of values and proposed
    ones: only the catalogue knows them.
    """

    subject: str
    summary: Summary | None = None
    report: Report | None = None
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The report on a task, and the packages that it speaks of, by archive.

    ``refusals`` say why an archive's package could not be made, in every language.
    """

    report: Report
    packages: Mapping[str, Package] = field(default_factory=dict)
    refusals: Mapping[str, Mapping[str, FairImagicError]] = field(default_factory=dict)


def judge(
    task: CheckTask, *, origin: Origin | None = None, progress: Progress | None = None
) -> Judgement:
    """Check all parts of a task, and the packages made of the same snapshot.

    What an archive would object to in its package is a point of the report like any
    other, once the records alone no longer stop it: it would only lack what they lack.
    """
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
    joint = join_reports(reports)
    report = replace(
        joint,
        profiles=task.profiles,
        snapshot_hash=task.snapshot_hash,
        announced=announced_in(replace(joint, profiles=task.profiles)),
    )
    if task.packages is None:
        return Judgement(report=report)
    return _with_packages(report, task.packages)


def _with_packages(report: Report, part: PackagePart) -> Judgement:
    packages: dict[str, Package] = {}
    refusals: dict[str, Mapping[str, FairImagicError]] = {}
    points: list[Finding] = []
    for token in part.targets:
        target = load(token)
        stopped = _is_stopped(report, target)
        if stopped and not part.in_any_case:
            continue
        make = functools.partial(
            package_outside,
            target,
            part.snapshot,
            part.settings,
            bases=part.bases,
            key=part.keys.get(token, ""),
            sources=part.sources,
            published=part.published,
        )
        try:
            packages[token] = make()
        except FairImagicError as error:
            refusals[token] = _in_languages(error, make)
            refusal = _no_package(report, token, refusals[token])
            objections: tuple[Finding, ...] = (refusal,)
        else:
            objections = target.inspect(packages[token], part.settings)
        points += () if stopped else objections
    return Judgement(
        report=_with_points(report, points), packages=packages, refusals=refusals
    )


def _is_stopped(report: Report, target: Target) -> bool:
    return any(
        report.blocked_for(profile.token)
        for profile in report.profiles
        if profile.token in target.profiles
    )


def _in_languages(
    error: FairImagicError, make: Callable[[], Package]
) -> dict[str, FairImagicError]:
    """Return what is raised in each language: a judgement is kept for all of them."""
    errors = dict.fromkeys(LANGUAGES, error)
    for language in LANGUAGES:
        with use_language(language):
            try:
                make()
            except FairImagicError as same:
                errors[language] = same
    return errors


def _no_package(
    report: Report, token: str, errors: Mapping[str, FairImagicError]
) -> Finding:
    points = Points(token, report.subject, report.subject_label)
    made = {}
    for language, error in errors.items():
        with use_language(language):
            made[language] = points.make(
                "no-package",
                message="Nothing can be made that the archive would take: {reason}",
                repair="Do what the message asks for, then check again",
                reason=str(error),
            )
    words = {language: one.message[language] for language, one in made.items()}
    return replace(made[LANGUAGES[0]], message=words)


def _with_points(report: Report, points: Iterable[Finding]) -> Report:
    findings = {one.sort_key: one for one in (*report.findings, *points)}
    ordered = tuple(findings[key] for key in sorted(findings))
    return replace(report, findings=ordered)


def _profile_hash(profile: Profile) -> str:
    """Return a hash of the files of requirements and of all that they rest on."""
    digest = hashlib.sha256()
    for one in profile.lineage:
        digest.update(f"{one.token}\0{one.version}".encode())
        for path in (one.folder / "profile.ttl", *one.shapes):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def run_check(task: CheckTask) -> CheckAnswer:
    """Check and count; an error of the check is part of the answer."""
    with use_language(task.language):
        try:
            report = judge(task).report
        except FairImagicError as error:
            return CheckAnswer(subject=task.subject, error=str(error))
        return CheckAnswer(
            subject=task.subject,
            summary=summary_of(report),
            report=report if task.whole else None,
        )
