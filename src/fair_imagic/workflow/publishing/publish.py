"""Publish: check, build, look at what would be sent, send it once, keep the answer."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic import checks
from fair_imagic.catalogue import locations
from fair_imagic.jobs.outbox import deliver
from fair_imagic.model import Software, views
from fair_imagic.publish import preview, sources
from fair_imagic.publish.registry import load
from fair_imagic.workflow.base.authors import default_author
from fair_imagic.workflow.checking import check, overrides
from fair_imagic.workflow.publishing.package import package_of
from fair_imagic.workflow.publishing.practice import archives, refuse_if_off
from fair_imagic.workflow.publishing.record import record_keeper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from fair_imagic.checks import Finding, Override
    from fair_imagic.model import Snapshot
    from fair_imagic.publish.base import Package, Target
    from fair_imagic.publish.states import Delivery
    from fair_imagic.workflow.base.workspace import Workspace

    Progress = Callable[[int, int, str], None]

__all__ = ["Outcome", "prepare", "run", "send", "sources_of_set", "stopping"]


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
    """Return what would be sent for a set, and what stands against it."""
    target = load(target_token)
    record = workspace.record("set", name)
    snapshot = workspace.catalogue.snapshot(record)
    with archives(workspace.settings) as settings:
        package = package_of(
            workspace,
            snapshot,
            target,
            settings,
            sources=sources_of_set(workspace, snapshot),
        )
        inspected = target.inspect(package, settings)
    stopping = _stopping((*_blocking_points(snapshot, target), *inspected))
    known = overrides.overrides_of(workspace, record)
    lifted = {
        point.sort_key: one
        for point in stopping
        if (one := overrides.covering(known, point, target_token)) is not None
    }
    decisions = {one.code: one for one in lifted.values()}
    return Outcome(
        package,
        blocking=tuple(p for p in stopping if p.sort_key not in lifted),
        overridden=tuple(p for p in stopping if p.sort_key in lifted),
        decisions=tuple(decisions[code] for code in sorted(decisions)),
    )


def stopping(workspace: Workspace, name: str, target_token: str) -> tuple[Finding, ...]:
    """Return all points that stop a set at an archive, decided or not."""
    outcome = prepare(workspace, name, target_token)
    return (*outcome.blocking, *outcome.overridden)


def _stopping(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple({f.sort_key: f for f in found if f.blocks}.values())


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


def _blocking_points(snapshot: Snapshot, target: Target) -> list[Finding]:
    """Return the points of the archive's own requirements that would block."""
    if not target.profiles:
        return []
    wanted = check.chosen_profiles(target.profiles)
    report = checks.check(snapshot, wanted)
    must = checks.Severity.MUST
    return [f for f in report.findings if f.blocks and f.severity is must]


def sources_of_set(workspace: Workspace, snapshot: Snapshot) -> dict[str, Path]:
    """Return where the files and the folders of scripts of a snapshot lie, by IRI."""
    database = workspace.catalogue.database
    found = sources.sources_of(database, snapshot)
    for software in views(Software, snapshot.graph):
        folder = locations.locate(database, software.iri)
        if folder is not None:
            found[software.iri] = folder
    return found
