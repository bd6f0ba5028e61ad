"""The check of every publication set, on all cores or on a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import FairImagicError, InputError, NotFoundError
from fair_imagic.i18n import _, current_language
from fair_imagic.jobs.check_task import CheckAnswer, CheckTask, run_check
from fair_imagic.jobs.pool import opened_pool, spread
from fair_imagic.workflow.check import chosen_profiles, snapshot_of
from fair_imagic.workflow.overrides import overrides_of
from fair_imagic.workflow.surroundings import with_surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from fair_imagic.checks import Profile
    from fair_imagic.workflow.workspace import Workspace

__all__ = ["run"]


def run(
    workspace: Workspace,
    *,
    names: Sequence[str] = (),
    extra: Path | None = None,
    declared_tier: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> list[CheckAnswer]:
    """Check all publication sets and return one answer each, by name.

    Snapshots are taken here, one by one; the workers open neither store nor database.
    A set that cannot be checked has an answer with its error. Raises
    :class:`~fair_imagic.errors.NotFoundError` where there is no set, and
    :class:`~fair_imagic.errors.InputError` for requirements of landing pages.
    """
    wanted = tuple(chosen_profiles(names, extra=extra, declared_tier=declared_tier))
    of_pages = [one.token for one in wanted if one.checks]
    if of_pages:
        raise InputError(
            _("Landing pages are checked one set at a time"),
            found=", ".join(of_pages),
            hint=_("fair-imagic check SET --profile NAME"),
        )
    found = workspace.names("set")
    if not found:
        raise NotFoundError(
            _("There is no publication set"),
            hint=_("`fair-imagic set create NAME` makes a publication set."),
        )
    lost: list[CheckAnswer] = []
    answers: list[CheckAnswer] = []
    with opened_pool(workspace.settings) as pool:
        for answer in spread(pool, run_check, _tasks(workspace, found, wanted, lost)):
            answers.append(answer)
            if progress is not None:
                progress(len(answers) + len(lost), len(found), answer.name)
    return sorted((*answers, *lost), key=lambda answer: answer.name)


def _tasks(
    workspace: Workspace,
    names: Sequence[str],
    profiles: tuple[Profile, ...],
    lost: list[CheckAnswer],
) -> Iterator[CheckTask]:
    """Yield the tasks; a set without a snapshot goes to ``lost``."""
    for name in names:
        try:
            record = workspace.record("set", name)
            snapshot = snapshot_of(workspace, record)
            snapshot = with_surroundings(workspace, snapshot)
        except FairImagicError as error:
            lost.append(CheckAnswer(name=name, error=str(error)))
            continue
        yield CheckTask(
            name=name,
            snapshot=snapshot,
            profiles=profiles,
            language=current_language(),
            overrides=overrides_of(workspace, record),
        )
