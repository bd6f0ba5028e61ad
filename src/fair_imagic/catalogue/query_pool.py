"""A pool of query processes: one query at a time each, ended at the deadline."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fair_imagic.catalogue.query import QueryResult
from fair_imagic.errors import ConflictError, InputError
from fair_imagic.i18n import _, current_language

if TYPE_CHECKING:
    from fair_imagic.catalogue.index import Version

__all__ = ["QueryPool"]

_PROCESSES = 2
_READ_BYTES = 1 << 20
# A longer answer would fill the memory of the service that asked.
_ANSWER_BYTES = 64 << 20
_ERRORS = {"ConflictError": ConflictError, "InputError": InputError}


class QueryPool:
    """Query processes, started at first use. Threads may share a pool."""

    def __init__(self, *, processes: int = _PROCESSES) -> None:
        self._free = threading.Semaphore(processes)
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()

    def ask(
        self,
        path: Path,
        sparql: str,
        *,
        version: Version,
        timeout_s: float,
        rows_at_most: int,
    ) -> QueryResult:
        """Return the answer of a store to a query.

        Raises :class:`~fair_imagic.errors.InputError` where the query is refused, too
        large, or not answered in time: its process is then ended.
        """
        request = {
            "path": str(path),
            "sparql": sparql,
            "version": list(version),
            "rows_at_most": rows_at_most,
            "language": current_language(),
        }
        deadline = time.monotonic() + timeout_s
        if not self._free.acquire(timeout=timeout_s):
            raise _too_long(timeout_s)
        try:
            found = self._asked(request, deadline=deadline, timeout_s=timeout_s)
        finally:
            self._free.release()
        return _result(found)

    def _asked(
        self, request: dict[str, Any], *, deadline: float, timeout_s: float
    ) -> dict[str, Any]:
        with self._lock:
            worker = self._idle.pop() if self._idle else _Worker()
        try:
            found = worker.ask(request, deadline=deadline)
        except TimeoutError as error:
            worker.end()
            raise _too_long(timeout_s) from error
        except BaseException:
            worker.end()
            raise
        with self._lock:
            self._idle.append(worker)
        return found

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            while self._idle:
                self._idle.pop().end()


class _Worker:
    """One query process."""

    def __init__(self) -> None:
        package_root = Path(__file__).parents[2]
        paths = [str(package_root), os.environ.get("PYTHONPATH", "")]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "fair_imagic.catalogue.query_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    def ask(self, request: dict[str, Any], *, deadline: float) -> dict[str, Any]:
        """Return the process's answer; TimeoutError at the deadline."""
        assert self.process.stdin is not None  # noqa: S101 - PIPE was asked for
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
            line = self._line(deadline)
        except BrokenPipeError:
            line = b""
        if not line:
            raise InputError(
                _("This query needs more memory than it may take"),
                hint=_("Ask for less, for instance with LIMIT."),
            )
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _line(self, deadline: float) -> bytes:
        assert self.process.stdout is not None  # noqa: S101 - PIPE was asked for
        handle = self.process.stdout.fileno()
        pieces = bytearray()
        while not pieces.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([handle], [], [], left)[0]:
                raise TimeoutError
            piece = os.read(handle, _READ_BYTES)
            if not piece:
                return b""
            pieces += piece
            if len(pieces) > _ANSWER_BYTES:
                raise InputError(
                    _("The answer to this query is too large"),
                    hint=_("Ask for less, for instance with LIMIT."),
                )
        return bytes(pieces)

    def end(self) -> None:
        """Kill the process and wait for its end."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue


def _too_long(timeout_s: float) -> InputError:
    return InputError(
        _("This query was stopped after {seconds} s").format(seconds=f"{timeout_s:g}"),
        hint=_("Ask for less, for instance with LIMIT."),
    )


def _result(found: dict[str, Any]) -> QueryResult:
    if "error" in found:
        parts = found["error"]
        raise _ERRORS.get(found["kind"], InputError)(parts.pop("message"), **parts)
    triples = found["triples"]
    return QueryResult(
        variables=tuple(found["variables"]),
        rows=tuple(map(tuple, found["rows"])),
        boolean=found["boolean"],
        triples=None if triples is None else tuple(map(tuple, triples)),
        truncated=found["truncated"],
    )
