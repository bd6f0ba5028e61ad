"""The collector of circular objects, paused where none are made.

The index and the sets of the filter are large and have no circles: looking for some,
again and again, would cost a tenth of a large check.
"""

from __future__ import annotations

import contextlib
import gc
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["pause_collector"]

_LOCK = threading.Lock()
# Who wants a pause now; the last one ends it, if the first one began it.
_wanted: list[bool] = []


@contextlib.contextmanager
def pause_collector() -> Iterator[None]:
    """Pause the collector; several threads may do so at once."""
    with _LOCK:
        _wanted.append(_wanted[0] if _wanted else gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _LOCK:
            if _wanted.pop() and not _wanted:
                gc.enable()
