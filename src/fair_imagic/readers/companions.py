"""Files that another file names: found beside it, never outside its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.files import confined
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["found_files", "metadata_file"]


def found_files(
    path: Path, names: Iterable[str]
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Return the named files that are beside ``path``, and a problem per other one."""
    found: dict[Path, None] = {}
    problems = []
    for name in names:
        try:
            other = confined(path.parent, name)
        except InputError:
            problems.append(_("{name} leads out of the folder").format(name=name))
            continue
        if not other.is_file():
            problems.append(
                _("The file {name} belongs to this image and is missing").format(
                    name=name
                )
            )
        elif other != path:
            found[other] = None
    return tuple(found), tuple(problems)


def metadata_file(path: Path, name: str | None) -> tuple[Path | None, tuple[str, ...]]:
    """Return the companion document that a TIFF file names, or why there is none."""
    if name is None:
        return None, ()
    found, problems = found_files(path, [name])
    return (found[0] if found else None), problems
