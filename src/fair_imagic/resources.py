"""The data folders, in a wheel or beside pyproject.toml, and installed extensions."""

from __future__ import annotations

import functools
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

__all__ = ["checkout", "folder", "installed"]


def folder(name: str) -> Path:
    """Return the folder ``schema``, ``shapes`` or ``mappings``."""
    package = Path(__file__).parent
    installed = package / "_data" / name
    return installed if installed.is_dir() else package.parents[1] / name


def checkout() -> Path | None:
    """Return the project's own folder, or None where it was installed as a wheel."""
    place = Path(__file__).parents[2]
    return place if (place / "pyproject.toml").is_file() else None


def installed(group: str) -> EntryPoints:
    """Return what installed packages add to a group; they are looked for once."""
    return _entry_points(group, tuple(sys.path))


@functools.lru_cache(maxsize=16)
def _entry_points(group: str, _path: tuple[str, ...]) -> EntryPoints:
    return entry_points(group=group)
