"""The check of the whole catalogue, on all cores or on a cluster."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

from fair_imagic.checks import Line, Overview, TextPool
from fair_imagic.clock import now
from fair_imagic.errors import FairImagicError, InputError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.jobs.check_task import run_check
from fair_imagic.jobs.pool import opened_pool, spread
from fair_imagic.model import Instrument
from fair_imagic.workflow.checking.origins import with_origins
from fair_imagic.workflow.checking.requirements import (
    chosen_profiles,
    is_plan,
    requirements_of,
)
from fair_imagic.workflow.checking.subjects import (
    LOOSE,
    snapshot_of_subject,
    subjects_in,
)
from fair_imagic.workflow.checking.verdict import task_of
from fair_imagic.workflow.proposals import with_proposals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from fair_imagic.checks import Profile, Report, Subject
    from fair_imagic.jobs.check_task import CheckAnswer, CheckTask
    from fair_imagic.model import Snapshot
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.checking.requirements import Requirements
    from fair_imagic.workflow.checking.subjects import Found

    Take = Callable[[Line, Report], None]

__all__ = ["PARTS", "run"]

#: What a check can be restricted to, and the kinds of subjects that it stands for.
PARTS = {
    "sets": ("set",),
    "collections": ("collection", LOOSE),
    "microscopes": ("instrument",),
}


def run(
    workspace: Workspace,
    *,
    names: Sequence[str] = (),
    extra: Path | None = None,
    declared_tier: int | None = None,
    only: Sequence[str] = (),
    verify_files: bool = False,
    take: Take | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Overview:
    """Check all publication sets, all images that are in none, and all microscopes.

    Snapshots are taken here, one by one, as workers become free; the workers open
    neither store nor database. What cannot be checked has a line with its error.

    Parameters
    ----------
    names, extra, declared_tier, verify_files
        As in :func:`~fair_imagic.workflow.checking.check.run`. Requirements are asked
        of what they can speak of: microscopes of those about microscopes, and landing
        pages and plans concern sets alone.
    only
        The parts of the catalogue to check (``sets``, ``collections``,
        ``microscopes``), by default all.
    take
        Is given each line with its whole report, in no order. Without it no report
        is kept: its counts are enough.

    Raises
    ------
    NotFoundError
        There is nothing to check, or a name stands for nothing.
    InputError
        None of the requirements is about what there is.
    """
    asked = _Asked(tuple(names), extra, declared_tier)
    asked.refuse_unknown(workspace)
    found = subjects_in(workspace, [k for part in only or PARTS for k in PARTS[part]])
    subjects = [one for one in found.subjects if asked.speaks_of(one.kind)]
    if not subjects:
        _refuse_nothing(found, names)
    work = _Work(workspace, asked, verify_files=verify_files, take=take)
    with opened_pool(workspace.settings) as pool:
        for answer in spread(pool, run_check, work.tasks(subjects)):
            line = work.receive(answer)
            if progress is not None:
                progress(len(work.lines), len(subjects), line.subject.name)
    return Overview(
        lines=tuple(work.lines[one.iri] for one in subjects),
        checked_at=now(),
        set_collections=found.covered,
        silent_kinds=tuple(
            kind
            for kind in dict.fromkeys(one.kind for one in found.subjects)
            if not asked.speaks_of(kind)
        ),
    )


def _refuse_nothing(found: Found, names: Sequence[str]) -> NoReturn:
    if found.subjects:
        raise InputError(
            _("None of these requirements is about what is to be checked"),
            found=", ".join(names),
        )
    if found.covered:
        raise NotFoundError(
            _("There is nothing to check: all images are in publication sets"),
            hint="fair-imagic check --all --only sets",
        )
    raise NotFoundError(
        _("There is nothing in the catalogue to check"),
        hint=_("`fair-imagic import` brings images into the catalogue."),
    )


@dataclass(frozen=True)
class _Asked:
    """The requirements of all, and those of them that one subject is asked for."""

    names: tuple[str, ...]
    extra: Path | None
    declared_tier: int | None

    def refuse_unknown(self, workspace: Workspace) -> None:
        """Refuse a name that stands for nothing before anything is checked."""
        for token in filter(is_plan, self.names):
            name = token.partition(":")[2]
            if name:
                workspace.record("plan", name)
        self._chosen(self.names)

    def speaks_of(self, kind: str) -> bool:
        names = self._names(kind)
        if self.names and not names and self.declared_tier is None:
            return False
        return any(map(is_plan, names)) or any(
            _fits(kind, profile) for profile in self._chosen(names)
        )

    def of(self, workspace: Workspace, kind: str, snapshot: Snapshot) -> Requirements:
        asked = requirements_of(
            workspace,
            snapshot,
            names=self._names(kind),
            extra=self.extra,
            declared_tier=self.declared_tier,
        )
        fitting = [one for one in asked.profiles if _fits(kind, one)]
        return replace(asked, profiles=fitting)

    def _names(self, kind: str) -> list[str]:
        return [one for one in self.names if kind == "set" or not is_plan(one)]

    def _chosen(self, names: Sequence[str]) -> list[Profile]:
        fixed = [one for one in names if not is_plan(one)]
        return chosen_profiles(
            fixed, extra=self.extra, declared_tier=self.declared_tier
        )


def _fits(kind: str, profile: Profile) -> bool:
    """Return whether requirements can be asked of a kind of subject."""
    if kind == "instrument":
        return Instrument.class_iri in profile.about
    return kind == "set" or not profile.checks


class _Work:
    """The check under way: what is sent, and the lines that came back."""

    def __init__(
        self,
        workspace: Workspace,
        asked: _Asked,
        *,
        verify_files: bool,
        take: Take | None,
    ) -> None:
        self.workspace = workspace
        self.asked = asked
        self.verify_files = verify_files
        self.take = take
        self.lines: dict[str, Line] = {}
        self._sent: dict[str, tuple[Subject, Snapshot | None]] = {}
        self._known = TextPool()

    def tasks(self, subjects: Iterable[Subject]) -> Iterator[CheckTask]:
        """Yield the checks; what has no snapshot gets its line at once."""
        for subject in subjects:
            try:
                snapshot, task = self._task(subject)
            except FairImagicError as error:
                self.lines[subject.iri] = Line(subject=subject, error=str(error))
                continue
            # Origins and proposed values of a whole report are looked up for it.
            kept = None if self.take is None else snapshot
            self._sent[subject.iri] = (subject, kept)
            yield task

    def _task(self, subject: Subject) -> tuple[Snapshot, CheckTask]:
        snapshot = snapshot_of_subject(self.workspace, subject)
        asked = self.asked.of(self.workspace, subject.kind, snapshot)
        task = task_of(
            self.workspace,
            asked.snapshot,
            asked.profiles,
            declared=asked.declared,
            verify_files=self.verify_files,
            whole=self.take is not None,
        )
        return asked.snapshot, task

    def receive(self, answer: CheckAnswer) -> Line:
        """Keep the line of an answer, and hand its report on."""
        subject, snapshot = self._sent.pop(answer.subject)
        line = Line(subject=subject, error=answer.error)
        if answer.summary is not None:
            summary = self._known.share(answer.summary)
            label = _label(subject, summary.label)
            line = Line(subject=subject, summary=replace(summary, label=label))
        if self.take and snapshot is not None and answer.report is not None:
            try:
                report = with_origins(self.workspace, snapshot, answer.report)
                report = with_proposals(self.workspace, snapshot, report)
            except FairImagicError as error:
                line = Line(subject=subject, error=str(error))
            else:
                label = _label(subject, report.subject_label)
                self.take(line, replace(report, subject_label=label))
        self.lines[subject.iri] = line
        return line


def _label(subject: Subject, label: str) -> str:
    """Return the title of a subject; images in no collection have none."""
    return _("Images in no collection") if subject.kind == LOOSE else label
