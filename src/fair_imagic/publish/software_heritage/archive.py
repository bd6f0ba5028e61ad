"""The source folder of a deposit: what is taken, and as which bytes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fair_imagic.publish.software_heritage.swhid import Entry

__all__ = ["read_folder", "zipped"]

_LEFT_OUT = {".git", ".hg", ".svn", "__pycache__", ".DS_Store", "Thumbs.db", ".venv"}
_MOST_BYTES = 100_000_000  # in memory; the server takes 200 MiB by default
_EPOCH = (1980, 1, 1, 0, 0, 0)


def read_folder(folder: Path) -> dict[str, Entry]:
    """Return the files of a folder (or a single file) by their path inside it.

    Caches and version control are left out, so are empty folders (git cannot hold
    them). Raises InputError for symbolic links, for nothing, and for too much.
    """
    if folder.is_file():
        return {folder.name: _entry(folder)}
    found: dict[str, Entry] = {}
    total = 0
    for path in _files(folder):
        found[path.relative_to(folder).as_posix()] = entry = _entry(path)
        total += len(entry[0])
        if total > _MOST_BYTES:
            raise InputError(
                _("The source folder is too large for a deposit"),
                where=str(folder),
                expected=_("at most 100 MB of scripts, without data"),
            )
    if not found:
        raise InputError(
            _("There is no source file to deposit"),
            where=str(folder),
            hint=_("Name the folder that holds the scripts."),
        )
    return found


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir() if folder.is_dir() else ()):
        if path.name in _LEFT_OUT:
            continue
        if path.is_symlink():
            raise InputError(
                _("The source folder holds a symbolic link"),
                where=str(path),
                hint=_("Replace it by the file it leads to, or take it out."),
            )
        if path.is_dir():
            yield from _files(path)
        elif path.is_file():
            yield path


def _entry(path: Path) -> Entry:
    return path.read_bytes(), bool(path.stat().st_mode & 0o100)


def zipped(files: Mapping[str, Entry]) -> bytes:
    """Return a zip of the files: the same bytes for the same files.

    The content is not wrapped in a folder, else the SWHID would be the wrapper's.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(files):
            content, executable = files[path]
            entry = zipfile.ZipInfo(path, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix: the modes below count
            entry.external_attr = (0o100755 if executable else 0o100644) << 16
            archive.writestr(entry, content)
    return target.getvalue()
