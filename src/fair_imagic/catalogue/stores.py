"""The two stores on disk, internal and public, and how new ones take their place."""

from __future__ import annotations

import functools
import shutil
from typing import TYPE_CHECKING

from fair_imagic.catalogue.index import Index

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

__all__ = ["NAMES", "Stores", "exist", "repair", "swap"]

NAMES = ("internal", "public")

# <name>.new is being built, <name>.ready is complete, <name>.old was replaced.
_NEW, _READY, _OLD = ".new", ".ready", ".old"


def exist(folder: Path) -> bool:
    """Return whether both stores are on disk, and were not left half made."""
    # the storage engine writes this file last when it makes a store
    return all((folder / name / "CURRENT").is_file() for name in NAMES)


class Stores:
    """Both stores for writing, each opened at its first use."""

    def __init__(self, folder: Path, *, new: bool = False) -> None:
        self.folder = folder
        self._suffix = _NEW if new else ""
        if new:
            for name in NAMES:
                _discard(folder / (name + _NEW))

    @functools.cached_property
    def internal(self) -> Index:
        """The store of everything."""
        return Index(self.folder / (NAMES[0] + self._suffix))

    @functools.cached_property
    def public(self) -> Index:
        """The store of what is published."""
        return Index(self.folder / (NAMES[1] + self._suffix))

    def are_at(
        self,
        *,
        internal: Collection[int] | None = None,
        public: Collection[int] | None = None,
    ) -> bool:
        """Return whether stores can be opened and have a marker among those given."""
        try:
            return (internal is None or self.internal.marker() in internal) and (
                public is None or self.public.marker() in public
            )
        except (OSError, RuntimeError):
            # the storage engine says so when a file of the store is damaged
            return False

    def close(self) -> None:
        """Close what was opened; new stores are made even where nothing is in them."""
        if self._suffix:
            _made = (self.internal, self.public)
        for name in NAMES:
            opened = self.__dict__.pop(name, None)
            if opened is not None:
                opened.close()


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
