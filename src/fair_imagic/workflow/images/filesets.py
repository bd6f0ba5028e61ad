"""File sets as records: read, hashed, described, with every value's place."""

from __future__ import annotations

import contextlib
import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic import files
from fair_imagic.catalogue import Change, ChangeSet, PlaceNote, Source, SourceKind
from fair_imagic.mapping import statements_for
from fair_imagic.model import File, Fileset, Image, mint, slots_of, statements
from fair_imagic.rdf import iri, literal
from fair_imagic.readers import ImageFile, RawFileset, RawImage, thumbnail
from fair_imagic.workflow.images.media import media_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fair_imagic.rdf import Triple
    from fair_imagic.readers import FileGroup, Flaw, Leak
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["FoundFileset", "changes_for", "draw", "keep", "look", "remember_places"]


@dataclass(frozen=True)
class FoundFileset:
    """One file set, read and hashed, before anything is written.

    ``file`` is its first file, open until the ``with`` block of :func:`look` ends.
    ``names`` are relative to the folder that was imported; ``images`` pairs each
    image with the IRI that it gets.
    """

    file: ImageFile
    raw: RawFileset
    checksums: tuple[str, ...]
    sizes: tuple[int, ...]
    names: tuple[str, ...]
    iri: str
    images: tuple[tuple[str, RawImage], ...]

    @property
    def leader(self) -> Path:
        """Return the file that is read first."""
        return self.raw.paths[0]


@contextlib.contextmanager
def look(
    workspace: Workspace, group: FileGroup, roots: Sequence[Path]
) -> Iterator[FoundFileset]:
    """Read and hash a file set; nothing is written. Its files stay open meanwhile.

    Raises :class:`~fair_imagic.errors.UnreadableFileError`.
    """
    with ImageFile(group.leader, group.memories) as file:
        raw = file.content
        checksums, sizes = zip(*file.versions(), strict=True)
        key, base = checksums[0][:16], workspace.settings.base_iri
        yield FoundFileset(
            file=file,
            raw=raw,
            checksums=checksums,
            sizes=sizes,
            names=tuple(_relative(path, roots) for path in raw.paths),
            iri=mint(base, "fileset", key),
            images=tuple(
                (mint(base, "image", key, str(one.index)), one) for one in raw.images
            ),
        )


def _relative(path: Path, roots: Sequence[Path]) -> str:
    """Return the path below the folder that was imported: no name above it leaks."""
    for root in roots:
        whole = root.absolute()
        if whole.is_dir() and path.is_relative_to(whole):
            return path.relative_to(whole).as_posix()
    return path.name


def keep(
    workspace: Workspace, found: FoundFileset, frame: Image, *, author: str
) -> None:
    """Keep a file set and its images as one change set; see ``changes_for``."""
    changes = changes_for(workspace, found, frame)
    workspace.catalogue.append(ChangeSet(author, found.leader.name, changes))


def changes_for(
    workspace: Workspace, found: FoundFileset, frame: Image
) -> tuple[Change, ...]:
    """Return what describes a file set and its images; raw facts are kept at once.

    ``frame`` says what all its images have in common and no file tells (collection,
    kind, what they are derived from); its IRI is not looked at.
    """
    source = Source(
        iri=workspace.mint("source", f"file-{found.checksums[0][:16]}"),
        kind=SourceKind.FILE,
        label=found.leader.name,
        sha256=found.checksums[0],
    )
    facts = {image: raw.facts for image, raw in found.images}
    remember_places(workspace, found)
    workspace.catalogue.keep_facts(source, {"": found.raw.facts, **facts})
    return tuple(_changes(found, frame, source))


def remember_places(workspace: Workspace, found: FoundFileset) -> None:
    """Note where the files lie now."""
    places = zip(found.raw.paths, found.checksums, strict=True)
    notes = [PlaceNote(path, checksum, found.iri) for path, checksum in places]
    workspace.catalogue.locations.note(notes)


def _changes(found: FoundFileset, frame: Image, source: Source) -> Iterator[Change]:
    described = {t for one in _described(found) for t in statements(one)}
    places = _places_of_flaws(found)
    yield Change(
        record=found.iri,
        source=source,
        added=frozenset({*described, *places}),
        places=places,
    )
    for image, raw in found.images:
        yield _image_change(found, image, raw, frame=frame, source=source)


def _described(found: FoundFileset) -> Iterator[File | Fileset]:
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


def draw(workspace: Workspace, found: FoundFileset) -> None:
    """Make the pictures of the images that are not there yet.

    Raises :class:`~fair_imagic.errors.UnreadableFileError` for broken pixels.
    """
    for image, raw in found.images:
        target = workspace.thumbnails / f"{image.rpartition('/')[2]}.png"
        if not target.exists():
            files.write_atomically(target, thumbnail(found.file, raw.index))
