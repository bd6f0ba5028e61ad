"""Who may look into a data folder: its owner when it is made, and never everybody."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["close_to_others", "make_file", "make_folder"]

_OTHERS = stat.S_IRWXO
# The journal holds passwords' hashes; beside it lies what it is about to hold.
_FILES = ("journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm", "web-secret")


def make_folder(home: Path) -> None:
    """Make a data folder for its owner alone, where there is none.

    Raises :class:`~fair_imagic.errors.ConfigurationError` where it cannot be made.
    """
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            _("The data folder cannot be made"), where=str(home), found=str(error)
        ) from error


def make_file(path: Path) -> None:
    """Make an empty file for its owner alone, where there is none.

    What stands in the way is told by who opens the file then.
    """
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def close_to_others(home: Path, *, tell: Callable[[str], None] | None = None) -> None:
    """Take from everybody else what an older program, or a copy, left open to them.

    What the group may do stays. A folder that is plainly more than a data folder is
    left as it is.
    """
    paths = [home / name for name in _FILES]
    if not _is_shared_by_nature(home):
        paths.insert(0, home)
    closed = [path for path in paths if _close(path)]
    if closed and tell is not None:
        line = _(
            "Everybody on this machine could look into it; now nobody else can: {path}"
        )
        tell(line.format(path=closed[0]))


def _close(path: Path) -> bool:
    """Return whether a path was open to others and no longer is."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if not mode & _OTHERS:
            return False
        path.chmod(mode & ~_OTHERS)
    except OSError:
        # not there, or somebody else's: then it is theirs to decide
        return False
    return True


def _is_shared_by_nature(home: Path) -> bool:
    is_root = home.parent == home
    return is_root or home == Path.home() or bool(home.stat().st_mode & stat.S_ISVTX)
