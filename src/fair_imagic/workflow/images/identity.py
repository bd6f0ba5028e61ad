"""Which file set is it: known by its content or by its place, or new.

A file set keeps its name while its files move, are copied, or change: content that is
recorded already is that file set wherever it lies, and other content in the place of a
known file set is a new version of it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from fair_imagic.files import sha256_of
from fair_imagic.model import File, Fileset, RecordGraph, view, views
from fair_imagic.rdf import iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from fair_imagic.catalogue import PlaceNote
    from fair_imagic.readers import FileGroup
    from fair_imagic.workflow.base.workspace import Workspace

    Contents = tuple[tuple[str, str], ...]

__all__ = [
    "Identity",
    "KeptFileset",
    "KeptImage",
    "KnownFilesets",
    "Standing",
    "content_key",
]

_KEY_LENGTH = 16


class Standing(StrEnum):
    """How files that were read stand to what is recorded."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    EARLIER = "earlier"


@dataclass(frozen=True)
class KeptImage:
    """One image of a file set as it is recorded; gone: its file has it no longer."""

    iri: str
    series_index: int
    collections: frozenset[str]
    is_gone: bool


@dataclass(frozen=True)
class KeptFileset:
    """A file set as it is recorded now, its first file at the front."""

    iri: str
    files: tuple[File, ...]
    images: tuple[KeptImage, ...]

    @property
    def contents(self) -> Contents:
        """What makes it the same as another one."""
        return contents_of(
            [one.path or "" for one in self.files],
            [one.sha256 or "" for one in self.files],
        )


@dataclass(frozen=True)
class Identity:
    """The file set that files are, by its IRI, and how it is recorded, if it is."""

    iri: str
    standing: Standing
    kept: KeptFileset | None = None

    @property
    def key(self) -> str:
        """Return the last part of the IRI, from which names of images are made."""
        return self.iri.rpartition("/")[2]


def contents_of(names: Sequence[str], checksums: Sequence[str]) -> Contents:
    """Return names and checksums of all members; one file alone may have any name."""
    if len(checksums) == 1:
        return (("", checksums[0]),)
    plain = (PurePosixPath(name).name for name in names)
    return tuple(sorted(zip(plain, checksums, strict=True)))


def content_key(names: Sequence[str], checksums: Sequence[str]) -> str:
    """Return the key of a version of a file set: it covers all members."""
    if len(checksums) == 1:
        return checksums[0][:_KEY_LENGTH]
    lines = (f"{name}\n{sha256}\n" for name, sha256 in contents_of(names, checksums))
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:_KEY_LENGTH]


class KnownFilesets:
    """What is recorded of the places where ``groups`` lie, asked once for all."""

    def __init__(self, workspace: Workspace, groups: Sequence[FileGroup] = ()) -> None:
        self._workspace = workspace
        self._locations = workspace.catalogue.locations
        paths = [path for group in groups for path in group.paths]
        self._notes = self._locations.noted_at(paths)
        self._kept: dict[str, KeptFileset | None] = {}
        self._seen: list[PlaceNote] = []
        notes = (note for several in self._notes.values() for note in several)
        self._read(map(self._record, notes))

    def identify(
        self, paths: Sequence[Path], names: Sequence[str], checksums: Sequence[str]
    ) -> Identity:
        """Return which file set these files are; ``names`` are those of the files."""
        contents = contents_of(names, checksums)
        notes = [note for path in paths for note in self._notes.get(path, ())]
        here = self._known(map(self._record, notes))
        new = self._workspace.mint("fileset", content_key(names, checksums))
        same = next((kept for kept in here if kept.contents == contents), None)
        if same is None:  # only then is anything asked for one file set alone
            others = self._with_leader(new, checksums[0])
            same = next((kept for kept in others if kept.contents == contents), None)
        if same is not None:
            return Identity(same.iri, Standing.SAME, same)
        for kept in here:
            if not self._lies_elsewhere(kept, paths):
                return Identity(kept.iri, Standing.CHANGED, kept)
        seen = {self._record(note) for note in notes if note.key == checksums[0]}
        for kept in self._known([new, *sorted(seen)]):
            return Identity(kept.iri, Standing.EARLIER, kept)
        return Identity(new, Standing.NEW)

    def note(self, notes: Iterable[PlaceNote]) -> None:
        """Take down what lies where, but for what was seen there last anyway."""
        self._seen += [one for one in notes if self._notes.get(one.path) != [one]]

    def was_other(self, notes: Iterable[PlaceNote]) -> bool:
        """Return whether another content was seen last in one of these places."""
        pairs = ((one, self._notes.get(one.path, [])) for one in notes)
        return any(noted.key != one.key for one, before in pairs for noted in before)

    def keep_notes(self) -> None:
        """Keep all that was taken down, at once."""
        self._locations.note(self._seen)
        self._seen = []

    def forget(self, fileset: str) -> None:
        """Read a file set anew when it is asked for: it has changed."""
        self._kept.pop(fileset, None)

    def _record(self, note: PlaceNote) -> str:
        """Return the file set of a place; older programs named it by its first file."""
        return note.record or self._workspace.mint("fileset", note.key[:_KEY_LENGTH])

    def _with_leader(self, new: str, checksum: str) -> Iterable[KeptFileset]:
        """Return the file sets that hold a file with this content anywhere."""
        old = self._workspace.mint("fileset", checksum[:_KEY_LENGTH])
        noted = self._locations.records_with([checksum]).get(checksum, [])
        return self._known([new, old, *noted])

    def _lies_elsewhere(self, kept: KeptFileset, paths: Sequence[Path]) -> bool:
        """Return whether the recorded version is still there in other places.

        Then what lies here is no version of it but a copy that went its own way. The
        files are read: only that tells, and it is seldom asked.
        """
        return all(
            any(
                path not in paths and path.is_file() and sha256_of(path) == file.sha256
                for path in self._locations.paths_of(file.sha256 or "")
            )
            for file in kept.files
        )

    def _known(self, records: Iterable[str]) -> list[KeptFileset]:
        wanted = list(dict.fromkeys(records))
        self._read(wanted)
        found = (self._kept[record] for record in wanted)
        return [kept for kept in found if kept is not None]

    def _read(self, records: Iterable[str]) -> None:
        """Read the file sets that were not read yet, and their images."""
        wanted = [one for one in dict.fromkeys(records) if one not in self._kept]
        if not wanted:
            return
        self._kept |= dict.fromkeys(wanted)
        effective = self._workspace.catalogue.effective_of(wanted)
        images = images_of_filesets(self._workspace, list(effective))
        for record, triples in effective.items():
            graph = RecordGraph(triples)
            files = {one.iri: one for one in views(File, graph)}
            named = view(Fileset, graph, record).files
            ordered = sorted(
                (files[name] for name in named if name in files),
                key=lambda one: int(one.iri.rpartition("-")[2]),
            )
            own = tuple(images.get(record, ()))
            self._kept[record] = KeptFileset(record, tuple(ordered), own)


def images_of_filesets(
    workspace: Workspace, filesets: Sequence[str]
) -> dict[str, list[KeptImage]]:
    """Return the images of file sets, by file set, those that are gone too."""
    if not filesets:
        return {}
    wanted = " ".join(map(iri, filesets))
    query = (
        "SELECT ?fileset ?image ?index ?gone ?collection WHERE { "
        f"VALUES ?fileset {{ {wanted} }} ?image fi:fileset ?fileset ; "
        "fi:seriesIndex ?index OPTIONAL { ?image fi:goneFromFile ?gone } "
        "OPTIONAL { ?image dcterms:isPartOf ?collection } } ORDER BY ?image"
    )
    found: dict[str, dict[str, KeptImage]] = {}
    for row in workspace.catalogue.rows(query):
        fileset, image, index, gone, collection = (text_of(t) if t else "" for t in row)
        own = found.setdefault(fileset, {})
        before = own[image].collections if image in own else frozenset()
        own[image] = KeptImage(
            iri=image,
            series_index=int(index) if index.isdecimal() else -1,
            collections=before | ({collection} if collection else frozenset()),
            is_gone=bool(gone),
        )
    return {fileset: list(own.values()) for fileset, own in found.items()}
