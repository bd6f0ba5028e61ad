"""Python's collector of circular objects, in a process that is soon over.

A command imports hundreds of modules, whose objects all stay. To look for unreachable
circles among them, time and again and once more at the end, costs a short check a
quarter of its time.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["not_at_exit", "rarely"]

# Objects made and not gone before the collector looks: about 50 MB of small ones.
_RARELY = 500_000


@contextlib.contextmanager
def rarely() -> Iterator[None]:
    """Let the collector look much less often for a while."""
    before = gc.get_threshold()
    # A threshold of 0 says that it never looks.
    gc.set_threshold(before[0] and max(_RARELY, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def not_at_exit() -> None:
    """Spare what is there when this process ends: its memory goes as a whole."""
    # Once is enough, also where a program runs several commands.
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
