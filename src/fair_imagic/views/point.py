"""Points to fix of a set, grouped by cause, each with its correction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import (
    expectation_text,
    in_language,
    messages_of,
    proposal_text,
    severity_word,
    why_lines,
)
from fair_imagic.i18n import _
from fair_imagic.model import RecordGraph
from fair_imagic.rdf import record_of
from fair_imagic.views.matrix import Matrix, matrix_of
from fair_imagic.workflow.base.field import Field, field_for
from fair_imagic.workflow.checking.verdict import verdict_for_page

if TYPE_CHECKING:
    from fair_imagic.checks import Cause, Finding, Report
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "PointGroup",
    "PointsPage",
    "Thing",
    "points_page",
]


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One thing that a point is about, the value seen there and where it is from."""

    iri: str
    record: str
    label: str
    file: str
    value: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class PointGroup:
    """All points with one cause: one correction removes them all.

    ``messages`` are (who asks, what is wrong); ``why`` says for each who asks for it,
    how strictly, in which clause; ``field`` is None where no value can be typed;
    ``only_images`` tells that it is about whole images.
    """

    code: str
    kind: str
    words: str
    title: str
    messages: tuple[tuple[str, str], ...]
    expected: str
    why: tuple[str, ...]
    proposed: str
    legal: bool
    repair: str
    who: str
    only_images: bool
    things: tuple[Thing, ...]
    field: Field | None
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class PointsPage:
    """The points of a set by cause, how ready it is, when and what was checked."""

    groups: tuple[PointGroup, ...]
    checked_at: str
    version: str
    requirements: tuple[tuple[str, str], ...]
    chosen: str
    matrix: Matrix


def points_page(
    workspace: Workspace, name: str, *, requirements: str = ""
) -> PointsPage:
    """Check a set and return its points, those of one target only if named."""
    report = verdict_for_page(workspace, workspace.record("set", name)).report
    tokens = {profile.token for profile in report.profiles}
    chosen = requirements if requirements in tokens else ""
    wanted = report.findings_for(chosen) if chosen else report.findings
    # The same report with fewer points: its causes are those of the chosen target.
    shown = replace(report, findings=wanted)
    return PointsPage(
        groups=tuple(_group(workspace, shown, cause) for cause in shown.causes),
        checked_at=report.checked_at.isoformat(),
        version=report.snapshot_hash[:12],
        requirements=tuple(
            (profile.token, in_language(profile.title)) for profile in report.profiles
        ),
        chosen=chosen,
        matrix=matrix_of(report),
    )


def _group(workspace: Workspace, report: Report, cause: Cause) -> PointGroup:
    first = cause.first
    rules = [group.first for group in cause.groups]
    things = {f.focus: _thing(f) for group in cause.groups for f in group.findings}
    images = f"{workspace.settings.base_iri}image/"
    return PointGroup(
        code=first.code,
        kind=str(first.severity),
        words=severity_word(first.severity),
        title=in_language(first.path_label) or first.code,
        messages=tuple(
            (in_language(report.title_of(group.first.profile)), message)
            for group in cause.groups
            for message in messages_of(group)
        ),
        expected=expectation_text(first),
        why=tuple(why_lines(report, cause)),
        proposed=proposal_text(cause.joint.proposal),
        legal=any(one.legal for one in rules),
        repair=in_language(first.repair),
        who=_who(first.who),
        only_images=all(i.startswith(images) and "#" not in i for i in things),
        things=tuple(things.values()),
        field=_field(workspace, first),
        details=tuple(
            (one.code, ", ".join(filter(None, _technical(one)))) for one in rules
        ),
    )


def _technical(finding: Finding) -> tuple[str, ...]:
    return (in_language(finding.clause), *finding.details.values())


def _thing(finding: Finding) -> Thing:
    return Thing(
        iri=finding.focus,
        record=record_of(finding.focus),
        label=finding.focus_label,
        file=finding.file,
        value=finding.value_label or finding.value or "",
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
