"""Publications of a set: where it went, in which state, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.i18n import _, count_text, current_language, ngettext
from fair_imagic.model import PublicationSet, RecordGraph, view
from fair_imagic.publish.base import Role
from fair_imagic.publish.registry import available
from fair_imagic.publish.settings import switch_of
from fair_imagic.publish.shown_identifier import shown_identifier
from fair_imagic.publish.states import State, all_deliveries, deliveries_of
from fair_imagic.views.destination import Situation, TargetAct, acts_at
from fair_imagic.views.publication_words import remote_words, state_words
from fair_imagic.workflow.sets.deliveries import changed_since

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from fair_imagic.publish.base import Package, Target
    from fair_imagic.publish.states import Delivery
    from fair_imagic.views.difference import ChangedRecord
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.checking.verdict_counts import CountsLine
    from fair_imagic.workflow.sets.listing import SetRow

__all__ = [
    "PublicationRow",
    "TargetRow",
    "publications_in",
    "publications_of",
    "targets_of",
]

_ADD_SCRIPTS = "fair-imagic software add NAME FOLDER --for {name}"
_DONE, _FAILED = (State.PUBLISHED,), (State.REFUSED, State.NEEDS_PERSON, State.BLOCKED)


@dataclass(frozen=True, kw_only=True)
class PublicationRow:
    """One publication: ``kind`` is its sign, ``page`` the address of our page about it.

    ``changed`` tells that the set says something else now than what is public,
    ``shown`` is the identifier as people read it, ``snapshot_hash`` what was sent.
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
    shown: str
    page: str
    published_at: str
    snapshot_hash: str


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    """One target of a set: its publication, or what stands in the way of one.

    ``requirements`` is the token of its own requirements, where the usual check has
    them, ``blocking`` counts the points for which it would refuse the set, and
    ``decided`` those that pass by decision of the facility. ``off`` says why nothing
    can be sent to it now (empty where it is on), ``lacks`` what the set would need for
    this target at all, and ``command`` how it gets that. ``sends`` tells in words what
    would be sent, ``lost`` what it cannot carry, ``warning`` what cannot be undone,
    ``changes`` what is not public yet.
    """

    token: str
    title: str
    kind: str
    words: str
    requirements: str
    blocking: int
    decided: int
    off: str
    lacks: str
    command: str
    sends: str
    lost: tuple[str, ...]
    warning: str
    changes: tuple[ChangedRecord, ...]
    acts: tuple[TargetAct, ...]
    row: PublicationRow | None


def publications_in(
    workspace: Workspace, listed: Iterable[SetRow]
) -> dict[str, tuple[PublicationRow, ...]]:
    """Return the publications of many sets by their IRI, read at once."""
    targets = available()
    of_subject: dict[str, list[Delivery]] = {}
    for one in all_deliveries(workspace.catalogue.database):
        of_subject.setdefault(one.subject, []).append(one)
    found = {
        row.iri: [
            one
            for subject in (row.iri, *row.software)
            for one in of_subject.get(subject, ())
        ]
        for row in listed
    }
    changed = changed_since(workspace, [one for all_ in found.values() for one in all_])
    return {
        record: tuple(
            _row(one, targets.get(one.target), changed=one.id in changed)
            for one in deliveries
        )
        for record, deliveries in found.items()
    }


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
        shown=shown_identifier(one.identifier, practice=one.practice),
        page=_page_of(one),
        published_at=one.published,
        snapshot_hash=one.snapshot_hash,
    )


def _page_of(one: Delivery) -> str:
    """Return where a publication is shown to the public.

    Our own pages by their path alone: they open under the address by which the reader
    came here, whichever is configured.
    """
    if one.state is State.WITHDRAWN:
        return ""
    if one.state is State.PUBLISHED and one.landing_page:
        _before, mark, path = one.landing_page.partition("/published/")
        return mark + path if mark else one.landing_page
    return "" if one.practice else one.url


def _kind(state: State) -> str:
    if state in _DONE:
        return "good"
    return "must" if state in _FAILED else "wait"


def targets_of(workspace: Workspace, name: str) -> tuple[TargetRow, ...]:
    """Return every target with what is published there, or what to fix first."""
    from fair_imagic.workflow.checking.counting import counts_of
    from fair_imagic.workflow.checking.verdict import verdict_for_page

    record = workspace.record("set", name)
    verdict = verdict_for_page(workspace, record)
    counts = counts_of(verdict.report)
    asked = {profile.token for profile in verdict.report.profiles}
    rows = {row.target: row for row in publications_of(workspace, record)}
    scripts = len(_subjects(workspace, record)) - 1
    return tuple(
        _target(
            workspace,
            target,
            rows.get(token),
            counts.archives[token],
            asked=asked,
            package=verdict.packages.get(token),
            lacks=_lacks(target, scripts),
            command=""
            if scripts
            else f"fair-imagic software add NAME FOLDER --for {name}",
        )
        for token, target in available().items()
    )


def _lacks(target: Target, scripts: int) -> str:
    """Return what a set would need for an archive at all."""
    if target.role is not Role.SOFTWARE or scripts == 1:
        return ""
    if scripts:
        return _(
            "It takes one folder of scripts from a set, and this set has {count}: "
            "leave one of them in it."
        ).format(count=scripts)
    return _(
        "It keeps scripts, and this set has none. A folder of scripts is added on the "
        "machine of the service, by this command:"
    )


def _target(
    workspace: Workspace,
    target: Target,
    row: PublicationRow | None,
    line: CountsLine,
    *,
    asked: Collection[str],
    package: Package | None,
    lacks: str,
    command: str,
) -> TargetRow:
    known = [token for token in target.profiles if token in asked]
    own = target.token if target.token in known else next(iter(known), "")
    count = line.blocking
    kind, words = ("must", _("points to fix")) if count else ("could", _("not sent"))
    if lacks:
        kind, words = "could", _("not for this set")
    if row is not None:
        kind, words = row.kind, row.words
    off = switch_of(target, workspace.settings).reason
    situation = _situation(target, row, fits=not lacks, stopped=bool(count), off=off)
    return TargetRow(
        token=target.token,
        title=target.title,
        kind=kind,
        words=words,
        requirements=own,
        blocking=0 if lacks else count,
        decided=line.decided,
        off=off,
        lacks=lacks,
        command=command if lacks else "",
        sends=_sends(package),
        lost=tuple(gap.shown for gap in package.lost) if package is not None else (),
        warning=target.irreversible[current_language()],
        changes=_changes(workspace, row),
        acts=acts_at(situation),
        row=row,
    )


def _situation(
    target: Target, row: PublicationRow | None, *, fits: bool, stopped: bool, off: str
) -> Situation:
    return Situation(
        role=target.role,
        title=target.title,
        fits=fits,
        stopped=stopped,
        off=bool(off),
        state=row.state if row is not None else None,
        is_public=row is not None and row.is_public,
        changed=row is not None and row.changed,
        has_page=row is not None and bool(row.page),
    )


def _changes(
    workspace: Workspace, row: PublicationRow | None
) -> tuple[ChangedRecord, ...]:
    from fair_imagic.views.difference import changed_records

    if row is None or not row.changed:
        return ()
    return changed_records(workspace, row.snapshot_hash)


def _sends(package: Package | None) -> str:
    """Return in words what would be sent; nothing where no package was made yet."""
    if package is None:
        return ""
    images = len(package.attachments)
    if not images:
        return _("A description; the files stay here.")
    text = ngettext(
        "A description and {count} file.", "A description and {count} files.", images
    )
    return text.format(count=count_text(images))
