"""What would be sent to a target, in plain words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import first_names, override_line
from fair_imagic.errors import InputError
from fair_imagic.i18n import _, current_language, labelled
from fair_imagic.publish.registry import load
from fair_imagic.publish.states import Edition, State, find
from fair_imagic.views.destination import Situation, changes_warning, send_words
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.publishing import publish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.checks import Finding
    from fair_imagic.publish.base import Package, Target
    from fair_imagic.publish.states import Delivery
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["FileShown", "Preview", "preview"]

_MOST_SHOWN = 60_000
_MOST_NAMES = 3


@dataclass(frozen=True, kw_only=True)
class FileShown:
    """One file of a package; ``text`` is empty where it is not text."""

    name: str
    byte_size: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Exactly what would be sent; ``version`` is the hash of what was checked.

    ``package`` is the hash of what would be sent, by which it is confirmed.
    ``blocking`` are points that stop it, ``decisions`` those of the facility by which
    others do not. ``button`` names the second step, ``public`` is the identifier under
    which this edition is public already, ``nothing`` says why there is nothing to send.
    """

    target: str
    title: str
    set_title: str
    version: str
    package: str
    warning: str
    blocking: tuple[str, ...]
    decisions: tuple[str, ...]
    lost: tuple[str, ...]
    files: tuple[FileShown, ...]
    attachments: tuple[str, ...]
    button: str = ""
    public: str = ""
    nothing: str = ""


def preview(workspace: Workspace, name: str, target: str) -> Preview:
    """Return what would be sent. Raises NotFoundError for a set or target unknown.

    Where no package can be made at all, it says why, as a point that stops it.
    """
    chosen = load(target)
    title = label_of(workspace, workspace.record("set", name))
    try:
        outcome = publish.prepare(workspace, name, target)
    except InputError as error:
        return _none(chosen, title, error)
    package = outcome.package
    language = current_language()
    before = _before(workspace, package)
    public = before is not None and before.is_public
    return Preview(
        target=target,
        title=chosen.title,
        set_title=title,
        version=package.snapshot_hash,
        package=package.hash,
        warning=changes_warning(before.identifier)
        if before is not None and public
        else chosen.irreversible[language],
        blocking=_points(outcome.blocking),
        decisions=tuple(override_line(one) for one in outcome.decisions),
        lost=tuple(gap.shown for gap in package.lost),
        files=_files(package),
        attachments=tuple(sorted(package.attachments)),
        button=_("Publish changes")
        if public
        else send_words(Situation(role=chosen.role, title=chosen.title)),
        public=before.identifier if before is not None and public else "",
        nothing=_nothing(before, package),
    )


def _points(blocking: Sequence[Finding]) -> tuple[str, ...]:
    """Return what stands against it: what is equal for many things once."""
    language = current_language()
    found: dict[str, dict[str, None]] = {}
    for point in blocking:
        text = point.message.get(language, point.code)
        found.setdefault(text, {})[point.focus_label] = None
    return tuple(
        labelled(first_names(list(names), _MOST_NAMES), text)
        for text, names in found.items()
    )


def _none(target: Target, title: str, error: InputError) -> Preview:
    """Return the preview of a package that cannot be made."""
    parts = (error.message, error.found, error.hint)
    return Preview(
        target=target.token,
        title=target.title,
        set_title=title,
        version="",
        package="",
        warning="",
        blocking=(" · ".join(filter(None, parts)),),
        decisions=(),
        lost=(),
        files=(),
        attachments=(),
    )


def _before(workspace: Workspace, package: Package) -> Delivery | None:
    """Return what became of this very edition, None where it was never sent."""
    edition = Edition(
        subject=package.subject,
        version=package.version,
        target=package.target,
        practice=workspace.settings.practice_mode,
    )
    return find(workspace.catalogue.database, edition)


def _nothing(before: Delivery | None, package: Package) -> str:
    """Return why there is nothing to send; empty where there is."""
    if before is None:
        return ""
    if before.state is State.WITHDRAWN:
        return _(
            "This version was withdrawn, and stays so. Give the set another version to "
            "publish it again."
        )
    if before.is_public and before.package_hash == package.hash and not before.message:
        return _("The archive has this very package: there is nothing to publish.")
    return ""


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
