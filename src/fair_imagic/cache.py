"""Cache: what takes long to work out and is always the same, kept between two runs.

Nothing depends on it. An entry that cannot be read, or is not to the byte what was
kept, counts as none; where nothing can be written, nothing is kept. The folder may be
deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from fair_imagic import config
from fair_imagic.errors import ConfigurationError, InputError
from fair_imagic.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["folder", "keep", "kept", "key_of", "recall"]

_Made = TypeVar("_Made")

_HEAD = b"fair-imagic cache 1\n"
_HEAD_BYTES = len(_HEAD) + 65  # with a SHA-256 and the end of its line
_ENDING = ".kept"
_MOST_ENTRIES = 64
_LARGEST_BYTES = 8 << 20
_MOST_BYTES = 32 << 20
# What a killed process leaves half-written is not waited for longer than this.
_LEFTOVER_S = 3600


def folder() -> Path | None:
    """Return the folder: the setting, in the data folder, or where caches are usually.

    None where the settings are wrong or the user has no home.
    """
    try:
        settings = config.load()
        if settings.cache_folder:
            return Path(settings.cache_folder).expanduser().absolute()
        if settings.home.is_dir():
            return settings.home / "cache"
        place = os.environ.get("XDG_CACHE_HOME", "")
        # A relative path must be ignored, says the XDG specification.
        root = Path(place if place.startswith("/") else "~/.cache").expanduser()
    except (ConfigurationError, OSError, RuntimeError):
        return None
    return root / "fair-imagic"


def key_of(*parts: str) -> str:
    """Return the name of what rests on these texts, in this order."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode()
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def kept(key: str) -> bytes | None:
    """Return what was kept under a key, or None."""
    place = folder()
    if place is None:
        return None
    path = place / (key + _ENDING)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_BYTES:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    content = data[_HEAD_BYTES:]
    if data[:_HEAD_BYTES] != _head(key, content):
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # what was not used for longest goes first
    return content


def keep(key: str, content: bytes) -> None:
    """Keep something under a key, as one file that is there whole or not at all."""
    place = folder()
    if place is None or _HEAD_BYTES + len(content) > _LARGEST_BYTES:
        return
    with contextlib.suppress(OSError, InputError):
        write_atomically(place / (key + _ENDING), _head(key, content) + content)
        _remove_old(place)


def recall(
    key: str,
    make: Callable[[], _Made],
    *,
    write: Callable[[_Made], bytes],
    read: Callable[[bytes], _Made],
) -> _Made:
    """Return what was kept under a key, else make it and keep it.

    ``read`` gives back what ``write`` was given, and raises ValueError for what has
    another form: that counts as not kept.
    """
    content = kept(key)
    if content is not None:
        with contextlib.suppress(ValueError):
            return read(content)
    made = make()
    keep(key, write(made))
    return made


def _head(key: str, content: bytes) -> bytes:
    """Return what stands before some content: the form, and that it belongs here."""
    digest = hashlib.sha256(key.encode() + content).hexdigest()
    return _HEAD + digest.encode() + b"\n"


def _remove_old(place: Path) -> None:
    """Remove entries that were not used for longest, and what was never finished."""
    size, now = 0, time.time()
    for number, (used, bytes_held, path) in enumerate(_newest_first(place)):
        size += bytes_held
        unfinished = path.suffix != _ENDING and now - used > _LEFTOVER_S
        if number >= _MOST_ENTRIES or size > _MOST_BYTES or unfinished:
            with contextlib.suppress(OSError):
                path.unlink()


def _newest_first(place: Path) -> list[tuple[float, int, Path]]:
    return sorted(_files(place), reverse=True)


def _files(place: Path) -> Iterator[tuple[float, int, Path]]:
    for path in place.iterdir():
        # Another process may remove it meanwhile.
        with contextlib.suppress(OSError):
            if path.is_file() and _ENDING in path.name:
                state = path.stat()
                yield state.st_mtime, state.st_size, path
