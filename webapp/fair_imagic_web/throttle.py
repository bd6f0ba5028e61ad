"""Slower answers to whoever guesses passwords, and to nobody else."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque

__all__ = ["Throttle"]


class Throttle:
    """Counts attempts to log in by account and address, and slowly by address.

    An account has no count of its own: who guesses at it elsewhere locks nobody out.
    A pair that was let in before does not wait for what others try at its address.

    Parameters
    ----------
    tries, pause_s
        How many attempts at one account an address has within this time.
    address_tries, address_pause_s
        How many attempts at all accounts an address has within this time.
    keys
        How many pairs, and addresses, are remembered.
    """

    def __init__(
        self,
        *,
        tries: int = 5,
        pause_s: float = 300.0,
        address_tries: int = 50,
        address_pause_s: float = 900.0,
        keys: int = 10_000,
    ) -> None:
        self._pairs = _Count(tries, pause_s, keys)
        self._addresses = _Count(address_tries, address_pause_s, keys)
        self._welcome: OrderedDict[str, None] = OrderedDict()
        self._keys = keys
        self._lock = threading.Lock()

    def begin(self, account: str, address: str) -> int:
        """Count one attempt; return 0 where it may go on, else how long it must wait.

        It counts as failed until :meth:`succeeded` is called: of many at the same time
        no more are let through than one after the other.
        """
        pair = _pair(account, address)
        with self._lock:
            wait_s = self._pairs.wait_s(pair)
            if pair not in self._welcome:
                wait_s = max(wait_s, self._addresses.wait_s(address))
            if wait_s:
                return wait_s
            self._pairs.add(pair)
            self._addresses.add(address)
            return 0

    def succeeded(self, account: str, address: str) -> None:
        """Forget the attempts at an account from an address: it was its owner."""
        pair = _pair(account, address)
        with self._lock:
            self._pairs.forget(pair)
            self._addresses.take_back(address)
            self._welcome[pair] = None
            self._welcome.move_to_end(pair)
            while len(self._welcome) > self._keys:
                self._welcome.popitem(last=False)


class _Count:
    """Moments by key, those of the last ``pause_s`` only, of the newest keys only."""

    def __init__(self, tries: int, pause_s: float, keys: int) -> None:
        self._tries = tries
        self._pause_s = pause_s
        self._keys = keys
        self._moments: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_s(self, key: str) -> int:
        moments = self._recent(key)
        if len(moments) < self._tries:
            return 0
        return max(1, round(moments[0] + self._pause_s - time.monotonic()))

    def add(self, key: str) -> None:
        moments = self._recent(key)
        moments.append(time.monotonic())
        self._moments[key] = moments
        self._moments.move_to_end(key)
        while len(self._moments) > self._keys:
            self._moments.popitem(last=False)

    def take_back(self, key: str) -> None:
        if moments := self._moments.get(key):
            moments.pop()

    def forget(self, key: str) -> None:
        self._moments.pop(key, None)

    def _recent(self, key: str) -> deque[float]:
        moments = self._moments.get(key, deque())
        while moments and moments[0] <= time.monotonic() - self._pause_s:
            moments.popleft()
        return moments


def _pair(account: str, address: str) -> str:
    # no account has a space in its name
    return f"{address} {account}"
