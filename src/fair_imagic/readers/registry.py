"""The registered readers, and the choice of one by what a file contains."""

from __future__ import annotations

import dataclasses
import functools
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from fair_imagic.errors import ConfigurationError, UnreadableFileError
from fair_imagic.i18n import _
from fair_imagic.readers.base import Reader, display_name
from fair_imagic.readers.leak import leaks_of
from fair_imagic.readers.opened import OpenedFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import Any

    from numpy.typing import NDArray

    from fair_imagic.readers.base import Claim, RawFileset
    from fair_imagic.readers.opened import Memory

__all__ = [
    "ImageFile",
    "LastFile",
    "choose",
    "explain",
    "pixels",
    "read",
    "readers",
]

GROUP = "fair_imagic.readers"


@functools.cache
def readers() -> tuple[Reader, ...]:
    """Return every registered reader, in the order of their names."""
    # One name may come twice, from two copies of a package on the path.
    found = {point.name: point for point in entry_points(group=GROUP)}
    return tuple(_loaded(name, found[name].load()) for name in sorted(found))


def _loaded(name: str, candidate: object) -> Reader:
    if not isinstance(candidate, Reader):
        raise ConfigurationError(
            _("The reader {name} lacks a part of the interface").format(name=name),
            expected="token, label, extensions, gaps, claim, companions, read, pixels",
        )
    return candidate


class ImageFile:
    """An image file opened once, with the reader that takes it; closed by ``with``.

    ``memories`` are what a scan of the folder learnt of it and of the other files of
    its set. Raises :class:`~fair_imagic.errors.UnreadableFileError` where no reader
    takes it.
    """

    def __init__(
        self, path: Path, memories: Mapping[Path, Memory] | None = None
    ) -> None:
        self.file = OpenedFile(path, memories)
        try:
            self.reader, self.claim = choose(self.file)
        except BaseException:
            self.close()
            raise

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.file.path

    def __enter__(self) -> ImageFile:
        """Return the file itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file and all of its set that is open."""
        self.close()

    def close(self) -> None:
        """Close the file and all of its set that is open."""
        self.file.close()

    @functools.cached_property
    def content(self) -> RawFileset:
        """What the file says: its images, facts and leaks, read once."""
        fileset = self.reader.read(self.file)
        return dataclasses.replace(fileset, leaks=leaks_of(fileset))

    def pixels(self, index: int, *, least_px: int = 0) -> NDArray[Any]:
        """Return the pixels of one image with axes TCZYX (see :class:`Reader`)."""
        return self.reader.pixels(self.file, index, least_px=least_px)

    def checksums(self) -> tuple[str, ...]:
        """Return the SHA-256 of each file of the set, read after its content.

        Raises :class:`~fair_imagic.errors.UnreadableFileError` where one of them
        changed since it was opened.
        """
        paths = self.content.paths
        return tuple(self.file.member(path).sha256() for path in paths)


class LastFile:
    """Keeps the file that was asked last open: its images come one after another."""

    def __init__(self) -> None:
        self._open: ImageFile | None = None

    def __enter__(self) -> LastFile:
        """Return the keeper itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._close()

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def pixels(self, path: Path, index: int) -> NDArray[Any]:
        """Return the pixels of one image of a file with axes TCZYX."""
        if self._open is None or self._open.path != path:
            self._close()
            self._open = ImageFile(path)
        return self._open.pixels(index)


def choose(file: OpenedFile) -> tuple[Reader, Claim]:
    """Return the reader for a file and why it takes it.

    The content decides, never the name. Raises
    :class:`~fair_imagic.errors.UnreadableFileError` when no reader takes it.
    """
    claims = _claims(file)
    if not claims:
        known = ", ".join(reader.label for reader in readers())
        raise UnreadableFileError(
            file.path,
            _("its content is no known image format, whatever its name says"),
            expected=known,
            hint=_("see 'fair-imagic readers' for the formats that can be read"),
        )
    return claims[0]


def _claims(file: OpenedFile) -> list[tuple[Reader, Claim]]:
    claims = [
        (reader, claim)
        for reader in readers()
        if (claim := reader.claim(file)) is not None
    ]
    return sorted(claims, key=lambda pair: -pair[1].strength)


def read(path: Path) -> RawFileset:
    """Return what a file says: its images, facts and leaks, without reading pixels.

    Raises :class:`~fair_imagic.errors.UnreadableFileError`.
    """
    with ImageFile(path) as opened:
        return opened.content


def pixels(path: Path, index: int, *, least_px: int = 0) -> NDArray[Any]:
    """Return the pixels of one image with axes TCZYX (see :class:`Reader`)."""
    with ImageFile(path) as opened:
        return opened.pixels(index, least_px=least_px)


def explain(path: Path) -> str:
    """Return a text: which reader takes a file, why, and all that it finds."""
    claims = _claims(path)
    lines = [display_name(path)]
    lines += [
        f"  {reader.token} ({reader.label}): {claim.reason}" for reader, claim in claims
    ]
    fileset = read(path)
    lines.append(_("read with {reader}").format(reader=fileset.reader))
    file_word, problem_word = _("file"), _("problem")
    lines += [f"  {file_word}: {display_name(other)}" for other in fileset.paths]
    lines += [f"  {problem_word}: {text}" for text in fileset.problems]
    lines += _fact_lines(_("the whole file"), fileset.facts)
    for image in fileset.images:
        heading = _("image {index}: {name}").format(index=image.index, name=image.name)
        lines += _fact_lines(heading, image.facts)
    return "\n".join(lines)


def _fact_lines(heading: str, facts: tuple[Any, ...]) -> list[str]:
    if not facts:
        return []
    lines = [heading]
    for item in facts:
        unit = f" {item.unit}" if item.unit else ""
        value = " ".join(item.value.split())
        lines.append(f"  {item.key} = {value}{unit}  [{item.place}]")
    return lines
