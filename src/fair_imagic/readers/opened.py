"""One opened file: whatever a reader wants of a file, it does on this handle.

Files lie on network shares, where every further opening costs, and where a file that
is held open cannot be renamed: it is opened late, once, and closed by the ``with``
block.
"""

from __future__ import annotations

import contextlib
import functools
import os
import pickle
import resource
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from fair_imagic.errors import UnreadableFileError
from fair_imagic.files import sha256_of_stream
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType

    T = TypeVar("T")

__all__ = ["HEAD_BYTES", "Memory", "OpenedFile"]

HEAD_BYTES = 4096
_DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class Memory:
    """What was learnt of a file in one state; packed, as a scan keeps thousands."""

    state: tuple[int, ...]
    packed: bytes

    @staticmethod
    def of(state: tuple[int, ...], content: dict[str, Any]) -> Memory:
        """Return the memory of a file in this state."""
        return Memory(state, zlib.compress(pickle.dumps(content), level=1))

    @property
    def content(self) -> dict[str, Any]:
        """What was learnt."""
        content: dict[str, Any] = pickle.loads(  # noqa: S301 - made by this process
            zlib.decompress(self.packed)
        )
        return content


class OpenedFile:
    """A file opened for reading, with the other files of its file set.

    ``handle`` may stand anywhere: whoever reads seeks first (:meth:`rewound` does).
    ``head`` are the first bytes, ``size`` is in bytes.

    ``memory`` is what a reader learnt and needs again when the file is opened a second
    time: the scan of a folder closes a file, and the import opens it again. What is
    put there must pickle.

    Parameters
    ----------
    path
        The file to open.
    memories
        What was remembered of it, and of the other files of its set, when they were
        closed; it counts for a file that has not changed since.

    Raises
    ------
    UnreadableFileError
        For what is no file, is empty, or may not be read.
    """

    def __init__(
        self, path: Path, memories: Mapping[Path, Memory] | None = None
    ) -> None:
        self.path = path
        self._memories = memories or {}
        self._values: dict[str, Any] = {}
        self._members: dict[Path, OpenedFile] = {path: self}
        self._leader: OpenedFile | None = None
        self._held = contextlib.ExitStack()
        self.handle: BinaryIO = self._held.enter_context(_opened(path))
        try:
            self._state = _state_of(os.fstat(self.handle.fileno()))
            self.size = self._state[0]
            self.head = _head(self.handle, path)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> OpenedFile:
        """Return the file itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file and all that rests on it."""
        self.close()

    def close(self) -> None:
        """Close the file, the members opened through it and the libraries' objects."""
        if self._leader is None:
            for member in self._members.values():
                member._close()
        self._close()

    def _close(self) -> None:
        self._values.clear()
        self._held.close()

    @functools.cached_property
    def memory(self) -> dict[str, Any]:
        """What a reader learnt of the file in the state in which it is."""
        kept = self._memories.get(self.path)
        return kept.content if kept is not None and kept.state == self._state else {}

    def remembered(self) -> Memory | None:
        """Return what a reader learnt, packed, or None where nothing is kept."""
        return Memory.of(self._state, self.memory) if self.memory else None

    def rewound(self) -> BinaryIO:
        """Return the handle, at the start of the file."""
        self.handle.seek(0)
        return self.handle

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Return what ``make`` gives, made once while the file is open."""
        if name not in self._values:
            self._values[name] = make()
        value: T = self._values[name]
        return value

    def remembered_of_all(self) -> dict[Path, Memory]:
        """Return what was learnt of the file and of the members that are open."""
        kept = {path: one.remembered() for path, one in self._members.items()}
        return {path: memory for path, memory in kept.items() if memory is not None}

    def entered(self, name: str, make: Callable[[], AbstractContextManager[T]]) -> T:
        """Return a library's object for this file, made once, closed with the file."""
        return self.once(name, lambda: self._held.enter_context(make()))

    def member(self, path: Path) -> OpenedFile:
        """Return another file of the file set, opened once and closed with this one.

        Where a set has more files than this process may hold open, the one opened
        first is closed, and opened again if it is asked for.
        """
        opened = self._members.get(path)
        if opened is None:
            own = [one for one in self._members.values() if one._leader is not None]
            if len(own) >= _most_open():
                self._members.pop(own[0].path)._close()
            opened = OpenedFile(path, self._memories)
            opened._leader = self._leader or self
            opened._members = self._members
            self._members[path] = opened
        return opened

    def sha256(self) -> str:
        """Return the SHA-256 in lower-case hex, read in one pass on the handle.

        Raises :class:`~fair_imagic.errors.UnreadableFileError` where the file changed
        since it was opened: what was read of it belongs to no version. What was
        reckoned before is remembered.
        """
        if _DIGEST not in self.memory:
            try:
                self.memory[_DIGEST] = sha256_of_stream(self.rewound())
            except OSError as error:
                raise UnreadableFileError(self.path, str(error.strerror)) from error
        self.refuse_changed()
        return str(self.memory[_DIGEST])

    def refuse_changed(self) -> None:
        """Raise UnreadableFileError where the file changed since it was opened."""
        now = _state_of(os.fstat(self.handle.fileno()))
        try:
            there = _state_of(self.path.stat())
        except OSError as error:
            raise UnreadableFileError(
                self.path, _("it was removed while it was read")
            ) from error
        if self._state != now or self._state != there:
            raise UnreadableFileError(
                self.path,
                _("it changed while it was read"),
                hint=_("Wait until it is written whole, then try again."),
            )


def _state_of(stat: os.stat_result) -> tuple[int, ...]:
    # No inode: some network shares give the same file another one at each look.
    return (stat.st_size, stat.st_mtime_ns)


def _most_open() -> int:
    """Return how many members may be open: half of what the system allows."""
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 4096 if soft == resource.RLIM_INFINITY else max(8, soft // 2)


def _opened(path: Path) -> BinaryIO:
    if not path.exists():
        raise UnreadableFileError(path, _("there is no such file"))
    if not path.is_file():  # a pipe would be waited for
        raise UnreadableFileError(path, _("this is not a file"))
    try:
        return path.open("rb")
    except PermissionError as error:
        raise UnreadableFileError(
            path,
            _("you are not allowed to read it"),
            hint=_("ask the owner for the right to read it"),
        ) from error
    except OSError as error:
        raise UnreadableFileError(path, str(error.strerror)) from error


def _head(handle: BinaryIO, path: Path) -> bytes:
    try:
        head = handle.read(HEAD_BYTES)
    except OSError as error:
        raise UnreadableFileError(path, str(error.strerror)) from error
    if not head:
        raise UnreadableFileError(
            path, _("the file is empty"), hint=_("copy it again from the microscope")
        )
    return head
