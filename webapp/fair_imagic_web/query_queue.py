"""The queue of queries: few at a time, few that wait, none that pages wait for."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["QueryQueue", "QueueFull", "Seat", "queues"]

_LOOKED_EVERY_S = 0.2
_RETRY_AFTER_S = 5


class QueueFull(Exception):
    """No query is taken now; another one may be after ``retry_after_s``."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"no seat; retry after {retry_after_s} s")
        self.retry_after_s = retry_after_s


class QueryQueue:
    """Seats for queries: each takes a thread of the service, running or waiting.

    Parameters
    ----------
    running, waiting
        How many queries run at a time, and how many may wait for that.
    share
        How many of these one address may have.
    patience_s
        How long a query waits for its turn.
    """

    def __init__(
        self, *, running: int, waiting: int, share: int, patience_s: float
    ) -> None:
        self.seats = running + waiting
        self._running = running
        self._share = share
        self._patience_s = patience_s
        self._seats: Counter[str] = Counter()
        self._at_work = 0
        self._turn = threading.Condition()

    def enter(self, address: str, *, is_wanted: Callable[[], bool]) -> Seat:
        """Return a seat, closed by who got it, when the query may run.

        Raises QueueFull at once where all seats, or those of the address, are taken,
        and later where no turn came.
        """
        deadline = time.monotonic() + self._patience_s
        with self._turn:
            if self._seats.total() >= self.seats or self._seats[address] >= self._share:
                raise QueueFull(_RETRY_AFTER_S)
            self._seats[address] += 1
            while self._at_work >= self._running:
                left = deadline - time.monotonic()
                if left <= 0 or not is_wanted():
                    self._leave(address)
                    raise QueueFull(_RETRY_AFTER_S)
                self._turn.wait(min(left, _LOOKED_EVERY_S))
            self._at_work += 1
        return Seat(self, address)

    def leave(self, address: str) -> None:
        """Give a seat of a query that ran to the next one."""
        with self._turn:
            self._at_work -= 1
            self._leave(address)
            self._turn.notify()

    def _leave(self, address: str) -> None:
        self._seats[address] -= 1
        if not self._seats[address]:
            del self._seats[address]


class Seat:
    """The right of one query to run, until it is closed."""

    def __init__(self, queue: QueryQueue, address: str) -> None:
        self._queue = queue
        self._address = address
        self._is_open = True

    def close(self) -> None:
        """Leave the queue; more than once does no more."""
        if self._is_open:
            self._is_open = False
            self._queue.leave(self._address)


def queues() -> dict[str, QueryQueue]:
    """Return the queue of visitors and that of people with an account.

    As many queries run in all as there are processes for them; people with an account
    never wait behind visitors.
    """
    return {
        "public": QueryQueue(running=2, waiting=2, share=2, patience_s=10),
        "internal": QueryQueue(running=1, waiting=2, share=2, patience_s=10),
    }
