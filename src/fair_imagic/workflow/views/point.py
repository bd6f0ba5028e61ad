"""Points to fix of a set, grouped by cause, each with its correction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks import Severity
from fair_imagic.i18n import _, current_language
from fair_imagic.model import RecordGraph
from fair_imagic.rdf import record_of
from fair_imagic.workflow.views.checked import report_of
from fair_imagic.workflow.views.field import Field, field_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fair_imagic.checks import Finding, Report
    from fair_imagic.workflow.workspace import Workspace

__all__ = [
    "PointGroup",
    "PointsPage",
    "Thing",
    "causes_of",
    "in_language",
    "points_page",
    "severity_words",
]


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One thing that a point is about, the value seen there and where it is from."""

    iri: str
    record: str
    label: str
    value: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class PointGroup:
    """All points with one cause: one correction removes them all.

    ``messages`` are (who asks, what is wrong); ``field`` is None where no value can
    be typed; ``only_images`` tells that it is about whole images.
    """

    code: str
    kind: str
    words: str
    title: str
    messages: tuple[tuple[str, str], ...]
    repair: str
    who: str
    only_images: bool
    things: tuple[Thing, ...]
    field: Field | None
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class PointsPage:
    """The points of a set: counts by weight, groups, when and what was checked."""

    must: int
    should: int
    could: int
    groups: tuple[PointGroup, ...]
    checked_at: str
    version: str
    requirements: tuple[tuple[str, str], ...]
    chosen: str


def severity_words(severity: Severity) -> str:
    """Return must, should or could in the reader's words."""
    words = {
        Severity.MUST: _("must"),
        Severity.SHOULD: _("should"),
        Severity.COULD: _("could"),
    }
    return words[severity]


def points_page(
    workspace: Workspace, name: str, *, requirements: str = ""
) -> PointsPage:
    """Check a set and return its points, those of one target only if named."""
    report = report_of(workspace, workspace.record("set", name))
    tokens = {profile.token for profile in report.profiles}
    chosen = requirements if requirements in tokens else ""
    wanted = report.findings_for(chosen) if chosen else report.findings
    causes = causes_of(wanted)
    counts = {
        weight: sum(finding.severity is weight for finding in wanted)
        for weight in Severity
    }
    return PointsPage(
        must=counts[Severity.MUST],
        should=counts[Severity.SHOULD],
        could=counts[Severity.COULD],
        groups=tuple(_group(workspace, report, found) for found in causes),
        checked_at=report.checked_at.isoformat(),
        version=report.snapshot_hash[:12],
        requirements=tuple(
            (profile.token, in_language(profile.title)) for profile in report.profiles
        ),
        chosen=chosen,
    )


def causes_of(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return findings by cause: what one correction removes is together."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    causes: dict[object, list[Finding]] = {}
    for found in by_code.values():
        causes.setdefault(_cause(found), []).extend(found)
    return list(causes.values())


def in_language(texts: Mapping[str, str]) -> str:
    """Return the text in the reader's language, else in English."""
    return texts.get(current_language()) or texts.get("en", "")


def _cause(findings: Sequence[Finding]) -> object:
    """Return what findings have in common that one correction removes.

    Two archives that miss the same value of the same things are one point.
    """
    first = findings[0]
    things = tuple(dict.fromkeys(one.focus for one in findings))
    seen = tuple(one.value for one in findings)
    return (first.path, things, seen) if first.path else first.code


def _group(
    workspace: Workspace, report: Report, findings: Sequence[Finding]
) -> PointGroup:
    first = min(findings, key=lambda one: one.sort_key)
    titles = {profile.token: in_language(profile.title) for profile in report.profiles}
    said = {one.code: one for one in findings}
    things = {one.focus: _thing(one) for one in findings}
    images = f"{workspace.settings.base_iri}image/"
    return PointGroup(
        code=first.code,
        kind=str(first.severity),
        words=severity_words(first.severity),
        title=in_language(first.path_label) or first.code,
        messages=tuple(
            (titles.get(one.profile, one.profile), in_language(one.message))
            for one in said.values()
        ),
        repair=in_language(first.repair),
        who=_who(first.who),
        only_images=all(i.startswith(images) and "#" not in i for i in things),
        things=tuple(things.values()),
        field=_field(workspace, first),
        details=tuple(
            (one.code, ", ".join(filter(None, one.details.values())))
            for one in said.values()
        ),
    )


def _thing(finding: Finding) -> Thing:
    return Thing(
        iri=finding.focus,
        record=record_of(finding.focus),
        label=finding.focus_label,
        value=finding.value or "",
        origin=finding.origin or "",
    )


def _field(workspace: Workspace, finding: Finding) -> Field | None:
    if not finding.path:
        return None
    record = record_of(finding.focus)
    graph = RecordGraph(workspace.catalogue.effective(record))
    return field_for(workspace, graph.types(finding.focus), finding.path)


def _who(who: str) -> str:
    words = {
        "researcher": _("The researcher knows this."),
        "facility": _("The facility knows this."),
    }
    return words.get(who, "")
