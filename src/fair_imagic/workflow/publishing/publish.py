"""Publish: check, build, look at what would be sent, send it once, keep the answer."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.jobs.outbox import deliver
from fair_imagic.publish import preview
from fair_imagic.publish.registry import load
from fair_imagic.workflow.base.authors import default_author
from fair_imagic.workflow.checking.overrides import covering
from fair_imagic.workflow.checking.requirements import requirements_of
from fair_imagic.workflow.checking.subject import snapshot_of
from fair_imagic.workflow.checking.verdict import verdict_for
from fair_imagic.workflow.publishing.practice import archives, refuse_if_off
from fair_imagic.workflow.publishing.record import record_keeper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.checks import Finding, Override
    from fair_imagic.publish.base import Package
    from fair_imagic.publish.states import Delivery
    from fair_imagic.workflow.base.workspace import Workspace

    Progress = Callable[[int, int, str], None]

# What a target that names no requirements is held to: nothing goes out unchecked.
_LEAST = ("set",)

__all__ = ["Outcome", "prepare", "run", "send"]


@dataclass(frozen=True)
class Outcome:
    """What a publication came to.

    ``blocking`` are the points for which the archive would refuse it (nothing is sent
    then), ``overridden`` those that the facility decided to let pass, by
    ``decisions``; ``delivery`` is None for a dry run; ``written`` are the files of the
    preview.
    """

    package: Package
    blocking: tuple[Finding, ...]
    overridden: tuple[Finding, ...] = ()
    decisions: tuple[Override, ...] = ()
    delivery: Delivery | None = None
    written: tuple[Path, ...] = ()


def prepare(workspace: Workspace, name: str, target_token: str) -> Outcome:
    """Return what would be sent for a set, and what stands against it.

    Raises what stands against a package at all, such as scripts that are gone.
    """
    target = load(target_token)
    record = workspace.record("set", name)
    snapshot = snapshot_of(workspace, record)
    names = target.profiles or _LEAST
    asked = requirements_of(workspace, snapshot, names=names)
    verdict = verdict_for(workspace, asked, targets=(target_token,))
    package = verdict.package(target_token)
    stopping = [point for point in verdict.report.findings if point.blocks]
    known = verdict.report.overrides
    lifted = {
        point.sort_key: one
        for point in stopping
        if (one := covering(known, point, target_token)) is not None
    }
    decisions = {one.code: one for one in lifted.values()}
    return Outcome(
        package,
        blocking=tuple(p for p in stopping if p.sort_key not in lifted),
        overridden=tuple(p for p in stopping if p.sort_key in lifted),
        decisions=tuple(decisions[code] for code in sorted(decisions)),
    )


def run(
    workspace: Workspace,
    name: str,
    target_token: str,
    *,
    dry_run: bool = False,
    output: Path | None = None,
    author: str | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Publish a set to an archive, or with ``dry_run`` only show what would be sent.

    What is checked is what is sent. Running it again never makes a second deposit.
    Raises :class:`~fair_imagic.errors.RemoteUnavailableError` where the archive gives
    no answer: the state is kept, and the same call completes it.
    """
    outcome = prepare(workspace, name, target_token)
    written = tuple(preview.write_preview(outcome.package, output)) if output else ()
    if not dry_run:
        outcome = send(workspace, outcome, author=author, progress=progress)
    return dataclasses.replace(outcome, written=written)


def send(
    workspace: Workspace,
    prepared: Outcome,
    *,
    author: str | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Send what was prepared, unless something stands against it.

    Raises what :func:`run` raises.
    """
    if prepared.blocking:
        return prepared
    target = load(prepared.package.target)
    refuse_if_off(target, workspace.settings)
    workspace.catalogue.keep_whole(prepared.package.snapshot_hash, "published")
    with archives(workspace.settings) as settings:
        delivery = deliver(
            workspace.catalogue.database,
            target,
            prepared.package,
            settings=settings,
            progress=progress,
            keep=record_keeper(
                workspace, author or default_author(), prepared.decisions
            ),
        )
    return dataclasses.replace(prepared, delivery=delivery)
