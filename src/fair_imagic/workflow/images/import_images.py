"""Import: image files become records, each value with its place in its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.errors import FairImagicError, InputError
from fair_imagic.i18n import _
from fair_imagic.model import Collection, Image
from fair_imagic.readers import find_filesets
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.images import filesets
from fair_imagic.workflow.microscopes.instruments import attach

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

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
    progress: Callable[[int, int, str], None] | None = None,
) -> ImportResult:
    """Import image files and folders into a collection (made if it is new).

    Each file set is one change set: an interrupted import keeps what is done, and the
    same command again does the rest. Files are never written to. Raises
    :class:`~fair_imagic.errors.InputError` where no image file is found.
    """
    root = workspace.mint("collection", collection)
    microscope = workspace.record("instrument", instrument) if instrument else None
    result = ImportResult(collection=root)
    groups = find_filesets([path.absolute() for path in paths])
    result.problems += [Problem(one.path, one.reason) for one in groups.problems]
    if not groups.groups:
        _refuse_nothing(paths, result.problems)
    if not dry_run:
        _describe_collection(workspace, root, collection, author)
    for number, group in enumerate(groups):
        if progress is not None:
            progress(number, len(groups), group[0].name)
        _one(workspace, group, paths, result, microscope, dry_run=dry_run)
    if progress is not None:
        progress(len(groups), len(groups), "")
    return result


def _refuse_nothing(paths: Sequence[Path], problems: list[Problem]) -> None:
    listed = "; ".join(f"{one.path.name}: {one.reason}" for one in problems[:5])
    raise InputError(
        _("No image file was found"),
        where=", ".join(str(path) for path in paths),
        expected=_("OME-TIFF, TIFF, OME-XML, LIF, ND2 or CZI files"),
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
    group: Sequence[Path],
    paths: Sequence[Path],
    result: ImportResult,
    microscope: str | None,
    *,
    dry_run: bool,
) -> None:
    """Import one file set; what is wrong with it becomes a problem of the result."""
    try:
        found = filesets.look(workspace, group, paths)
    except FairImagicError as error:
        result.problems.append(Problem(group[0], error.message))
        return
    result.remarks += [Problem(found.leader, text) for text in found.raw.problems]
    images = [image for image, _raw in found.images]
    if workspace.catalogue.exists(found.iri):
        result.known.append(found.leader)
        if not dry_run:
            filesets.remember_places(workspace, found)  # it may have been moved
    else:
        result.imported.append(found.leader)
        if not dry_run:
            frame = Image(iri="", collection=result.collection, content_kind="raw")
            filesets.keep(workspace, found, frame, author="import")
    if not dry_run:
        _draw(workspace, found, result)
        if microscope is not None:
            attach(workspace, images, microscope)
    result.images += images


def _draw(workspace: Workspace, found: FoundFileset, result: ImportResult) -> None:
    """Make the pictures; broken pixels are a remark, as the metadata are kept."""
    try:
        filesets.draw(workspace, found)
    except FairImagicError as error:
        result.remarks.append(Problem(found.leader, error.message))
