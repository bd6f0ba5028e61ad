"""Counting: how ready a set is, from the report of its check."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from fair_imagic.checks import Severity
from fair_imagic.model import PublicationSet, slot_for
from fair_imagic.publish.registry import available
from fair_imagic.workflow.checking.overrides import covering
from fair_imagic.workflow.checking.verdict_counts import (
    CountedStop,
    CountsLine,
    VerdictCounts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fair_imagic.checks import Cause, Finding, Profile, Report

__all__ = ["counts_of"]


def counts_of(report: Report) -> VerdictCounts:
    """Return what a report says of its subject, in counts."""
    archives = {
        target.token: _line(
            report,
            token=target.token,
            title={"en": target.title, "fr": target.title},
            points=_points(report, target.profiles),
            archive=target.token,
        )
        for target in available().values()
    }
    return VerdictCounts(
        checked_at=report.checked_at.isoformat(),
        causes=len(report.causes),
        must_causes=sum(
            cause.first.severity is Severity.MUST for cause in report.causes
        ),
        lines=tuple(_of_profile(report, one, archives) for one in report.profiles),
        archives=archives,
        stops=tuple(_stops(report)),
    )


def _stops(report: Report) -> Iterator[CountedStop]:
    for cause in report.causes:
        archives = _stopped(report, cause)
        if archives:
            yield CountedStop(field=_own_field(report, cause), archives=archives)


def _stopped(report: Report, cause: Cause) -> tuple[str, ...]:
    """Return the archives that a cause keeps from taking a set."""
    found = set()
    for group in cause.groups:
        point = group.first
        if not point.blocks:
            continue
        asking = {one.token for one in report.profiles_asking(point)}
        found |= {
            target.token
            for target in available().values()
            if asking & set(target.profiles)
            and covering(report.overrides, point, target.token) is None
        }
    return tuple(sorted(found))


def _own_field(report: Report, cause: Cause) -> str:
    point = cause.first
    if point.focus != report.subject:
        return ""
    slot = slot_for(PublicationSet.class_iri, point.path)
    return slot.name if slot is not None else ""


def _of_profile(
    report: Report, profile: Profile, archives: Mapping[str, CountsLine]
) -> CountsLine:
    own = archives.get(profile.token)
    if own is not None:
        return replace(own, title=dict(profile.title))
    return _line(
        report,
        token=profile.token,
        title=dict(profile.title),
        points=report.findings_for(profile.token),
        archive="",
    )


def _points(report: Report, tokens: Iterable[str]) -> list[Finding]:
    """Return the points of several requirements, each once."""
    asked = {profile.token for profile in report.profiles}
    found = {
        finding.sort_key: finding
        for token in tokens
        if token in asked
        for finding in report.findings_for(token)
    }
    return list(found.values())


def _line(
    report: Report,
    *,
    token: str,
    title: Mapping[str, str],
    points: Iterable[Finding],
    archive: str,
) -> CountsLine:
    points = list(points)
    counts = Counter(finding.severity for finding in points)
    blocking = [finding for finding in points if finding.blocks]
    decided = [
        finding
        for finding in blocking
        if (
            covering(report.overrides, finding, archive)
            if archive
            else report.override_of(finding, token)
        )
        is not None
    ]
    return CountsLine(
        token=token,
        title=title,
        must=counts[Severity.MUST],
        should=counts[Severity.SHOULD],
        could=counts[Severity.COULD],
        blocking=len(blocking) - len(decided),
        decided=len(decided),
    )
