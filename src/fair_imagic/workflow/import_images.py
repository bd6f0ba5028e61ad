"""Import: image files become records, each value with its place in its file."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic import files
from fair_imagic.catalogue import Change, ChangeSet, Source, SourceKind, locations
from fair_imagic.errors import FairImagicError, InputError
from fair_imagic.i18n import _
from fair_imagic.mapping import statements_for
from fair_imagic.model import Collection, File, Fileset, Image, mint, statements
from fair_imagic.rdf import iri
from fair_imagic.readers import find_filesets, read, thumbnail
from fair_imagic.workflow.authors import person_source
from fair_imagic.workflow.edits import Edits
from fair_imagic.workflow.instruments import attach
from fair_imagic.workflow.media import media_type

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from fair_imagic.rdf import Triple
    from fair_imagic.readers import RawFileset, RawImage
    from fair_imagic.workflow.workspace import Workspace

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


@dataclass(frozen=True)
class _Found:
    """One file set, read and hashed, before anything is written."""

    raw: RawFileset
    checksums: tuple[str, ...]
    names: tuple[str, ...]
    fileset: str

    @property
    def leader(self) -> Path:
        return self.raw.paths[0]


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
        found = _look(workspace, group, paths)
    except FairImagicError as error:
        result.problems.append(Problem(group[0], error.message))
        return
    result.remarks += [Problem(found.leader, text) for text in found.raw.problems]
    images = [_image_iri(workspace, found, raw) for raw in found.raw.images]
    if workspace.catalogue.exists(found.fileset):
        result.known.append(found.leader)
    else:
        result.imported.append(found.leader)
        if not dry_run:
            _keep(workspace, found, result.collection)
    if not dry_run:
        _draw(workspace, found, result)
        if microscope is not None:
            attach(workspace, images, microscope)
    result.images += images


def _look(workspace: Workspace, group: Sequence[Path], roots: Sequence[Path]) -> _Found:
    raw = read(group[0])
    checksums = tuple(files.sha256_of(path) for path in raw.paths)
    key = checksums[0][:16]
    return _Found(
        raw=raw,
        checksums=checksums,
        names=tuple(_relative(path, roots) for path in raw.paths),
        fileset=mint(workspace.settings.base_iri, "fileset", key),
    )


def _relative(path: Path, roots: Sequence[Path]) -> str:
    """Return the path below the folder that was imported: no name above it leaks."""
    for root in roots:
        whole = root.absolute()
        if whole.is_dir() and path.is_relative_to(whole):
            return path.relative_to(whole).as_posix()
    return path.name


def _image_iri(workspace: Workspace, found: _Found, raw: RawImage) -> str:
    base = workspace.settings.base_iri
    return mint(base, "image", found.checksums[0][:16], str(raw.index))


def _keep(workspace: Workspace, found: _Found, collection: str) -> None:
    source = Source(
        iri=workspace.mint("source", f"file-{found.checksums[0][:16]}"),
        kind=SourceKind.FILE,
        label=found.leader.name,
        sha256=found.checksums[0],
    )
    facts = {_image_iri(workspace, found, raw): raw.facts for raw in found.raw.images}
    locations.remember(
        workspace.catalogue.database,
        zip(found.checksums, found.raw.paths, strict=True),
    )
    workspace.catalogue.keep_facts(source, {"": found.raw.facts, **facts})
    changes = [_fileset_change(found, source)]
    changes += [
        _image_change(workspace, found, raw, source, collection)
        for raw in found.raw.images
    ]
    workspace.catalogue.append(
        ChangeSet(author="import", reason=found.leader.name, changes=tuple(changes))
    )


def _fileset_change(found: _Found, source: Source) -> Change:
    parts = [
        File(
            iri=f"{found.fileset}#file-{number}",
            path=name,
            byte_size=str(path.stat().st_size),
            sha256=checksum,
            media_type=media_type(path),
            format=found.raw.reader,
        )
        for number, (path, name, checksum) in enumerate(
            zip(found.raw.paths, found.names, found.checksums, strict=True)
        )
    ]
    fileset = Fileset(
        iri=found.fileset,
        title=found.names[0],
        files=tuple(part.iri for part in parts),
    )
    added = {t for one in (fileset, *parts) for t in statements(one)}
    return Change(record=found.fileset, source=source, added=frozenset(added))


def _image_change(
    workspace: Workspace,
    found: _Found,
    raw: RawImage,
    source: Source,
    collection: str,
) -> Change:
    image = _image_iri(workspace, found, raw)
    frame = Image(
        iri=image,
        collection=collection,
        fileset=found.fileset,
        series_index=str(raw.index),
        content_kind="raw",
    )
    places: dict[Triple, str] = {}
    for one in statements_for(raw, image_iri=image):
        places[one.triple] = one.place
    title = (iri(image), iri("dcterms:title"))
    if not any(triple[:2] == title for triple in places):
        frame = dataclasses.replace(frame, title=raw.name or found.leader.name)
    return Change(
        record=image,
        source=source,
        added=frozenset({*statements(frame), *places}),
        places=places,
    )


def _draw(workspace: Workspace, found: _Found, result: ImportResult) -> None:
    """Make the pictures that are not there yet; a failure is only a remark."""
    for raw in found.raw.images:
        name = _image_iri(workspace, found, raw).rpartition("/")[2]
        target = workspace.thumbnails / f"{name}.png"
        if target.exists():
            continue
        try:
            files.write_atomically(target, thumbnail(found.leader, raw.index))
        except FairImagicError as error:
            result.remarks.append(Problem(found.leader, error.message))
