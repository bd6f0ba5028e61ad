"""Points to fix of a set by what one act mends, the most useful act first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.cause import CLEAN, CLEAN_NUMBERS
from fair_imagic.checks.command import command_for
from fair_imagic.checks.reports.cause_words import (
    act_text,
    announced_line,
    concerned,
    gain_text,
    things_text,
    todo_heading,
)
from fair_imagic.checks.reports.words import (
    expectation_text,
    in_language,
    messages_of,
    proposal_text,
    severity_word,
    why_line,
)
from fair_imagic.i18n import _
from fair_imagic.model import class_named, class_names
from fair_imagic.rdf import record_of
from fair_imagic.views.matrix import Matrix, matrix_of
from fair_imagic.workflow.base.field import Field, field_for
from fair_imagic.workflow.checking.verdict import verdict_for_page

if TYPE_CHECKING:
    from fair_imagic.checks import Cause, Finding, Group, Report, Step
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "NextAct",
    "PointGroup",
    "PointsPage",
    "Rule",
    "Thing",
    "points_page",
]

# So many are open, if they are obligatory; the others wait folded.
_OPEN = 3
# So many things are listed to choose from; more of them are chosen in a table.
MOST_LISTED = 60


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
class Rule:
    """One rule among the points of a cause: who asks what, how strictly, and why."""

    code: str
    title: str
    messages: tuple[str, ...]
    expected: str
    why: str
    count: int
    details: str


@dataclass(frozen=True, kw_only=True)
class NextAct:
    """What to do about a cause: in words, as a command, and where on the pages.

    ``endpoint`` is the page, ``anchor`` the place on it.
    """

    words: str
    command: str
    endpoint: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class PointGroup:
    """All points with one cause: one act mends them all.

    ``code`` is the first of their rules, ``then`` what will be asked afterwards;
    ``field`` is None where no value can be typed, ``makes`` of it tells that the record
    can be made there. ``things`` are those that are listed, ``count`` is of all.
    """

    key: str
    code: str
    kind: str
    words: str
    title: str
    gain: str
    concerned: str
    then: str
    proposed: str
    legal: bool
    repair: str
    who: str
    is_open: bool
    stops: bool
    count: int
    counted: str
    things: tuple[Thing, ...]
    field: Field | None
    expected_class: str
    act: NextAct
    rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class PointsPage:
    """The points of a set by cause, how ready it is, when and what was checked."""

    heading: str
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
    # The same report with fewer points: its causes are those of the chosen target.
    shown = report.narrowed(chosen) if chosen else report
    return PointsPage(
        heading=todo_heading(shown),
        groups=tuple(
            _group(workspace, shown, step, number)
            for number, step in enumerate(shown.steps)
        ),
        checked_at=report.checked_at.isoformat(),
        version=report.snapshot_hash[:12],
        requirements=tuple(
            (profile.token, in_language(profile.title)) for profile in report.profiles
        ),
        chosen=chosen,
        matrix=matrix_of(report),
    )


def _group(workspace: Workspace, report: Report, step: Step, number: int) -> PointGroup:
    cause = step.cause
    first = cause.first
    return PointGroup(
        key=cause.key,
        code=first.code,
        kind=str(cause.severity),
        words=severity_word(cause.severity),
        title=act_text(cause),
        gain=gain_text(report, step),
        concerned="" if report.subject in cause.things else concerned(cause),
        then=announced_line(report.announced_by(cause)),
        proposed=proposal_text(cause.joint.proposal),
        legal=any(group.first.legal for group in cause.groups),
        repair=in_language(first.repair),
        who=_who(first.who),
        is_open=number < _OPEN and bool(step.helps),
        stops=bool(step.stops),
        count=len(cause.things),
        counted=things_text(cause.kind, len(cause.things)),
        things=tuple(_thing(one) for one in _by_thing(cause)[:MOST_LISTED]),
        field=_field(workspace, cause),
        expected_class=cause.expected_class,
        act=NextAct(
            words=act_text(cause),
            command=command_for(report, cause),
            endpoint="check.points",
            anchor=cause.anchor,
        ),
        rules=tuple(_rule(report, group) for group in cause.groups),
    )


def _by_thing(cause: Cause) -> list[Finding]:
    """Return a point of each thing: the first that saw a value, else the first."""
    found: dict[str, Finding] = {}
    for one in cause.joint.findings:
        known = found.setdefault(one.focus, one)
        if known.value is None and one.value is not None:
            found[one.focus] = one
    return list(found.values())


def _rule(report: Report, group: Group) -> Rule:
    first = group.first
    return Rule(
        code=first.code,
        title=in_language(report.title_of(first.profile)),
        messages=tuple(messages_of(group)),
        expected=expectation_text(first),
        why=why_line(report, first),
        count=len(group.findings),
        details=", ".join(
            filter(None, (in_language(first.clause), *first.details.values()))
        ),
    )


def _thing(finding: Finding) -> Thing:
    return Thing(
        iri=finding.focus,
        record=record_of(finding.focus),
        label=finding.focus_label,
        file=finding.file,
        value=finding.value_label or finding.value or "",
        origin=finding.origin or "",
    )


def _field(workspace: Workspace, cause: Cause) -> Field | None:
    """Return the field to answer in, where a value answers."""
    if cause.act in (CLEAN, CLEAN_NUMBERS) or cause.kind not in class_names():
        return None
    classes = [class_named(cause.kind).iri]
    return field_for(workspace, classes, cause.first.path, subjects=cause.things)


def _who(who: str) -> str:
    words = {
        "researcher": _("The researcher knows this."),
        "facility": _("The facility knows this."),
    }
    return words.get(who, "")
