"""All profiles that this installation knows: built in, added, or in a folder."""

from __future__ import annotations

import difflib
import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from fair_imagic.checks.profile import MANIFEST, Profile, read_profile
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.resources import folder as resource_folder
from fair_imagic.resources import installed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["ENTRY_POINTS", "PLAN", "available", "load"]

ENTRY_POINTS = "fair_imagic.profiles"
#: Stands for the plan of a set where it is checked, ``dmp:NAME`` for one by its name.
PLAN = "dmp"


def available(extra: Path | None = None) -> dict[str, Profile]:
    """Return every profile by its token, in alphabetical order.

    ``extra`` is a profile's folder or a folder of them. Installed packages add
    folders through the entry point group ``fair_imagic.profiles``: each entry names a
    function that returns the folder. Raises InputError for two profiles of one name, a
    missing parent, or parents that go round in a circle.
    """
    found: dict[str, Profile] = {}
    for folder in (*_installed_folders(), *_folders_in(extra)):
        profile = _read(folder, (folder / MANIFEST).stat().st_mtime_ns)
        if profile.token in found:
            raise InputError(
                _("Two sets of requirements have the same name"),
                where=str(folder),
                found=f"{profile.token} ({found[profile.token].folder})",
                hint=_("Change dcterms:identifier in one of them"),
            )
        found[profile.token] = profile
    return {token: _with_ancestors(found[token], found) for token in sorted(found)}


def load(token: str, *, extra: Path | None = None) -> Profile:
    """Return one profile; NotFoundError lists the names, the closest first."""
    known = available(extra)
    if token in known:
        return known[token]
    close = difflib.get_close_matches(token, known, n=3, cutoff=0.5)
    hint = _("Did you mean {names}?").format(names=", ".join(close)) if close else ""
    raise NotFoundError(
        _("There are no requirements named {name}").format(name=token),
        expected=", ".join(known),
        found=token,
        hint=hint,
    )


@functools.lru_cache(maxsize=64)
def _read(folder: Path, _changed_ns: int) -> Profile:
    return read_profile(folder)


def _installed_folders() -> Iterator[Path]:
    yield from _folders_in(resource_folder("shapes"))
    for entry in sorted(installed(ENTRY_POINTS), key=lambda e: e.name):
        yield from _folders_in(entry.load()())


def _folders_in(root: Path | None) -> Iterator[Path]:
    if root is None:
        return
    if (root / MANIFEST).is_file():
        yield root
        return
    manifests = sorted(root.glob(f"*/{MANIFEST}"))
    if not manifests:
        raise NotFoundError(
            _("The folder holds no requirements"),
            where=str(root),
            expected=_("a file {name} in it or one folder below").format(name=MANIFEST),
        )
    yield from (manifest.parent for manifest in manifests)


def _with_ancestors(profile: Profile, known: Mapping[str, Profile]) -> Profile:
    ancestors: list[Profile] = []
    _collect(profile, known, trail=(profile.token,), into=ancestors)
    return replace(profile, ancestors=tuple(ancestors))


def _collect(
    profile: Profile,
    known: Mapping[str, Profile],
    *,
    trail: tuple[str, ...],
    into: list[Profile],
) -> None:
    for token in profile.parents:
        if token in trail:
            raise InputError(
                _("Requirements refer to each other in a circle"),
                where=str(profile.folder / MANIFEST),
                found=" -> ".join((*trail, token)),
                hint=_("Remove one prof:isProfileOf"),
            )
        if token not in known:
            raise NotFoundError(
                _("The parent {name} of these requirements is unknown").format(
                    name=token
                ),
                where=str(profile.folder / MANIFEST),
                expected=", ".join(sorted(known)),
            )
        parent = known[token]
        if parent.token not in (seen.token for seen in into):
            into.append(parent)
        _collect(parent, known, trail=(*trail, token), into=into)
