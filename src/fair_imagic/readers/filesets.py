"""Filesets: which of the files in some folders belong together."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.errors import UnreadableFileError
from fair_imagic.i18n import _, escaped
from fair_imagic.readers.registry import ImageFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from fair_imagic.readers.opened import Memory

__all__ = ["FileGroup", "FileProblem", "FoundFilesets", "find_filesets"]


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file that was left out, and why, in a sentence for a person."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class FileGroup:
    """Files that belong together, the one to read first at the front.

    ``memories`` are what the scan learnt of them: it is not read again.
    """

    paths: tuple[Path, ...]
    memories: Mapping[Path, Memory] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def leader(self) -> Path:
        """Return the file to read first."""
        return self.paths[0]


@dataclass(frozen=True, slots=True)
class FoundFilesets:
    """Groups of files, and the files that were left out.

    Iterating gives the groups.
    """

    groups: tuple[FileGroup, ...]
    problems: tuple[FileProblem, ...]

    def __iter__(self) -> Iterator[FileGroup]:
        """Return the groups one after the other."""
        return iter(self.groups)

    def __len__(self) -> int:
        """Return the number of groups."""
        return len(self.groups)


def find_filesets(paths: Sequence[Path]) -> FoundFilesets:
    """Return the filesets among files and below folders, sorted by name.

    Each file is opened once, and closed again: there may be more of them than can be
    open. Hidden files are skipped, symbolic links that lead out of a given folder
    refused; a bad file becomes a problem and stops nothing else.
    """
    problems: list[FileProblem] = []
    leaders: dict[Path, tuple[Path, ...]] = {}
    memories: dict[Path, Memory] = {}
    for path in _files(paths, problems):
        try:
            with ImageFile(path) as opened:
                leaders[path] = opened.companions
                memory = opened.file.remembered()
        except UnreadableFileError as error:
            problems.append(FileProblem(path, error.reason))
            continue
        if memory is not None:
            memories[path] = memory
    groups = tuple(
        FileGroup(paths, {path: memories[path] for path in paths if path in memories})
        for paths in _grouped(leaders)
    )
    return FoundFilesets(groups, tuple(problems))


def _files(paths: Sequence[Path], problems: list[FileProblem]) -> list[Path]:
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            for item in _below(path, problems):
                found[item] = None
        elif path.exists():
            found[path] = None
        else:
            problems.append(FileProblem(path, _("there is no such file")))
    return [path for path in found if not _is_unnameable(path, problems)]


def _is_unnameable(path: Path, problems: list[FileProblem]) -> bool:
    """Return whether a name is no text (as older systems wrote them), and say so."""
    if escaped(str(path)) == str(path):
        return False
    reason = _("its name, or that of its folder, is not in UTF-8: rename it")
    problems.append(FileProblem(path.with_name(escaped(path.name)), reason))
    return True


def _below(root: Path, problems: list[FileProblem]) -> Iterator[Path]:
    real_root = root.resolve()
    for folder, folders, names in root.walk() if hasattr(root, "walk") else _walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names, key=os.fsencode):
            path = folder / name
            if name.startswith("."):
                continue
            if not path.is_file():  # a pipe would be waited for, a circle never ends
                problems.append(
                    FileProblem(path, _("it is no file that can be opened"))
                )
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(real_root):
                problems.append(
                    FileProblem(path, _("it is a link that leads out of the folder"))
                )
                continue
            yield path


def _walk(root: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    from pathlib import Path

    for folder, folders, names in os.walk(root):
        yield Path(folder), folders, names


def _grouped(leaders: dict[Path, tuple[Path, ...]]) -> tuple[tuple[Path, ...], ...]:
    """Return each file once: with the first file of those that name each other.

    A document that only describes (a companion) comes before the files with pixels.
    """
    owner: dict[Path, Path] = {}

    def root_of(path: Path) -> Path:
        while owner.setdefault(path, path) != path:
            path = owner[path]
        return path

    for path, others in leaders.items():
        for other in others:
            first, second = root_of(path), root_of(other)
            owner[second] = first
    groups: dict[Path, set[Path]] = {}
    for path, others in leaders.items():
        groups.setdefault(root_of(path), set()).update((path, *others))
    return tuple(sorted(tuple(_led(group, leaders)) for group in groups.values()))


def _led(group: set[Path], leaders: dict[Path, tuple[Path, ...]]) -> list[Path]:
    return sorted(
        group, key=lambda path: (-len(leaders.get(path, ())), os.fsencode(path))
    )
