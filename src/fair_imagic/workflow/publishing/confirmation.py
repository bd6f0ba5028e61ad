"""The second step: a person who looked at a package sends that very package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import ConflictError, InputError
from fair_imagic.i18n import _, current_language
from fair_imagic.publish.shown_identifier import shown_identifier
from fair_imagic.publish.states import STATE_BADGES
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.publishing import publish

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["Confirmation", "Sending", "send"]


@dataclass(frozen=True)
class Confirmation:
    """What a person looked at: hashes of what was checked and of the package."""

    version: str
    package: str


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What it came to: an identifier, or words that say why not.

    ``shown`` is the identifier as people read it.
    """

    identifier: str
    words: str
    shown: str = ""


def send(
    workspace: Workspace,
    name: str,
    target: str,
    *,
    confirmed: Confirmation,
    author: str,
) -> Sending:
    """Publish the very package that somebody looked at.

    Raises :class:`~fair_imagic.errors.ConflictError` where it would be another one by
    now, InputError where the set is not theirs to change, and RemoteError where the
    archive refuses or does not answer.
    """
    record = _own_set(workspace, name)
    # what the archive answers is kept whoever sends
    workspace = workspace.whole
    ready = publish.prepare(workspace, record, target)
    _refuse_another(ready.package.snapshot_hash, ready.package.hash, confirmed)
    outcome = publish.send(workspace, ready, author=author)
    if outcome.delivery is None:
        return Sending(identifier="", words=_("This archive would refuse it"))
    badge = STATE_BADGES[outcome.delivery.state]
    words = badge[1 if current_language() == "fr" else 0]
    identifier = outcome.delivery.identifier
    shown = shown_identifier(identifier, practice=outcome.delivery.practice)
    return Sending(identifier=identifier, words=words, shown=shown)


def _own_set(workspace: Workspace, name: str) -> str:
    record = workspace.record("set", name)
    if not workspace.may_edit(record):
        raise InputError(
            _("Only who may change this set publishes it"),
            found=label_of(workspace, record),
            hint=_("Ask the team that it belongs to."),
        )
    return record


def _refuse_another(version: str, package: str, confirmed: Confirmation) -> None:
    hint = _("Look at what would be sent again, then publish.")
    if version != confirmed.version:
        raise ConflictError(
            _("The set has changed since you looked at it"),
            expected=confirmed.version[:12],
            found=version[:12],
            hint=hint,
        )
    if package != confirmed.package:
        raise ConflictError(
            _("What would be sent has changed since you looked at it"),
            expected=confirmed.package[:12],
            found=package[:12],
            hint=hint,
        )
