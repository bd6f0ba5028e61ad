"""What would be sent to a target, in plain words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import override_line
from fair_imagic.i18n import current_language, labelled
from fair_imagic.publish.registry import load
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.publishing import publish

if TYPE_CHECKING:
    from fair_imagic.publish.base import Package
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["FileShown", "Preview", "preview"]

_MOST_SHOWN = 60_000


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
    others do not.
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


def preview(workspace: Workspace, name: str, target: str) -> Preview:
    """Return what would be sent. Raises NotFoundError for a set or target unknown."""
    outcome = publish.prepare(workspace, name, target)
    package, chosen = outcome.package, load(target)
    language = current_language()
    points = (
        labelled(point.focus_label, point.message.get(language, point.code))
        for point in outcome.blocking
    )
    return Preview(
        target=target,
        title=chosen.title,
        set_title=label_of(workspace, workspace.record("set", name)),
        version=package.snapshot_hash,
        package=package.hash,
        warning=chosen.irreversible[language],
        blocking=tuple(dict.fromkeys(points)),
        decisions=tuple(override_line(one) for one in outcome.decisions),
        lost=tuple(gap.shown for gap in package.lost),
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
