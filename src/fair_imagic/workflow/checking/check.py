"""Check: what an archive would refuse, what is poor, and where values come from."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import Instrument
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.checking.requirements import (
    Requirements,
    chosen_profiles,
    requirements_of,
)
from fair_imagic.workflow.checking.subject import KINDS, find_subject, snapshot_of
from fair_imagic.workflow.checking.verdict import verdict_for
from fair_imagic.workflow.images.members import type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fair_imagic.checks import Report
    from fair_imagic.readers import FoundFilesets
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.checking.verdict import Verdict
    from fair_imagic.workflow.images.import_images import ImportResult

__all__ = ["check_folder", "run", "verdict"]


def run(
    workspace: Workspace,
    name: str,
    *,
    names: Sequence[str] = (),
    extra: Path | None = None,
    declared_tier: int | None = None,
    verify_files: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> Report:
    """Check a publication set, collection or microscope and return the report.

    ``names`` are tokens of requirements (by default the usual ones; for a microscope
    those about microscopes; ``dmp`` is the plan that the set fulfils, ``dmp:NAME`` a
    plan by its name), ``extra`` a folder with more of them; ``verify_files`` reads the
    files again and compares their checksums. ``declared_tier`` is the NBO-Q tier
    claimed, by default that of the set's record. Raises
    :class:`~fair_imagic.errors.NotFoundError` for a name that stands for nothing.
    """
    return verdict(
        workspace,
        name,
        names=names,
        extra=extra,
        declared_tier=declared_tier,
        verify_files=verify_files,
        progress=progress,
    ).report


def verdict(
    workspace: Workspace,
    name: str,
    *,
    names: Sequence[str] = (),
    extra: Path | None = None,
    declared_tier: int | None = None,
    verify_files: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> Verdict:
    """Return the verdict on what a name stands for; arguments are as in :func:`run`."""
    record = find_subject(workspace, name, kinds=KINDS)
    snapshot = snapshot_of(workspace, record)
    asked = requirements_of(
        workspace, snapshot, names=names, extra=extra, declared_tier=declared_tier
    )
    if not names and type_of(workspace, record) == Instrument.class_iri:
        fitting = [one for one in asked.profiles if Instrument.class_iri in one.about]
        asked = replace(asked, profiles=fitting)
    return verdict_for(workspace, asked, verify_files=verify_files, progress=progress)


def check_folder(
    folder: Path,
    *,
    names: Sequence[str] = (),
    extra: Path | None = None,
    declared_tier: int | None = None,
    groups: FoundFilesets | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> tuple[Verdict, ImportResult]:
    """Check the images of a folder (or one file) without any catalogue.

    They are imported into a catalogue that is thrown away. The files are not touched.
    ``groups`` are its file sets where they were looked for already.
    """
    from fair_imagic.workflow.images import import_images
    from fair_imagic.workflow.sets import publication_set as sets

    wanted = chosen_profiles(names, extra=extra, declared_tier=declared_tier)
    with (
        tempfile.TemporaryDirectory(prefix="fair-imagic-") as home,
        open_workspace(Path(home)) as workspace,
    ):
        name = folder.absolute().name
        result = import_images.run(
            workspace,
            [folder],
            collection=name,
            author="check",
            groups=groups,
            progress=progress,
        )
        if not result.images:
            _refuse_unreadable(folder, result)
        sets.create(workspace, name, author="check", title=name, images="all")
        snapshot = snapshot_of(workspace, workspace.record("set", name))
        asked = Requirements(snapshot, wanted, declared_tier)
        verdict = verdict_for(workspace, asked, targets=())
    return verdict, result


def _refuse_unreadable(folder: Path, result: ImportResult) -> NoReturn:
    listed = "; ".join(f"{p.path.name}: {p.reason}" for p in result.problems[:5])
    raise NotFoundError(
        _("No image of this folder can be read"), where=str(folder), found=listed
    )
