"""The verdict: what the check says of a subject, the same at every door.

Commands, pages, publication and plans ask here. What is looked at is gathered anew each
time (records, files on the disk, pages to come, decisions, what packages are made of);
only where all of it is as before, and the day too, the earlier verdict is given again.
What a verdict under the usual requirements says is kept for pages, which gather nothing
(``kept_verdict``).
"""

from __future__ import annotations

import threading
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import once
from fair_imagic.checks import claimed_tier
from fair_imagic.i18n import current_language
from fair_imagic.jobs.check_task import CheckPart, CheckTask, PackagePart, judge
from fair_imagic.model import Collection, PublicationSet, Software, views
from fair_imagic.publish.registry import available
from fair_imagic.publish.settings import without_secrets
from fair_imagic.publish.sources import places_of, sources_of
from fair_imagic.workflow.checking.input_sum import shared_sum
from fair_imagic.workflow.checking.kept_verdict import (
    SeenFiles,
    keep_verdict,
    kept_verdict,
)
from fair_imagic.workflow.checking.origins import origin_lookup
from fair_imagic.workflow.checking.overrides import overrides_of
from fair_imagic.workflow.checking.requirements import (
    chosen_profiles,
    requirements_of,
)
from fair_imagic.workflow.checking.subject import snapshot_of
from fair_imagic.workflow.checking.surroundings import with_surroundings
from fair_imagic.workflow.proposals import with_proposals
from fair_imagic.workflow.sets.defaults import defaults_of
from fair_imagic.workflow.sets.deliveries import published_names
from fair_imagic.workflow.sets.editions import key_of_edition
from fair_imagic.workflow.sets.publication_set import set_row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from fair_imagic.checks import Profile, Report
    from fair_imagic.checks.checker import Origin
    from fair_imagic.errors import FairImagicError
    from fair_imagic.model import Snapshot
    from fair_imagic.publish.base import Package
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.checking.requirements import Requirements

    Progress = Callable[[int, int, str], None]

__all__ = [
    "Verdict",
    "check_if_small",
    "task_of",
    "verdict_for",
    "verdict_for_page",
    "verdict_on",
    "verdict_on_document",
]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the check says of a subject, in every language.

    ``packages`` are what would be sent to each archive that was asked about, made of
    the very snapshot that was checked; ``refusals`` say why there is none. ``key`` is a
    hash of all that the verdict rests on.
    """

    key: str
    report: Report
    packages: Mapping[str, Package]
    refusals: Mapping[str, Mapping[str, FairImagicError]]

    def package(self, target: str) -> Package:
        """Return what would be sent to an archive; raises what stands against it."""
        if target in self.refusals:
            error = self.refusals[target][current_language()]
            # The verdict is kept: each raising would add its frames to the error.
            raise error.with_traceback(None)
        return self.packages[target]


_MOST_KEPT = 64
_MOST_IMAGES_WAITED_FOR = 300
_MOST_BYTES = 64_000_000
_recent: dict[str, Verdict] = {}
_lock = threading.Lock()
# Some for all sets, so that they do not become more and more.
_turns = tuple(threading.Lock() for _number in range(64))


def verdict_on(workspace: Workspace, record: str) -> Verdict:
    """Return the verdict on a record under the usual requirements."""
    workspace = workspace.whole
    asked = requirements_of(workspace, snapshot_of(workspace, record))
    return verdict_for(workspace, asked)


def verdict_for_page(workspace: Workspace, record: str) -> Verdict:
    """Return the verdict on a set that a page shows: the kept one while it holds.

    Else the set is checked, once for all who ask at the same time.
    """
    kept = kept_verdict(workspace, record)
    if kept is not None and kept.is_fresh:
        return kept.verdict
    with _turn_of(record):
        kept = kept_verdict(workspace, record)
        if kept is not None and kept.is_fresh:
            return kept.verdict
        return verdict_on(workspace, record)


def check_if_small(workspace: Workspace, name: str) -> None:
    """Check a set, if that takes no longer than a person waits; NotFoundError for none.

    Larger sets are checked where nobody waits.
    """
    record = workspace.record("set", name)
    if set_row(workspace, record).images <= _MOST_IMAGES_WAITED_FOR:
        verdict_for_page(workspace, record)


def _turn_of(record: str) -> threading.Lock:
    return _turns[zlib.crc32(record.encode()) % len(_turns)]


def verdict_on_document(
    snapshot: Snapshot,
    wanted: Sequence[Profile],
    *,
    declared: int | None = None,
    origin: Origin | None = None,
    progress: Progress | None = None,
) -> Verdict:
    """Return the verdict on a document, which stands in a snapshot's place.

    It lies in no catalogue: nothing is around it, nothing was decided about it, and no
    package is made of it.
    """
    task = CheckTask(
        subject=snapshot.root,
        snapshot_hash=snapshot.hash,
        parts=(CheckPart(snapshot=snapshot, profiles=tuple(wanted)),),
        profiles=tuple(wanted),
        language=current_language(),
        declared=declared,
    )
    report = judge(task, origin=origin, progress=progress).report
    return Verdict(key=task.key, report=report, packages={}, refusals={})


def verdict_for(
    workspace: Workspace,
    asked: Requirements,
    *,
    targets: Sequence[str] | None = None,
    verify_files: bool = False,
    progress: Progress | None = None,
) -> Verdict:
    """Return the verdict on a snapshot under the requirements asked for.

    ``targets`` are the archives whose packages are made and looked at, by default
    those among the requirements that nothing else stops. ``verify_files`` reads the
    files again and compares their checksums. It is the same whoever asks for it.
    """
    workspace = workspace.whole
    # what a page has read before may be older than the snapshot
    once.forget()
    # before anything is gathered: what changes meanwhile makes the verdict an old one
    shared = shared_sum(workspace)
    task = task_of(
        workspace,
        asked.snapshot,
        asked.profiles,
        declared=asked.declared,
        targets=targets,
        verify_files=verify_files,
        progress=progress,
    )
    if targets is not None or verify_files or not _is_usual(asked):
        return _verdict_of(workspace, asked, task, progress)
    files = SeenFiles.of(_looked_for(workspace, asked.snapshot, task))
    verdict = _verdict_of(workspace, asked, task, progress)
    keep_verdict(workspace, asked.snapshot, verdict, shared=shared, files=files)
    return verdict


def _verdict_of(
    workspace: Workspace,
    asked: Requirements,
    task: CheckTask,
    progress: Progress | None,
) -> Verdict:
    key = task.key
    with _lock:
        earlier = _recent.get(key)
    if earlier is not None:
        return earlier
    origin = origin_lookup(workspace, asked.snapshot)
    judgement = judge(task, origin=origin, progress=progress)
    verdict = Verdict(
        key=key,
        report=with_proposals(workspace, asked.snapshot, judgement.report),
        packages=judgement.packages,
        refusals=judgement.refusals,
    )
    _keep(verdict)
    return verdict


def _is_usual(asked: Requirements) -> bool:
    """Return whether a set is asked what pages show of it, and nothing else."""
    kinds = asked.snapshot.graph.types(asked.snapshot.root)
    if PublicationSet.class_iri not in kinds or Collection.class_iri in kinds:
        return False
    tier = claimed_tier(asked.snapshot)
    return asked.declared == tier and asked.profiles == chosen_profiles(
        [], declared_tier=tier
    )


def task_of(
    workspace: Workspace,
    snapshot: Snapshot,
    wanted: Sequence[Profile],
    *,
    declared: int | None = None,
    targets: Sequence[str] | None = None,
    verify_files: bool = False,
    whole: bool = False,
    progress: Progress | None = None,
) -> CheckTask:
    """Return a check with all that it looks at, as it is at this moment."""
    parts = []
    for name in dict.fromkeys(profile.checks for profile in wanted) or ("",):
        if name:
            # the landing page, with all that draws it, is wanted by few
            from fair_imagic.workflow.checking.portrayal import portrayed

            seen = portrayed(workspace, snapshot, name)
        else:
            seen = with_surroundings(
                workspace, snapshot, verify_files=verify_files, progress=progress
            )
        chosen = tuple(profile for profile in wanted if profile.checks == name)
        parts.append(CheckPart(snapshot=seen, profiles=chosen))
    return CheckTask(
        subject=snapshot.root,
        snapshot_hash=snapshot.hash,
        parts=tuple(parts),
        profiles=tuple(wanted),
        language=current_language(),
        packages=_packages(workspace, snapshot, wanted, targets),
        declared=declared,
        overrides=overrides_of(workspace, snapshot.root),
        defaults=defaults_of(workspace),
        whole=whole,
    )


def _packages(
    workspace: Workspace,
    snapshot: Snapshot,
    wanted: Sequence[Profile],
    targets: Sequence[str] | None,
) -> PackagePart | None:
    """Return what packages are made of; only publication sets are sent anywhere."""
    kinds = snapshot.graph.types(snapshot.root)
    if PublicationSet.class_iri not in kinds or Collection.class_iri in kinds:
        return None
    tokens = {profile.token for profile in wanted}
    known = available()
    chosen = [one for one in known if one in tokens]
    if targets is not None:
        chosen = list(targets)
    if not chosen:
        return None
    return PackagePart(
        targets=tuple(chosen),
        snapshot=snapshot,
        settings=without_secrets(workspace.settings),
        sources=_sources(workspace, snapshot),
        published=published_names(workspace),
        bases=workspace.bases,
        keys={one: key_of_edition(workspace, snapshot, known[one]) for one in chosen},
        in_any_case=targets is not None,
    )


def _sources(workspace: Workspace, snapshot: Snapshot) -> dict[str, Path]:
    locations = workspace.catalogue.locations
    sources = sources_of(locations, snapshot)
    for software in views(Software, snapshot.graph):
        folder = locations.find_one(software.iri).path
        if folder is not None:
            sources[software.iri] = folder
    return sources


def _looked_for(
    workspace: Workspace, snapshot: Snapshot, task: CheckTask
) -> dict[str, Path]:
    """Return where the files of a set lie or should lie: lost ones may come back."""
    there = task.packages.sources if task.packages is not None else {}
    return {**places_of(workspace.catalogue.locations, snapshot), **there}


def _keep(verdict: Verdict) -> None:
    """Keep a verdict, and forget the oldest where they become too many or too large."""
    with _lock:
        _recent[verdict.key] = verdict
        while len(_recent) > _MOST_KEPT or (
            len(_recent) > 1 and sum(map(_size, _recent.values())) > _MOST_BYTES
        ):
            del _recent[next(iter(_recent))]


def _size(verdict: Verdict) -> int:
    return sum(
        len(content)
        for package in verdict.packages.values()
        for content in package.files.values()
    )
