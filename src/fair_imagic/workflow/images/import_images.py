"""Import: image files become records, each value with its place in its file."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.errors import FairImagicError, InputError
from fair_imagic.i18n import _
from fair_imagic.model import Collection, Image
from fair_imagic.readers import find_filesets, readers
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.images import filesets
from fair_imagic.workflow.microscopes.instruments import attach

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from fair_imagic.readers import FileGroup, FoundFilesets
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.filesets import FoundFileset

__all__ = ["ImportResult", "Problem", "run"]


@dataclass(frozen=True)
class Problem:
    """A file that was left out, or about which something is wrong."""

    path: Path
    reason: str


@dataclass
class ImportResult:
    """What an import did, or with a dry run would do."""

    collection: str
    images: list[str] = field(default_factory=list)
    known: list[Path] = field(default_factory=list)
    imported: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)


def run(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    collection: str,
    author: str,
    instrument: str | None = None,
    dry_run: bool = False,
    groups: FoundFilesets | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> ImportResult:
    """Import image files and folders into a collection (made if it is new).

    Each file set is one change set: an interrupted import keeps what is done, and the
    same command again does the rest. Files are never written to. ``groups`` are the
    file sets in ``paths`` where they were looked for already. Raises
    :class:`~fair_imagic.errors.InputError` where no image file is found.
    """
    root = workspace.mint("collection", collection)
    microscope = workspace.record("instrument", instrument) if instrument else None
    result = ImportResult(collection=root)
    if groups is None:
        groups = find_filesets([path.absolute() for path in paths])
    result.problems += [Problem(one.path, one.reason) for one in groups.problems]
    if not groups.groups:
        _refuse_nothing(paths, result.problems)
    if not dry_run:
        _describe_collection(workspace, root, collection, author)
    for number, group in enumerate(groups):
        if progress is not None:
            progress(number, len(groups), group.leader.name)
        _one(workspace, group, paths, result, microscope, dry_run=dry_run)
    if progress is not None:
        progress(len(groups), len(groups), "")
    return result


def _refuse_nothing(paths: Sequence[Path], problems: list[Problem]) -> None:
    listed = "; ".join(f"{one.path.name}: {one.reason}" for one in problems[:5])
    raise InputError(
        _("No image file was found"),
        where=", ".join(str(path) for path in paths),
        expected=", ".join(reader.label for reader in readers()),
        found=listed,
        hint=_("`fair-imagic readers --explain FILE` says how a file is seen."),
    )


def _describe_collection(
    workspace: Workspace, root: str, title: str, author: str
) -> None:
    if workspace.catalogue.exists(root):
        return
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    edits.create(Collection(iri=root, title=title))
    edits.append(author, "new collection")


def _one(
    workspace: Workspace,
    group: FileGroup,
    paths: Sequence[Path],
    result: ImportResult,
    microscope: str | None,
    *,
    dry_run: bool,
) -> None:
    """Import one file set; what is wrong with it becomes a problem of the result."""
    with contextlib.ExitStack() as files:
        try:
            found = files.enter_context(filesets.look(workspace, group, paths))
        except FairImagicError as error:
            result.problems.append(Problem(group.leader, error.message))
            return
        result.remarks += [Problem(found.leader, text) for text in found.raw.problems]
        known = workspace.catalogue.exists(found.iri)
        (result.known if known else result.imported).append(found.leader)
        if not dry_run:
            _take(workspace, found, result, known=known)
    images = [image for image, _raw in found.images]
    if microscope is not None and not dry_run:
        attach(workspace, images, microscope)
    result.images += images


def _take(
    workspace: Workspace, found: FoundFileset, result: ImportResult, *, known: bool
) -> None:
    """Keep a file set that is new, and make the pictures that are not there."""
    if known:
        filesets.remember_places(workspace, found)  # it may have been moved
    else:
        frame = Image(iri="", collection=(result.collection,), content_kind="raw")
        filesets.keep(workspace, found, frame, author="import")
    _draw(workspace, found, result)


def _draw(workspace: Workspace, found: FoundFileset, result: ImportResult) -> None:
    """Make the pictures; broken pixels are a remark, as the metadata are kept."""
    try:
        filesets.draw(workspace, found)
    except FairImagicError as error:
        result.remarks.append(Problem(found.leader, error.message))
