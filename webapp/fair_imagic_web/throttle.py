"""Slower answers to whoever guesses passwords."""

from __future__ import annotations

import threading
import time

__all__ = ["Throttle"]


class Throttle:
    """Counts failed logins; after ``tries`` of them one key waits ``pause_s``."""

    def __init__(
        self, *, tries: int = 5, pause_s: float = 300.0, keys: int = 10_000
    ) -> None:
        self._tries = tries
        self._pause_s = pause_s
        self._keys = keys
        self._failures: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def wait_s(self, key: str) -> int:
        """Return for how many seconds the key is still refused (0: it may try)."""
        with self._lock:
            recent = self._recent(key)
            if len(recent) < self._tries:
                return 0
            return max(1, round(recent[-1] + self._pause_s - time.monotonic()))

    def failed(self, key: str) -> None:
        """Count one failure."""
        with self._lock:
            recent = self._recent(key)
            self._failures.pop(key, None)
            self._failures[key] = [*recent, time.monotonic()][-self._tries :]
            while len(self._failures) > self._keys:
                del self._failures[next(iter(self._failures))]

    def succeeded(self, key: str) -> None:
        """Forget the failures of a key."""
        with self._lock:
            self._failures.pop(key, None)

    def _recent(self, key: str) -> list[float]:
        since = time.monotonic() - self._pause_s
        return [moment for moment in self._failures.get(key, []) if moment > since]
