"""Publications of a set: where it went, in which state, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.i18n import _, current_language
from fair_imagic.model import PublicationSet, RecordGraph, view
from fair_imagic.publish.registry import available
from fair_imagic.publish.settings import switch_of
from fair_imagic.publish.states import STATE_BADGES, State, deliveries_of
from fair_imagic.workflow.checking.verdict import report_for_page
from fair_imagic.workflow.checking.verdict_counts import counts_of
from fair_imagic.workflow.sets.deliveries import changed_since

if TYPE_CHECKING:
    from collections.abc import Collection

    from fair_imagic.publish.base import Target
    from fair_imagic.publish.states import Delivery
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.checking.verdict_counts import CountsLine

__all__ = [
    "PublicationRow",
    "TargetRow",
    "publications_of",
    "remote_words",
    "state_words",
    "targets_of",
]

_DONE, _FAILED = (State.PUBLISHED,), (State.REFUSED, State.NEEDS_PERSON, State.BLOCKED)


@dataclass(frozen=True, kw_only=True)
class PublicationRow:
    """One publication: ``kind`` is its sign, ``page`` our page about it.

    ``changed`` tells that the set says something else now than what is public.
    """

    target: str
    title: str
    state: State
    is_public: bool
    changed: bool
    kind: str
    words: str
    remote_words: str
    message: str
    identifier: str
    page: str
    published_at: str


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    """One target of a set: its publication, or what stands in the way of one.

    ``requirements`` is the token of its own requirements, where the usual check has
    them, ``blocking`` counts the points for which it would refuse the set, and
    ``decided`` those that pass by decision of the facility. ``off`` says why nothing
    can be sent to it now; empty where it is on.
    """

    token: str
    title: str
    kind: str
    words: str
    requirements: str
    blocking: int
    decided: int
    off: str
    row: PublicationRow | None


def publications_of(workspace: Workspace, record: str) -> tuple[PublicationRow, ...]:
    """Return where a set, or the software that belongs to it, was sent to."""
    targets = available()
    deliveries = [
        one
        for subject in _subjects(workspace, record)
        for one in deliveries_of(workspace.catalogue.database, subject)
    ]
    changed = changed_since(workspace, deliveries)
    return tuple(
        _row(one, targets.get(one.target), changed=one.id in changed)
        for one in deliveries
    )


def _subjects(workspace: Workspace, record: str) -> tuple[str, ...]:
    graph = RecordGraph(workspace.catalogue.effective(record))
    return (record, *view(PublicationSet, graph, record).software)


def state_words(one: Delivery) -> str:
    """Return where a publication stands with us, in the reader's words."""
    return STATE_BADGES[one.state][1 if current_language() == "fr" else 0]


def remote_words(one: Delivery) -> str:
    """Return what the archive says of it, in the reader's words.

    In the archive's own where its target has no others, or is not installed.
    """
    target = available().get(one.target)
    badge = target.badges.get(one.remote_state) if target is not None else None
    if badge is None:
        return one.remote_state
    return badge.fr if current_language() == "fr" else badge.en


def _row(one: Delivery, target: Target | None, *, changed: bool) -> PublicationRow:
    words = state_words(one)
    if changed:
        words = _("{state}; the set or what it refers to has changed since").format(
            state=words
        )
    return PublicationRow(
        target=one.target,
        title=target.title if target is not None else one.target,
        state=one.state,
        is_public=one.is_public,
        changed=changed,
        kind="should" if changed else _kind(one.state),
        words=words,
        remote_words=remote_words(one),
        message=one.message,
        identifier=one.identifier,
        page=one.landing_page or one.url,
        published_at=one.published,
    )


def _kind(state: State) -> str:
    if state in _DONE:
        return "good"
    return "must" if state in _FAILED else "wait"


def targets_of(workspace: Workspace, name: str) -> tuple[TargetRow, ...]:
    """Return every target with what is published there, or what to fix first."""
    record = workspace.record("set", name)
    report = report_for_page(workspace, record).report
    counts = counts_of(report)
    asked = {profile.token for profile in report.profiles}
    rows = {row.target: row for row in publications_of(workspace, record)}
    return tuple(
        _target(
            target,
            rows.get(token),
            counts.archives[token],
            asked=asked,
            off=switch_of(target, workspace.settings).reason,
        )
        for token, target in available().items()
    )


def _target(
    target: Target,
    row: PublicationRow | None,
    line: CountsLine,
    *,
    asked: Collection[str],
    off: str,
) -> TargetRow:
    known = [token for token in target.profiles if token in asked]
    own = target.token if target.token in known else next(iter(known), "")
    kind, words = ("could", _("not sent"))
    if line.blocking:
        kind, words = "must", _("points to fix")
    if row is not None:
        kind, words = row.kind, row.words
    return TargetRow(
        token=target.token,
        title=target.title,
        kind=kind,
        words=words,
        requirements=own,
        blocking=line.blocking,
        decided=line.decided,
        off=off,
        row=row,
    )
