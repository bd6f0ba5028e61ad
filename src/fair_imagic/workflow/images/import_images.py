"""Import: image files become records, each value with its place in its file."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.errors import FairImagicError, InputError
from fair_imagic.i18n import _, ngettext
from fair_imagic.model import Collection, Image
from fair_imagic.readers import find_filesets, readers
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.images import filesets
from fair_imagic.workflow.images.collections import join
from fair_imagic.workflow.images.identity import KnownFilesets, Standing
from fair_imagic.workflow.images.versions import changes_of_version
from fair_imagic.workflow.microscopes.images import attach, attach_again

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from fair_imagic.readers import FileGroup, FoundFilesets
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.filesets import FoundFileset

__all__ = ["ImportResult", "Problem", "run"]

_AT_ONCE = 500  # file sets whose places are asked for together


@dataclass(frozen=True)
class Problem:
    """A file that was left out, or about which something is wrong."""

    path: Path
    reason: str


@dataclass
class ImportResult:
    """What an import did, or with a dry run would do.

    ``changed`` are files with another content than before; ``joined`` are images that
    were in other collections only, added to this one by change set ``number``.
    """

    collection: str
    images: list[str] = field(default_factory=list)
    known: list[Path] = field(default_factory=list)
    imported: list[Path] = field(default_factory=list)
    changed: list[Path] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    number: int | None = None
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Import:
    """What holds for all file sets of one import."""

    workspace: Workspace
    roots: Sequence[Path]
    microscope: str | None
    dry_run: bool
    result: ImportResult
    look_on: Callable[[FoundFileset], None] | None


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
    look_on: Callable[[FoundFileset], None] | None = None,
) -> ImportResult:
    """Import image files and folders into a collection (made if it is new).

    Each file set is one change set: an interrupted import keeps what is done, and the
    same command again does the rest. Files are never written to. Images that are in
    other collections are added to this one too, in one change set. ``groups`` are the
    file sets in ``paths`` where they were looked for already; ``look_on`` is called
    with each one while its files are open, before it is kept. Raises
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
    what = _Import(workspace, paths, microscope, dry_run, result, look_on)
    for number, (group, known) in enumerate(_with_places(workspace, groups.groups)):
        if progress is not None:
            progress(number, len(groups), group.leader.name)
        _one(what, group, known)
    # copies of one file are the same images
    result.images = list(dict.fromkeys(result.images))
    result.joined = list(dict.fromkeys(result.joined))
    if result.joined and not dry_run:
        result.number = join(workspace, result.joined, root, author=author)
    if progress is not None:
        progress(len(groups), len(groups), "")
    return result


def _with_places(
    workspace: Workspace, groups: Sequence[FileGroup]
) -> Iterator[tuple[FileGroup, KnownFilesets]]:
    """Yield each file set with what is recorded of its places, asked for many.

    New places of known files are kept for many at once too; who is stopped before
    gives the same command again.
    """
    for start in range(0, len(groups), _AT_ONCE):
        page = groups[start : start + _AT_ONCE]
        known = KnownFilesets(workspace, page)
        yield from ((group, known) for group in page)
        known.keep_notes()


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


def _one(what: _Import, group: FileGroup, known: KnownFilesets) -> None:
    """Import one file set; what is wrong with it becomes a problem of the result."""
    workspace, result = what.workspace, what.result
    with contextlib.ExitStack() as files:
        try:
            looked = filesets.look(workspace, group, what.roots, known)
            found = files.enter_context(looked)
        except FairImagicError as error:
            result.problems.append(Problem(group.leader, error.message))
            return
        result.remarks += [Problem(found.leader, text) for text in found.raw.problems]
        _tell(found, result)
        if what.look_on is not None:
            what.look_on(found)
        if not what.dry_run:
            _take(what, found, known)
    images = [image for image, _raw in found.images]
    if what.microscope is not None and not what.dry_run:
        attach(workspace, images, what.microscope)
    result.images += images


def _tell(found: FoundFileset, result: ImportResult) -> None:
    """Note in the result what the file set is, for a dry run too."""
    standing, kept = found.identity.standing, found.identity.kept
    kinds = {Standing.NEW: result.imported, Standing.CHANGED: result.changed}
    kinds.get(standing, result.known).append(found.leader)
    if standing is Standing.EARLIER:
        text = _(
            "an earlier version of a file that was imported: nothing is taken from it"
        )
        result.remarks.append(Problem(found.leader, text))
    elif standing is Standing.SAME and kept is not None:
        lacking = (i for i in kept.images if result.collection not in i.collections)
        result.joined += [image.iri for image in lacking if not image.is_gone]
    elif standing is Standing.CHANGED:
        result.remarks.append(Problem(found.leader, _change_words(found)))


def _change_words(found: FoundFileset) -> str:
    kept = found.identity.kept
    known = {image.iri for image in kept.images} if kept is not None else set()
    new = sum(image not in known for image, _raw in found.images)
    text = _("its content has changed since it was imported: a new version")
    if found.gone:
        count = len(found.gone)
        gone = ngettext(
            "{count} image is in it no longer and is kept",
            "{count} images are in it no longer and are kept",
            count,
        )
        text += "; " + gone.format(count=count)
    if new:
        words = ngettext("{count} new image", "{count} new images", new)
        text += "; " + words.format(count=new)
    return text


def _take(what: _Import, found: FoundFileset, known: KnownFilesets) -> None:
    """Keep what is new of a file set, and make the pictures that are not there."""
    workspace, standing = what.workspace, found.identity.standing
    frame = Image(iri="", collection=(what.result.collection,), content_kind="raw")
    if standing is Standing.NEW:
        changes = filesets.changes_for(workspace, found, frame)
        filesets.keep(workspace, found, changes, author="import")
    elif standing is Standing.CHANGED:
        changes = changes_of_version(workspace, found, frame)
        filesets.keep(workspace, found, changes, author="import")
        known.forget(found.iri)
        attach_again(workspace, [image for image, _raw in found.images])
    else:
        known.note(found.notes)
    if standing is not Standing.EARLIER:
        _draw(what, found, anew=known.was_other(found.notes))


def _draw(what: _Import, found: FoundFileset, *, anew: bool) -> None:
    """Make the pictures; broken pixels are a remark, as the metadata are kept."""
    try:
        filesets.draw(what.workspace, found, anew=anew)
    except FairImagicError as error:
        what.result.remarks.append(Problem(found.leader, error.message))
