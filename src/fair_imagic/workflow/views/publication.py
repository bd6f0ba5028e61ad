"""Publications of a set: where it went, in which state, and what would be sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import ConflictError
from fair_imagic.i18n import _, current_language
from fair_imagic.model import PublicationSet, RecordGraph, view
from fair_imagic.publish.base import available, load
from fair_imagic.publish.states import STATE_BADGES, State, deliveries_of
from fair_imagic.workflow import publish
from fair_imagic.workflow.views.checked import report_of
from fair_imagic.workflow.views.label import label_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.publish.base import Package, Target
    from fair_imagic.publish.states import Delivery
    from fair_imagic.workflow.workspace import Workspace

__all__ = [
    "FileShown",
    "Preview",
    "PublicationRow",
    "Sent",
    "TargetRow",
    "preview",
    "publications_of",
    "send",
    "targets_of",
]

_MOST_SHOWN = 60_000
_DONE, _FAILED = (State.PUBLISHED,), (State.REFUSED, State.NEEDS_PERSON, State.BLOCKED)


@dataclass(frozen=True, kw_only=True)
class PublicationRow:
    """One publication: ``kind`` is its sign, ``page`` our page about it."""

    target: str
    title: str
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
    them, and ``blocking`` counts the points for which it would refuse the set.
    """

    token: str
    title: str
    kind: str
    words: str
    requirements: str
    blocking: int
    row: PublicationRow | None


@dataclass(frozen=True, kw_only=True)
class FileShown:
    """One file of a package; ``text`` is empty where it is not text."""

    name: str
    byte_size: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Exactly what would be sent; ``version`` is the hash of what was checked."""

    target: str
    title: str
    set_title: str
    version: str
    warning: str
    blocking: tuple[str, ...]
    lost: tuple[str, ...]
    files: tuple[FileShown, ...]
    attachments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a publication came to: an identifier, or words that say why not."""

    identifier: str
    words: str


def publications_of(workspace: Workspace, record: str) -> tuple[PublicationRow, ...]:
    """Return where a set, or the software that belongs to it, was sent to."""
    targets = available()
    return tuple(
        _row(one, targets.get(one.target))
        for subject in _subjects(workspace, record)
        for one in deliveries_of(workspace.catalogue.database, subject)
    )


def _subjects(workspace: Workspace, record: str) -> tuple[str, ...]:
    graph = RecordGraph(workspace.catalogue.effective(record))
    return (record, *view(PublicationSet, graph, record).software)


def _row(one: Delivery, target: Target | None) -> PublicationRow:
    badge = target.badges.get(one.remote_state) if target is not None else None
    french = current_language() == "fr"
    remote = one.remote_state if badge is None else badge.fr if french else badge.en
    return PublicationRow(
        target=one.target,
        title=target.title if target is not None else one.target,
        kind=_kind(one.state),
        words=STATE_BADGES[one.state][1 if french else 0],
        remote_words=remote,
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
    report = report_of(workspace, record)
    blocking = {
        profile.token: frozenset(
            f.sort_key for f in report.findings_for(profile.token) if f.blocks
        )
        for profile in report.profiles
    }
    rows = {row.target: row for row in publications_of(workspace, record)}
    return tuple(
        _target(target, rows.get(token), blocking)
        for token, target in available().items()
    )


def _target(
    target: Target,
    row: PublicationRow | None,
    blocking: Mapping[str, frozenset[object]],
) -> TargetRow:
    known = [token for token in target.profiles if token in blocking]
    own = target.token if target.token in known else next(iter(known), "")
    count = len(frozenset[object]().union(*(blocking[token] for token in known)))
    kind, words = ("must", _("points to fix")) if count else ("could", _("not sent"))
    if row is not None:
        kind, words = row.kind, row.words
    return TargetRow(
        token=target.token,
        title=target.title,
        kind=kind,
        words=words,
        requirements=own,
        blocking=count,
        row=row,
    )


def preview(workspace: Workspace, name: str, target: str) -> Preview:
    """Return what would be sent. Raises NotFoundError for a set or target unknown."""
    outcome = publish.prepare(workspace, name, target)
    package = outcome.package
    language = current_language()
    points = (
        f"{point.focus_label}: {point.message.get(language, point.code)}"
        for point in outcome.blocking
    )
    return Preview(
        target=target,
        title=load(target).title,
        set_title=label_of(workspace, workspace.record("set", name)),
        version=package.snapshot_hash,
        warning=_warning(target),
        blocking=tuple(dict.fromkeys(points)),
        lost=package.lost,
        files=_files(package),
        attachments=tuple(sorted(package.attachments)),
    )


def _files(package: Package) -> tuple[FileShown, ...]:
    payload = json.dumps(package.payload, indent=2, ensure_ascii=False)
    contents = dict(sorted(package.files.items()))
    if package.payload:
        contents = {"payload.json": payload.encode(), **contents}
    return tuple(
        FileShown(name=name, byte_size=len(data), text=_text(data))
        for name, data in contents.items()
    )


def _text(data: bytes) -> str:
    if b"\0" in data:
        return ""
    text = data[:_MOST_SHOWN].decode("utf-8", errors="replace")
    return text + "\n…" if len(data) > _MOST_SHOWN else text


def _warning(target: str) -> str:
    """Return in plain words what cannot be taken back at a target."""
    words = {
        "datacite": _(
            "A DOI will be created and made public. A public DOI stays for ever: it can"
            " be corrected and withdrawn, but never deleted."
        ),
        "bioimage-archive": _(
            "The images and their description will be submitted to the BioImage"
            " Archive. After its release a study cannot be deleted by you."
        ),
        "software-heritage": _(
            "The scripts will be archived for ever. Nothing can be taken out of the"
            " Software Heritage archive, not even on request of the authors."
        ),
    }
    general = _("What is sent becomes public and cannot be taken back.")
    return words.get(target, general)


def send(
    workspace: Workspace, name: str, target: str, *, version: str, author: str
) -> Sent:
    """Publish the version that somebody looked at.

    Raises :class:`~fair_imagic.errors.ConflictError` where the set has changed since,
    and RemoteError where the archive refuses or does not answer.
    """
    now = publish.prepare(workspace, name, target).package.snapshot_hash
    if now != version:
        raise ConflictError(
            _("The set has changed since you looked at it"),
            expected=version[:12],
            found=now[:12],
            hint=_("Look at what would be sent again, then publish."),
        )
    outcome = publish.run(workspace, name, target)
    if outcome.delivery is None:
        return Sent(identifier="", words=_("This archive would refuse it"))
    badge = STATE_BADGES[outcome.delivery.state]
    words = badge[1 if current_language() == "fr" else 0]
    return Sent(identifier=outcome.delivery.identifier, words=words)
