"""Measuring: CPU seconds and the peak memory of a whole process tree."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Measurement", "measured"]

_SAMPLED_EVERY_S = 0.02
_BYTES_PER_MB = 1e6


@dataclass
class Measurement:
    """What a piece of work took; complete when the ``with`` block has ended."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_mb: float = 0.0


class measured:
    """Measure the work inside a ``with`` block, child processes included."""

    def __init__(self) -> None:
        self._result = Measurement()
        self._process = psutil.Process()
        self._ended = threading.Event()
        self._sampler = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> Measurement:
        self._wall = time.perf_counter()
        self._cpu = self._cpu_now()
        self._sampler.start()
        return self._result

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._sampler.join()
        self._result.wall_s = time.perf_counter() - self._wall
        self._result.cpu_s = self._cpu_now() - self._cpu

    def _cpu_now(self) -> float:
        times = self._process.cpu_times()
        children = times.children_user + times.children_system
        return float(times.user + times.system + children)

    def _sample(self) -> None:
        while True:
            held = _resident_bytes(self._process) / _BYTES_PER_MB
            self._result.peak_mb = max(self._result.peak_mb, held)
            if self._ended.wait(_SAMPLED_EVERY_S):
                return


def _resident_bytes(process: psutil.Process) -> int:
    total = 0
    for member in (process, *process.children(recursive=True)):
        try:
            total += member.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
