"""The service as a process of its own, and requests to it that are timed."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Answers", "Service", "served"]

_ROOT = Path(__file__).parents[1]
_SERVE = "from fair_imagic.cli.main import main; main()"
_START_S = 60


@dataclass
class Answers:
    """What was answered: how long each took, and how many of each status."""

    taken_ms: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def add(self, status: int, taken_ms: float) -> None:
        """Note one answer."""
        self.taken_ms.append(taken_ms)
        self.statuses[status] = self.statuses.get(status, 0) + 1

    def p95_ms(self) -> float:
        """Return what 19 of 20 answers took at most."""
        ordered = sorted(self.taken_ms)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


@dataclass(frozen=True)
class Service:
    """A running service; ``process`` is its number."""

    port: int
    process: int

    def get(
        self, path: str, *, headers: Mapping[str, str] | None = None, wait_s: float = 60
    ) -> tuple[int, bytes]:
        """Return status and body of one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=wait_s)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def connection(self) -> http.client.HTTPConnection:
        """Return a connection of its own."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def timed(
        self, path: str, answers: Answers, *, headers: Mapping[str, str] | None = None
    ) -> None:
        """Get a page and note how long it took."""
        begun = time.perf_counter()
        status, _body = self.get(path, headers=headers)
        answers.add(status, (time.perf_counter() - begun) * 1e3)


@contextlib.contextmanager
def served(home: Path, **settings: str) -> Iterator[Service]:
    """Run the service over a data folder; settings are given by their names."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    paths = os.pathsep.join([str(_ROOT / "src"), str(_ROOT / "webapp")])
    given = {f"FAIR_IMAGIC_{name.upper()}": text for name, text in settings.items()}
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, "serve", "--port", str(port)],
        env=os.environ | given | {"PYTHONPATH": paths, "FAIR_IMAGIC_HOME": str(home)},
        stderr=subprocess.DEVNULL,
    )
    try:
        service = Service(port, process.pid)
        _wait_for(service, process)
        yield service
    finally:
        process.terminate()
        process.wait()


def _wait_for(service: Service, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_S
    while True:
        try:
            service.get("/health")
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
