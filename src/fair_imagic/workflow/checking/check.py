"""Check: what an archive would refuse, what is poor, and where values come from."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from fair_imagic.checks import claimed_tier, profiles
from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _, current_language
from fair_imagic.jobs.check_task import CheckPart, CheckTask, report_of
from fair_imagic.model import Collection, Instrument, PublicationSet, Snapshot
from fair_imagic.publish.registry import usual_profiles
from fair_imagic.rdf import iri
from fair_imagic.workflow.base.workspace import first_names, open_workspace
from fair_imagic.workflow.checking.origins import origin_lookup
from fair_imagic.workflow.checking.overrides import overrides_of
from fair_imagic.workflow.checking.surroundings import with_surroundings
from fair_imagic.workflow.images.members import images_of, type_of
from fair_imagic.workflow.proposals import with_proposals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fair_imagic.checks import Profile, Report
    from fair_imagic.readers import FoundFilesets
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.import_images import ImportResult

__all__ = [
    "Asked",
    "as_set",
    "asked_of",
    "check_folder",
    "chosen_profiles",
    "find_subject",
    "is_plan",
    "is_subject",
    "run",
    "snapshot_of",
    "task_of",
]
_SUBJECTS = ("set", "collection", "instrument")


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
    record = find_subject(workspace, name, kinds=_SUBJECTS)
    snapshot = snapshot_of(workspace, record)
    asked = asked_of(
        workspace, snapshot, names=names, extra=extra, declared_tier=declared_tier
    )
    wanted = asked.profiles
    if not names and type_of(workspace, record) == Instrument.class_iri:
        wanted = [one for one in wanted if Instrument.class_iri in one.about]
    return _report(
        workspace,
        asked.snapshot,
        wanted,
        declared=asked.declared,
        verify_files=verify_files,
        progress=progress,
    )


@dataclass(frozen=True)
class Asked:
    """What is asked of a subject: requirements, and the tier that it claims.

    ``snapshot`` is what they look at: a plan looks at publications too.
    """

    snapshot: Snapshot
    profiles: list[Profile]
    declared: int | None


def asked_of(
    workspace: Workspace,
    snapshot: Snapshot,
    *,
    names: Sequence[str],
    extra: Path | None,
    declared_tier: int | None,
) -> Asked:
    """Return what is asked of a subject; the arguments are as in :func:`run`."""
    fixed = [one for one in names if not is_plan(one)]
    claimed = declared_tier or claimed_tier(snapshot)
    wanted = []
    if fixed or not names or declared_tier is not None:
        tier = declared_tier if names else claimed
        wanted = chosen_profiles(fixed, extra=extra, declared_tier=tier)
    for token in dict.fromkeys(filter(is_plan, names)):
        from fair_imagic.workflow.checking import plan_checks

        wanted += plan_checks.plan_profiles(workspace, token, snapshot.root)
        snapshot = plan_checks.with_publications(workspace, snapshot)
    return Asked(snapshot, wanted, claimed)


def is_plan(token: str) -> bool:
    """Return whether requirements are those of a plan."""
    return token.partition(":")[0] == profiles.PLAN


def _report(
    workspace: Workspace,
    snapshot: Snapshot,
    wanted: Sequence[Profile],
    *,
    declared: int | None = None,
    verify_files: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> Report:
    task = task_of(
        workspace,
        snapshot,
        wanted,
        declared=declared,
        verify_files=verify_files,
        progress=progress,
    )
    origin = origin_lookup(workspace, snapshot)
    report = report_of(task, origin=origin, progress=progress)
    return with_proposals(workspace, snapshot, report)


def task_of(
    workspace: Workspace,
    snapshot: Snapshot,
    wanted: Sequence[Profile],
    *,
    declared: int | None = None,
    verify_files: bool = False,
    whole: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> CheckTask:
    """Return a check with all that its requirements look at.

    That is the records, or what others will see of them.
    """
    parts = []
    for name in dict.fromkeys(profile.checks for profile in wanted) or ("",):
        if name:
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
        declared=declared,
        overrides=overrides_of(workspace, snapshot.root),
        whole=whole,
    )


def chosen_profiles(
    names: Sequence[str], *, extra: Path | None = None, declared_tier: int | None = None
) -> list[Profile]:
    """Return the requirements that are asked for, the usual ones by default."""
    available = profiles.available(extra=extra)
    wanted = list(names) or [name for name in usual_profiles() if name in available]
    if not names and extra is not None:
        wanted += [name for name in available if name not in profiles.available()]
    if declared_tier is not None:
        tier = f"nboq-tier-{declared_tier}"
        wanted = [name for name in wanted if not name.startswith("nboq-tier-")]
        wanted.append(tier)
    return [profiles.load(name, extra=extra) for name in dict.fromkeys(wanted)]


def is_subject(workspace: Workspace, name: str) -> bool:
    """Return whether a name stands for something that :func:`run` can check."""
    iris = (workspace.mint(kind, name) for kind in _SUBJECTS)
    return any(workspace.catalogue.exists(one) for one in iris)


def find_subject(
    workspace: Workspace, name: str, *, kinds: Sequence[str] = ("set", "collection")
) -> str:
    """Return the record of this name: of the first kind that has one."""
    for kind in kinds:
        with contextlib.suppress(NotFoundError):
            return workspace.record(kind, name)
    known = [one for kind in kinds for one in workspace.names(kind)]
    if kinds == _SUBJECTS:
        message = _("There is no set, collection, microscope, file or folder {name}")
    else:
        message = _("There is no publication set or collection named {name}")
    raise NotFoundError(
        message.format(name=name),
        expected=first_names(known),
        hint=_("`fair-imagic set create NAME` makes a publication set."),
    )


def snapshot_of(workspace: Workspace, record: str) -> Snapshot:
    """Return the snapshot of a set; a collection is seen as a set of its images too."""
    snapshot = workspace.catalogue.snapshot(record)
    if type_of(workspace, record) != Collection.class_iri:
        return snapshot
    return as_set(workspace, snapshot, images_of(workspace, record))


def as_set(workspace: Workspace, snapshot: Snapshot, images: Iterable[str]) -> Snapshot:
    """Return the snapshot of a collection as that of a set of these images."""
    subject = iri(snapshot.root)
    said = set(workspace.catalogue.effective(snapshot.root))
    said.add((subject, iri("rdf:type"), iri(PublicationSet.class_iri)))
    part = iri("dcterms:hasPart")
    said.update((subject, part, iri(one)) for one in images)
    return snapshot.with_root(said)


def check_folder(
    folder: Path,
    *,
    names: Sequence[str] = (),
    extra: Path | None = None,
    declared_tier: int | None = None,
    groups: FoundFilesets | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> tuple[Report, ImportResult]:
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
        report = _report(workspace, snapshot, wanted, declared=declared_tier)
    return report, result


def _refuse_unreadable(folder: Path, result: ImportResult) -> NoReturn:
    listed = "; ".join(f"{p.path.name}: {p.reason}" for p in result.problems[:5])
    raise NotFoundError(
        _("No image of this folder can be read"), where=str(folder), found=listed
    )
