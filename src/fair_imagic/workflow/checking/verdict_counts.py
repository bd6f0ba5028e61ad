"""The counts of a set: what its last check said, in counts and in no language.

It is the one answer to "how ready is this set": lists, pages and addresses for programs
read it, and nobody counts points again.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from fair_imagic.checks import Severity
from fair_imagic.model import PublicationSet, slot_for
from fair_imagic.publish.registry import available
from fair_imagic.workflow.checking.overrides import covering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fair_imagic.checks import Cause, Finding, Profile, Report

__all__ = [
    "CountedStop",
    "CountsLine",
    "VerdictCounts",
    "counts_of",
    "counts_text",
    "text_counts",
]


@dataclass(frozen=True, kw_only=True)
class CountsLine:
    """How a set stands with one archive, or under requirements that belong to none.

    For an archive everything counts that it asks, by whichever requirements.
    ``blocking`` are the points for which a publication is refused, ``decided`` those
    that pass by decision of the facility alone.
    """

    token: str
    title: Mapping[str, str]
    must: int
    should: int
    could: int
    blocking: int
    decided: int


@dataclass(frozen=True, kw_only=True)
class CountedStop:
    """One thing to do before some archives take a set.

    ``field`` is the name of the set's field that it is about; empty where it is about
    something else.
    """

    field: str
    archives: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VerdictCounts:
    """What the last check of a set said.

    ``questions`` is how many only a researcher can answer, None where nobody counted.

    ``lines`` are in the order in which the requirements were asked, ``archives`` hold
    every archive that is known, by its token. ``causes`` is the number of things to do,
    ``must_causes`` that of the obligatory ones.
    """

    checked_at: str
    causes: int
    must_causes: int
    lines: tuple[CountsLine, ...]
    archives: Mapping[str, CountsLine]
    stops: tuple[CountedStop, ...]
    questions: int | None = None


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
        asking = {one.token for one in report.profiles_with(point.profile)}
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


def counts_text(counts: VerdictCounts) -> str:
    """Return a counts as text, to be kept."""
    return json.dumps(asdict(counts), ensure_ascii=False, separators=(",", ":"))


def text_counts(text: str) -> VerdictCounts | None:
    """Return the counts that a text was made of; None where it says something else.

    Another version of the program may have written it, or a hand.
    """
    try:
        return _read(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _read(values: dict[str, Any]) -> VerdictCounts:
    lines = (CountsLine(**line) for line in values.pop("lines"))
    archives = {
        token: CountsLine(**line) for token, line in values.pop("archives").items()
    }
    stops = (
        CountedStop(field=one["field"], archives=tuple(one["archives"]))
        for one in values.pop("stops")
    )
    return VerdictCounts(
        lines=tuple(lines), archives=archives, stops=tuple(stops), **values
    )
