"""Storage roots: named places in which image files lie, so that a share can move.

A file is known by the name of a root and its path below it. Where the root lies on
this machine is a setting of its own: moving a share is changing that one.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "STORAGE_VARIABLE",
    "UNNAMED",
    "StorageRoot",
    "path_in",
    "places_of_path",
    "storage_roots",
]

STORAGE_VARIABLE = "FAIR_IMAGIC_STORAGE_"
UNNAMED = ""
"""The root of files that lie in no named one: their path is whole."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class StorageRoot:
    """A named place in which image files lie."""

    name: str
    path: Path

    @property
    def variable(self) -> str:
        """Return the name of the environment variable that says where it lies."""
        return STORAGE_VARIABLE + self.name.replace("-", "_").upper()

    @property
    def is_there(self) -> bool:
        """Whether something lies there: the folder of an unmounted share is empty."""
        try:
            with os.scandir(self.path) as entries:
                return next(entries, None) is not None
        except OSError:
            return False


def storage_roots(
    tables: object, environ: Mapping[str, str], *, where: str
) -> tuple[StorageRoot, ...]:
    """Return the roots that ``[storage.<name>]`` and the environment name, by name.

    Raises :class:`~fair_imagic.errors.ConfigurationError` for what names no folder,
    and for two names of one folder.
    """
    paths = dict(_written(tables, where))
    for variable, text in environ.items():
        if variable.startswith(STORAGE_VARIABLE):
            name = variable.removeprefix(STORAGE_VARIABLE).lower().replace("_", "-")
            paths[name] = text
    roots = tuple(_root(name, paths[name], where) for name in sorted(paths))
    names: dict[Path, str] = {}
    for root in roots:
        other = names.setdefault(root.path, root.name)
        if other != root.name:
            raise ConfigurationError(
                _("Two storage roots have the same folder"),
                where=where,
                expected=_("one name for each folder"),
                found=f"{other}, {root.name}: {root.path}",
            )
    return roots


def _written(tables: object, where: str) -> Iterable[tuple[str, str]]:
    named: dict[str, Any] = tables if isinstance(tables, dict) else {"": tables}
    for name, table in named.items():
        path = table.get("path") if isinstance(table, dict) else None
        if not isinstance(path, str) or table.keys() != {"path"}:
            raise ConfigurationError(
                _("A storage root stands in a table of its own, with its path"),
                where=where,
                expected='[storage.NAME] path = "/mnt/share"',
                found=f"storage.{name}".rstrip("."),
            )
        yield name, path


def _root(name: str, text: str, where: str) -> StorageRoot:
    path = Path(text).expanduser()
    if not _NAME.fullmatch(name):
        raise ConfigurationError(
            _("This is no name of a storage root"),
            where=where,
            expected=_("small letters, digits and hyphens"),
            found=name,
        )
    if not path.is_absolute():
        raise ConfigurationError(
            _("The path of storage root {name} must begin at /").format(name=name),
            where=where,
            found=text,
        )
    return StorageRoot(name, Path(os.path.normpath(path)))


def places_of_path(path: Path, roots: Sequence[StorageRoot]) -> list[tuple[str, str]]:
    """Return root and path below it, for each root that holds a path.

    The longest root comes first, the unnamed one last.
    """
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - takes .. out, follows no link
    holding = [root for root in roots if whole.is_relative_to(root.path)]
    holding.sort(key=lambda root: -len(root.path.parts))
    places = [(root.name, whole.relative_to(root.path).as_posix()) for root in holding]
    return [*places, (UNNAMED, str(whole))]


def path_in(root: str, path: str, roots: Sequence[StorageRoot]) -> Path | None:
    """Return where a file lies now; None for a root that no setting names."""
    if root == UNNAMED:
        return Path(path)
    return next((one.path / path for one in roots if one.name == root), None)
