"""File sets as records: read, hashed, described, with every value's place."""

from __future__ import annotations

import contextlib
import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic import files
from fair_imagic.catalogue import Change, ChangeSet, PlaceNote, Source, SourceKind
from fair_imagic.mapping import statements_for
from fair_imagic.model import File, Fileset, Image, slots_of, statements
from fair_imagic.rdf import iri, literal
from fair_imagic.readers import ImageFile, RawFileset, RawImage, thumbnail
from fair_imagic.workflow.images.identity import KnownFilesets, Standing, content_key
from fair_imagic.workflow.images.media import media_type
from fair_imagic.workflow.images.series import named_images

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from fair_imagic.rdf import Triple
    from fair_imagic.readers import FileGroup, Flaw, Leak
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.identity import Identity

__all__ = [
    "FoundFileset",
    "changes_for",
    "described",
    "draw",
    "keep",
    "look",
    "note_places",
    "source_of",
]


@dataclass(frozen=True)
class FoundFileset:
    """One file set, read and hashed, before anything is written.

    ``file`` is its first file, open until the ``with`` block of :func:`look` ends.
    ``names`` are relative to the folder that was imported; ``images`` pairs each
    image with the IRI that it has or gets; ``gone`` are images of a version before
    that are in the files no longer.
    """

    file: ImageFile
    raw: RawFileset
    checksums: tuple[str, ...]
    sizes: tuple[int, ...]
    names: tuple[str, ...]
    identity: Identity
    images: tuple[tuple[str, RawImage], ...]
    gone: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        """Return the IRI of the file set."""
        return self.identity.iri

    @property
    def is_new(self) -> bool:
        """Return whether nothing like it is recorded."""
        return self.identity.standing is Standing.NEW

    @property
    def leader(self) -> Path:
        """Return the file that is read first."""
        return self.raw.paths[0]

    @property
    def notes(self) -> list[PlaceNote]:
        """What lies where."""
        places = zip(self.raw.paths, self.checksums, strict=True)
        return [PlaceNote(path, checksum, self.iri) for path, checksum in places]


@contextlib.contextmanager
def look(
    workspace: Workspace,
    group: FileGroup,
    roots: Sequence[Path],
    known: KnownFilesets | None = None,
) -> Iterator[FoundFileset]:
    """Read and hash a file set; nothing is written. Its files stay open meanwhile.

    ``known`` is what is recorded of its places; without it, content alone tells.
    Raises :class:`~fair_imagic.errors.UnreadableFileError`.
    """
    with ImageFile(group.leader, group.memories) as file:
        raw = file.content
        checksums, sizes = zip(*file.versions(), strict=True)
        names = tuple(_relative(path, roots) for path in raw.paths)
        known = known or KnownFilesets(workspace)
        identity = known.identify(raw.paths, names, checksums)
        images, gone = named_images(workspace, identity, raw)
        yield FoundFileset(
            file=file,
            raw=raw,
            checksums=checksums,
            sizes=sizes,
            names=names,
            identity=identity,
            images=images,
            gone=gone,
        )


def _relative(path: Path, roots: Sequence[Path]) -> str:
    """Return the path below the folder that was imported: no name above it leaks."""
    for root in roots:
        whole = root.absolute()
        if whole.is_dir() and path.is_relative_to(whole):
            return path.relative_to(whole).as_posix()
    return path.name


def keep(
    workspace: Workspace,
    found: FoundFileset,
    changes: Sequence[Change],
    *,
    author: str,
) -> int:
    """Keep what a file set changes as one change set, and where it lies with it."""
    catalogue = workspace.catalogue
    made = ChangeSet(author, found.leader.name, changes)
    with catalogue.database.transaction() as connection:
        catalogue.locations.note(found.notes, within=connection)
        return catalogue.append(made, within=connection)


def changes_for(
    workspace: Workspace,
    found: FoundFileset,
    frame: Image,
    own: Mapping[str, Image] | None = None,
) -> tuple[Change, ...]:
    """Return what describes a file set and its images; raw facts are kept at once.

    ``frame`` says what all its images have in common and no file tells (collection,
    kind, what they are derived from), ``own`` the same of single images; its IRI is
    not looked at.
    """
    source = source_of(workspace, found)
    facts = {image: raw.facts for image, raw in found.images}
    workspace.catalogue.keep_facts(source, {"": found.raw.facts, **facts})
    return described(workspace, found, frame, own)


def described(
    workspace: Workspace,
    found: FoundFileset,
    frame: Image,
    own: Mapping[str, Image] | None = None,
) -> tuple[Change, ...]:
    """Return the same, and keep nothing: for looking ahead."""
    frames = {image: (own or {}).get(image, frame) for image, _raw in found.images}
    return tuple(_changes(found, frames, source_of(workspace, found)))


def source_of(workspace: Workspace, found: FoundFileset) -> Source:
    """Return the source of what this version of the files says."""
    key = content_key(found.names, found.checksums)
    return Source(
        iri=workspace.mint("source", f"file-{key}"),
        kind=SourceKind.FILE,
        label=found.leader.name,
        sha256=found.checksums[0],
    )


def note_places(workspace: Workspace, found: FoundFileset) -> None:
    """Note where the files lie now."""
    workspace.catalogue.locations.note(found.notes)


def _changes(
    found: FoundFileset, frames: Mapping[str, Image], source: Source
) -> Iterator[Change]:
    said = {t for one in _described(found) for t in statements(one)}
    places = _places_of_flaws(found)
    yield Change(
        record=found.iri,
        source=source,
        added=frozenset({*said, *places}),
        places=places,
    )
    for image, raw in found.images:
        yield _image_change(found, image, raw, frame=frames[image], source=source)


def _described(found: FoundFileset) -> Iterator[File | Fileset]:
    """Yield the files, then the file set, as records say them."""
    parts = [
        File(
            iri=f"{found.iri}#file-{number}",
            path=name,
            byte_size=str(size),
            sha256=checksum,
            media_type=media_type(path),
            format=found.raw.reader,
        )
        for number, (path, name, checksum, size) in enumerate(
            zip(
                found.raw.paths,
                found.names,
                found.checksums,
                found.sizes,
                strict=True,
            )
        )
    ]
    yield from parts
    names = tuple(part.iri for part in parts)
    yield Fileset(iri=found.iri, title=found.names[0], files=names)


def _places_of_flaws(found: FoundFileset) -> dict[Triple, str]:
    """Return what is wrong or private in a file set, as statements about it."""
    slots = {slot.name: slot.iri for slot in slots_of("Fileset")}
    told: tuple[Flaw | Leak, ...] = (*found.raw.flaws, *found.raw.leaks)
    return {
        (iri(found.iri), iri(slots[flaw.kind]), literal(flaw.value)): flaw.place
        for flaw in told
    }


def _image_change(
    found: FoundFileset, image: str, raw: RawImage, *, frame: Image, source: Source
) -> Change:
    places: dict[Triple, str] = {
        one.triple: one.place for one in statements_for(raw, image_iri=image)
    }
    own = dataclasses.replace(
        frame, iri=image, fileset=found.iri, series_index=str(raw.index)
    )
    told = {triple[:2] for triple in places}
    if own.title is None and (iri(image), iri("dcterms:title")) not in told:
        own = dataclasses.replace(own, title=raw.name or found.leader.name)
    framed = {t for t in statements(own) if t[:2] in told and t[1] != iri("rdf:type")}
    overruled = {triple[:2] for triple in framed}
    places = {t: place for t, place in places.items() if t[:2] not in overruled}
    added = frozenset({*statements(own), *places})
    return Change(record=image, source=source, added=added, places=places)


def draw(workspace: Workspace, found: FoundFileset, *, anew: bool = False) -> None:
    """Make the pictures of the images that are not there yet, or all of them anew.

    Raises :class:`~fair_imagic.errors.UnreadableFileError` for broken pixels.
    """
    for image, raw in found.images:
        target = workspace.thumbnails / f"{image.rpartition('/')[2]}.png"
        if anew or not target.exists():
            files.write_atomically(target, thumbnail(found.file, raw.index))
