"""A pool of query processes: one query at a time each, ended at the deadline."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fair_imagic.catalogue.answer import Answer
from fair_imagic.errors import TooMuchError
from fair_imagic.i18n import _, current_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.catalogue.index import Version

__all__ = ["PROCESSES", "QueryPool"]

PROCESSES = 3
# Pages go first where both want the processor, from the first import on.
_PROGRAM = (
    "import os, sys; os.nice(10);"
    " from fair_imagic.catalogue import query_worker;"
    " query_worker.main(int(sys.argv[1]))"
)
_READ_BYTES = 1 << 20
# A longer piece of an answer would fill the memory of the service that asked.
_PIECE_BYTES = 32 << 20


class QueryPool:
    """Query processes, started at first use. Threads may share a pool."""

    def __init__(self, *, memory_mb: int, processes: int = PROCESSES) -> None:
        self._memory_mb = memory_mb
        self._free = threading.Semaphore(processes)
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        self._is_closed = False

    @contextlib.contextmanager
    def ask(
        self,
        path: Path,
        sparql: str,
        *,
        version: Version,
        timeout_s: float,
        rows_at_most: int,
        is_wanted: Callable[[], bool] | None = None,
    ) -> Iterator[Answer]:
        """Give the answer of a store to a query; what is left of it then is dropped.

        ``is_wanted`` is asked again and again whether somebody still waits. Raises what
        :class:`~fair_imagic.catalogue.answer.Answer` raises, and TooMuchError where no
        process is free in time.
        """
        request = {
            "path": str(path),
            "sparql": sparql,
            "version": list(version),
            "rows_at_most": rows_at_most,
            "timeout_s": timeout_s,
            "language": current_language(),
        }
        if not self._free.acquire(timeout=timeout_s):
            raise TooMuchError(
                _("Other queries are being answered"),
                hint=_("Try again in a moment."),
            )
        try:
            worker = self._worker()
            answer = Answer(worker.next_line, timeout_s=timeout_s, is_wanted=is_wanted)
            try:
                worker.send(request)
                answer.begin()
                yield answer
            finally:
                self._give_back(worker, is_free=answer.is_taken)
        finally:
            self._free.release()

    def _worker(self) -> _Worker:
        with self._lock:
            return self._idle.pop() if self._idle else _Worker(self._memory_mb)

    def _give_back(self, worker: _Worker, *, is_free: bool) -> None:
        with self._lock:
            if is_free and not self._is_closed:
                self._idle.append(worker)
                return
        worker.end()

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            self._is_closed = True
            while self._idle:
                self._idle.pop().end()


class _Worker:
    """One query process."""

    def __init__(self, memory_mb: int) -> None:
        package_root = Path(__file__).parents[2]
        paths = [str(package_root), os.environ.get("PYTHONPATH", "")]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
        self._pieces = bytearray()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(memory_mb)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    def send(self, request: dict[str, Any]) -> None:
        """Hand the process a query; where it has ended, its first line is empty."""
        assert self._process.stdin is not None  # noqa: S101 - PIPE was asked for
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()

    def next_line(self, timeout_s: float) -> bytes | None:
        """Return the next line of the answer; None where it does not come in time."""
        assert self._process.stdout is not None  # noqa: S101 - PIPE was asked for
        handle = self._process.stdout.fileno()
        deadline = time.monotonic() + timeout_s
        looked = 0
        while (end := self._pieces.find(b"\n", looked)) < 0:
            looked = len(self._pieces)
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([handle], [], [], left)[0]:
                return None
            piece = os.read(handle, _READ_BYTES)
            if not piece:
                return b""
            self._pieces += piece
            if len(self._pieces) > _PIECE_BYTES:
                raise TooMuchError(
                    _("The answer to this query is too large"),
                    hint=_("Ask for less, for instance with LIMIT."),
                )
        line = bytes(self._pieces[:end])
        del self._pieces[: end + 1]
        return line

    def end(self) -> None:
        """Kill the process and wait for its end."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
