"""The registered readers, and the choice of one by what a file contains."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING

from fair_imagic.errors import ConfigurationError, UnreadableFileError
from fair_imagic.i18n import _
from fair_imagic.readers.base import Reader, reading
from fair_imagic.readers.leak import leaks_of
from fair_imagic.readers.opened import OpenedFile
from fair_imagic.resources import registered

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
    "claims_to",
    "format_label",
    "pixels",
    "read",
    "readers",
]

GROUP = "fair_imagic.readers"


@functools.cache
def readers() -> tuple[Reader, ...]:
    """Return every registered reader, in the order of their names."""
    entries = registered(GROUP)
    return tuple(_loaded(name, entry.load()) for name, entry in entries.items())


def format_label(token: str) -> str:
    """Return what people call a format; its token where no reader has it any more."""
    labels = {one.token: one.label for one in readers()}
    return labels.get(token, token)


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
        with reading(self.path, self.reader.label):
            fileset = self.reader.read(self.file)
            return dataclasses.replace(fileset, leaks=leaks_of(fileset))

    def pixels(self, index: int, *, least_px: int = 0) -> NDArray[Any]:
        """Return the pixels of one image with axes TCZYX (see :class:`Reader`)."""
        with reading(self.path, self.reader.label):
            return self.reader.pixels(self.file, index, least_px=least_px)

    @property
    def companions(self) -> tuple[Path, ...]:
        """The other files of the set that are there."""
        with reading(self.path, self.reader.label):
            return self.reader.companions(self.file)

    def versions(self) -> tuple[tuple[str, int], ...]:
        """Return SHA-256 and size of each file of the set, read after its content.

        Raises :class:`~fair_imagic.errors.UnreadableFileError` where one of them
        changed since it was opened.
        """
        members = (self.file.member(path) for path in self.content.paths)
        return tuple((member.sha256(), member.size) for member in members)


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
    claims = claims_to(file)
    if not claims[0][1].strength:
        raise UnreadableFileError(
            file.path,
            _("its content is no known image format, whatever its name says"),
            expected=", ".join(reader.label for reader in readers()),
            found="; ".join(f"{one.label}: {claim.reason}" for one, claim in claims),
            hint=_("see 'fair-imagic readers' for the formats that can be read"),
        )
    return claims[0]


def claims_to(file: OpenedFile) -> list[tuple[Reader, Claim]]:
    """Return what each reader says of a file, the strongest claim first."""
    claims = []
    for reader in readers():
        with reading(file.path, reader.label):
            claims.append((reader, reader.claim(file)))
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
