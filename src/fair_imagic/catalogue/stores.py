"""The two stores on disk, internal and public, and how new ones take their place."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from fair_imagic.catalogue.index import Index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["NAMES", "exist", "new_both", "open_both", "repair", "swap"]

NAMES = ("internal", "public")

# <name>.new is being built, <name>.ready is complete, <name>.old was replaced.
_NEW, _READY, _OLD = ".new", ".ready", ".old"


def exist(folder: Path) -> bool:
    """Return whether both stores are on disk."""
    return all((folder / name).is_dir() for name in NAMES)


@contextlib.contextmanager
def open_both(folder: Path) -> Iterator[tuple[Index, Index]]:
    """Open both stores for writing."""
    with _opened(folder, "") as both:
        yield both


@contextlib.contextmanager
def new_both(folder: Path) -> Iterator[tuple[Index, Index]]:
    """Open two empty stores beside the ones in use."""
    for name in NAMES:
        _discard(folder / (name + _NEW))
    with _opened(folder, _NEW) as both:
        yield both


@contextlib.contextmanager
def _opened(folder: Path, suffix: str) -> Iterator[tuple[Index, Index]]:
    with (
        contextlib.closing(Index(folder / (NAMES[0] + suffix))) as internal,
        contextlib.closing(Index(folder / (NAMES[1] + suffix))) as public,
    ):
        yield (internal, public)


def swap(folder: Path) -> None:
    """Put the new stores, now complete and closed, in the place of the old ones."""
    for name in NAMES:
        (folder / (name + _NEW)).rename(folder / (name + _READY))
    repair(folder)


def repair(folder: Path) -> None:
    """Finish a swap that was cut off, and remove what is left of other work."""
    for name in NAMES:
        used, ready, old = (folder / (name + end) for end in ("", _READY, _OLD))
        if ready.is_dir():
            _discard(old)
            if used.is_dir():
                used.rename(old)
            ready.rename(used)
        _discard(old)
        _discard(folder / (name + _NEW))


def _discard(path: Path) -> None:
    if path.exists():
        shutil.rmtree(path)
