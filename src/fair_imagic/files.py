"""Files: the only place that joins paths given by others, hashes and writes whole."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import stat
import tempfile
import unicodedata
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from fair_imagic.errors import (
    ConfigurationError,
    ConflictError,
    InputError,
    UnreadableFileError,
)
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import BinaryIO

    from filelock import BaseFileLock

__all__ = [
    "FileLock",
    "archive_name",
    "archived_file",
    "archived_names",
    "confined",
    "file_states",
    "read_archive",
    "refuse_network_file_system",
    "sha256_of",
    "sha256_of_stream",
    "write_atomically",
    "write_pieces",
]

_CHUNK = 1 << 20
_MOST_ENTRIES = 100_000
# What Python's zipfile raises for archives that are broken, encrypted or exotic.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    RuntimeError,
    NotImplementedError,
)
_NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"}
# The characters that the BioStudies back end accepts in a file path.
_NOT_IN_ARCHIVE_NAMES = re.compile(r"[^0-9A-Za-z!\-_*'(). /]")


def sha256_of(path: Path, *, progress: Callable[[int], None] | None = None) -> str:
    """Return the SHA-256 of a file in lower-case hex, read in pieces.

    ``progress`` is called with the number of bytes of each piece.
    """
    with path.open("rb") as stream:
        return sha256_of_stream(stream, progress=progress)


def sha256_of_stream(
    stream: BinaryIO, *, progress: Callable[[int], None] | None = None
) -> str:
    """Return the SHA-256 of what is left of an open file; see :func:`sha256_of`."""
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        if progress is not None:
            progress(len(chunk))
    return digest.hexdigest()


def confined(root: Path, name: str) -> Path:
    """Return the path of ``name`` below ``root``.

    Raises :class:`~fair_imagic.errors.InputError` for an absolute name, one with
    ``..`` or control characters, or one that a symbolic link leads out of ``root``.
    """
    pure = PurePosixPath(name)
    bad = pure.is_absolute() or ".." in pure.parts or not pure.parts
    if bad or any(unicodedata.category(char) == "Cc" for char in name):
        raise InputError(_("This name leaves its folder"), where=str(root), found=name)
    path = root.joinpath(*pure.parts)
    if not path.resolve().is_relative_to(root.resolve()):
        raise InputError(_("This name leaves its folder"), where=str(root), found=name)
    return path


def write_atomically(path: Path, data: bytes | str) -> None:
    """Write a whole file or nothing; folders are made as needed."""
    write_pieces(path, (data,))


def write_pieces(path: Path, pieces: Iterable[bytes | str]) -> None:
    """Write a whole file, piece by piece, or nothing; folders are made as needed.

    Behind a symbolic link the file is written that it leads to; into what is no file
    (a terminal, a pipe) the pieces are written as they come. Raises
    :class:`~fair_imagic.errors.InputError` where the system refuses.
    """
    contents = (one.encode() if isinstance(one, str) else one for one in pieces)
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                stream.writelines(contents)
        else:
            _replace(path.resolve() if path.is_symlink() else path, contents)
    except OSError as error:
        raise InputError(
            _("The file cannot be written"),
            where=str(path),
            found=error.strerror or str(error),
            hint=_("Choose another place, or make room there."),
        ) from error


def _replace(path: Path, contents: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(contents)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def read_archive(
    path: Path, *, wanted: tuple[str, ...], most_bytes: int = 400_000_000
) -> dict[str, bytes]:
    """Return the members of a zip archive whose names end in one of ``wanted``.

    Nothing is written. Raises :class:`~fair_imagic.errors.UnreadableFileError` for a
    damaged or locked archive, and for one that unpacks to more than ``most_bytes``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > most_bytes:
                raise UnreadableFileError(
                    path,
                    _("the archive unpacks to more than {count} MB").format(
                        count=most_bytes // 1_000_000
                    ),
                )
            names = [one for one in archive.namelist() if one.endswith(wanted)]
            return {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise UnreadableFileError(
            path, _("the archive is damaged: {reason}").format(reason=str(error)[:200])
        ) from error
    except (RuntimeError, NotImplementedError) as error:
        raise UnreadableFileError(
            path, _("the archive is locked or packed in an unknown way")
        ) from error


def archive_name(name: str) -> str:
    """Return the name with only characters that the BioImage Archive accepts.

    Accents are taken off; anything else not accepted becomes ``-``; never empty.
    """
    plain = unicodedata.normalize("NFKD", name).replace("µ", "u").replace("μ", "u")
    ascii_name = plain.encode("ascii", "ignore").decode()
    clean = _NOT_IN_ARCHIVE_NAMES.sub("-", ascii_name)
    clean = re.sub(r" {2,}", " ", clean)
    parts = [part for part in clean.split("/") if part not in ("", ".", "..")]
    return "/".join(part.strip() for part in parts) or "file"


def archived_names(archive: Path | bytes, *, where: str) -> tuple[str, ...]:
    """Return the names of the files in a ZIP archive; nothing is unpacked.

    Raises :class:`~fair_imagic.errors.InputError` for a damaged archive, too many
    entries, a name that leaves the folder, or a symbolic link.
    """
    with _opened_archive(archive, where) as content:
        entries = content.infolist()
        if len(entries) > _MOST_ENTRIES:
            raise InputError(
                _("The archive has too many entries"),
                where=where,
                expected=str(_MOST_ENTRIES),
                found=str(len(entries)),
            )
        for entry in entries:
            _refuse_hostile(entry, where)
        return tuple(one.filename for one in entries if not one.is_dir())


def archived_file(
    archive: Path | bytes, name: str, *, most_bytes: int, where: str
) -> bytes:
    """Return one file of a ZIP archive, unpacked in memory up to a limit.

    Raises :class:`~fair_imagic.errors.InputError` where it is larger than that,
    whatever size the archive claims, or damaged.
    """
    with _opened_archive(archive, where) as content:
        try:
            with content.open(name) as stream:
                data = stream.read(most_bytes + 1)
        except _DAMAGED as error:
            raise _damaged(f"{where}, {name}", error) from error
    if len(data) > most_bytes:
        raise InputError(
            _("A file in the archive is too large"),
            where=f"{where}, {name}",
            expected=_("at most {limit} MB").format(limit=most_bytes // 1_000_000),
        )
    return data


@contextlib.contextmanager
def _opened_archive(archive: Path | bytes, where: str) -> Iterator[zipfile.ZipFile]:
    source = io.BytesIO(archive) if isinstance(archive, bytes) else archive
    try:
        content = zipfile.ZipFile(source)
    except _DAMAGED as error:
        raise _damaged(where, error) from error
    with content:
        yield content


def _damaged(where: str, error: Exception) -> InputError:
    return InputError(
        _("The ZIP archive is damaged or locked"), where=where, found=str(error)
    )


def _refuse_hostile(entry: zipfile.ZipInfo, where: str) -> None:
    pure = PurePosixPath(entry.filename.replace("\\", "/"))
    leaves = pure.is_absolute() or ".." in pure.parts or pure.parts[:1] == ("~",)
    if leaves or any(unicodedata.category(one) == "Cc" for one in entry.filename):
        raise InputError(
            _("This name leaves its folder"), where=where, found=entry.filename
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise InputError(
            _("The archive holds a symbolic link"), where=where, found=entry.filename
        )


class FileLock:
    """A lock held by one process at a time; it goes when the process ends."""

    def __init__(self, path: Path, *, wait: bool = True) -> None:
        self.path = path
        self.wait = wait
        self._lock: BaseFileLock | None = None

    def acquire(self) -> bool:
        """Take the lock; False where another holds it and waiting is off."""
        from filelock import FileLock as LockedFile
        from filelock import Timeout

        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Any thread may give it back. The soft kind outlives a process that is killed.
        lock = LockedFile(self.path, thread_local=False, fallback_to_soft=False)
        try:
            lock.acquire(timeout=-1 if self.wait else 0)
        except Timeout:
            return False
        self._lock = lock
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> FileLock:
        """Take the lock, or raise ConflictError where waiting is off."""
        if not self.acquire():
            raise ConflictError(_("Another process holds this"), where=str(self.path))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the lock back."""
        self.release()


def refuse_network_file_system(path: Path) -> None:
    """Raise ConfigurationError where the folder is on a network file system.

    SQLite's journal and the store's lock are not safe there.
    """
    kind = _file_system_of(path)
    if kind in _NETWORK_FILE_SYSTEMS:
        raise ConfigurationError(
            _("The data folder is on a network file system, where locks are not safe"),
            where=str(path),
            found=kind,
            hint=_("Choose a folder on a local disk with --home."),
        )


def _file_system_of(path: Path) -> str:
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for mount, file_system in _mounts(lines):
        inside = path.absolute().is_relative_to(mount)
        if inside and len(mount) >= len(best):
            best, kind = mount, file_system
    return kind


def _mounts(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        columns = line.split(" ")
        if len(columns) > 2:
            yield columns[1].replace("\\040", " "), columns[2]


def file_states(sources: Mapping[str, Path]) -> Iterator[tuple[object, ...]]:
    """Yield all files below named places, with what tells that one changed."""
    for name, path in sorted(sources.items()):
        for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
            try:
                status = one.lstat()
            except OSError:
                yield (name, str(one))  # it is gone, which is a state too
            else:
                yield (name, str(one), status.st_size, status.st_mtime_ns)
