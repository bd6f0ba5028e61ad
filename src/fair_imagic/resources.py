"""The data folders, in a wheel or beside pyproject.toml, and installed extensions."""

from __future__ import annotations

import functools
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

__all__ = ["checkout", "folder", "installed", "registered"]


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


def registered(group: str) -> dict[str, EntryPoint]:
    """Return what installed packages add to a group, by name, sorted.

    One name may come twice, from two copies of a package on the path. Raises
    :class:`~fair_imagic.errors.ConfigurationError` where two packages mean different
    things by it.
    """
    entries: dict[str, EntryPoint] = {}
    for entry in installed(group):
        first = entries.setdefault(entry.name, entry)
        if first.value != entry.value:
            raise ConfigurationError(
                _("Two packages bring {name} under {group}").format(
                    name=entry.name, group=group
                ),
                found=f"{first.value}, {entry.value}",
                hint=_("Remove one of them from this installation."),
            )
    return {name: entries[name] for name in sorted(entries)}


@functools.lru_cache(maxsize=16)
def _entry_points(group: str, _path: tuple[str, ...]) -> EntryPoints:
    return entry_points(group=group)
