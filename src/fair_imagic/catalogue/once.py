"""What one look at a page reads of the journal, read once.

A page asks for the same few records from many places. Between :func:`begin` and
:func:`end` each is read once; a change made meanwhile by the same thread is seen, one
of somebody else by the next look.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fair_imagic.catalogue.database import Database
    from fair_imagic.rdf import Triple

__all__ = ["begin", "end", "forget", "memory_of"]

_Memory = dict[str, "tuple[Triple, ...]"]
_memories: ContextVar[dict[int, _Memory] | None] = ContextVar("memories", default=None)


def begin() -> None:
    """Read each record once from now on, in this thread."""
    _memories.set({})


def end() -> None:
    """Read records anew each time again."""
    _memories.set(None)


def forget() -> None:
    """Read again what has been read: something has changed."""
    if (memories := _memories.get()) is not None:
        memories.clear()


def memory_of(database: Database) -> _Memory:
    """Return the statements that were read of a database, by record, to be added to."""
    memories = _memories.get()
    return {} if memories is None else memories.setdefault(id(database), {})
