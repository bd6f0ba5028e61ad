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
    from collections.abc import Mapping

    from fair_imagic.checks import Finding, Group, Report
    from fair_imagic.workflow.workspace import Workspace

__all__ = ["PointGroup", "PointsPage", "Thing", "points_page", "severity_words"]


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
    """All points with one cause. ``field`` is None where no value can be typed."""

    code: str
    kind: str
    words: str
    title: str
    message: str
    repair: str
    who: str
    requirements: str
    blocks: bool
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
    groups = [
        _group(workspace, report, group, wanted=frozenset(map(id, wanted)))
        for group in report.groups
    ]
    counts = {
        weight: sum(finding.severity is weight for finding in wanted)
        for weight in Severity
    }
    return PointsPage(
        must=counts[Severity.MUST],
        should=counts[Severity.SHOULD],
        could=counts[Severity.COULD],
        groups=tuple(group for group in groups if group.things),
        checked_at=report.checked_at.isoformat(),
        version=report.snapshot_hash[:12],
        requirements=tuple(
            (profile.token, in_language(profile.title)) for profile in report.profiles
        ),
        chosen=chosen,
    )


def in_language(texts: Mapping[str, str]) -> str:
    """Return the text in the reader's language, else in English."""
    return texts.get(current_language()) or texts.get("en", "")


def _group(
    workspace: Workspace, report: Report, group: Group, *, wanted: frozenset[int]
) -> PointGroup:
    first = group.first
    things = tuple(_thing(one) for one in group.findings if id(one) in wanted)
    titles = {p.token: in_language(p.title) for p in report.profiles}
    return PointGroup(
        code=group.code,
        kind=str(first.severity),
        words=severity_words(first.severity),
        title=in_language(first.path_label) or group.code,
        message=in_language(first.message),
        repair=in_language(first.repair),
        who=_who(first.who),
        requirements=titles.get(first.profile, first.profile),
        blocks=first.blocks,
        things=things,
        field=_field(workspace, first),
        details=tuple(sorted({"code": group.code, **first.details}.items())),
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
