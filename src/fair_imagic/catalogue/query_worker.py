"""A process that answers queries, so that it can be ended at the deadline.

It reads requests as JSON lines from its input. An answer is several JSON lines: its
head, its rows some at a time as they are found, and its end; or an error at any place.
A store is opened anew when the request names another version than the one that is open.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fair_imagic.catalogue.index import open_read_only
from fair_imagic.catalogue.query import ask
from fair_imagic.errors import FairImagicError
from fair_imagic.i18n import set_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph

    from fair_imagic.catalogue.query import Row

__all__ = ["main"]

# The first row goes at once, then twice as many each time: the next may take long.
_MOST_ROWS_AT_ONCE = 256
# Characters of a piece: long texts must not gather by the hundred.
_PIECE_CHARACTERS = 64 << 10
# Where rows come slowly, none waits for others for longer than this.
_PIECE_S = 0.25


def main(memory_mb: int) -> None:
    """Answer requests until the input ends, in no more memory than this."""
    limit = memory_mb << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    stores: dict[str, tuple[Any, pyoxigraph.Store]] = {}
    for line in sys.stdin:
        for frame in _frames(json.loads(line), stores):
            sys.stdout.write(json.dumps(frame) + "\n")
            sys.stdout.flush()


def _frames(
    request: dict[str, Any], stores: dict[str, tuple[Any, pyoxigraph.Store]]
) -> Iterator[dict[str, Any]]:
    set_language(request["language"])
    _limit_processor_time(request["timeout_s"])
    try:
        store = _store(request["path"], request["version"], stores)
        head, rows = ask(store, request["sparql"])
        yield {
            "variables": head.variables,
            "boolean": head.boolean,
            "are_statements": head.are_statements,
        }
        yield from _pieces(rows, request["rows_at_most"])
    except FairImagicError as error:
        yield {"error": _parts(error), "kind": type(error).__name__}


def _store(
    path: str, version: Any, stores: dict[str, tuple[Any, pyoxigraph.Store]]
) -> pyoxigraph.Store:
    if path not in stores or stores[path][0] != version:
        stores.pop(path, None)
        stores[path] = (version, open_read_only(Path(path)))
    return stores[path][1]


def _limit_processor_time(timeout_s: float) -> None:
    """Let the system end this process should who asked no longer be there to do so."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + 2 * timeout_s) + 10
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _pieces(rows: Iterable[Row], at_most: int) -> Iterator[dict[str, Any]]:
    """Yield the rows some at a time, then the end: whether there were more."""
    piece: list[Row] = []
    rows_at_once = 1
    characters, begun = 0, time.monotonic()
    for number, row in enumerate(rows):
        if number >= at_most:
            yield {"rows": piece, "is_end": True, "is_cut": True}
            return
        piece.append(row)
        characters += sum(map(len, filter(None, row)))
        is_long = len(piece) >= rows_at_once or characters >= _PIECE_CHARACTERS
        if is_long or time.monotonic() - begun > _PIECE_S:
            yield {"rows": piece, "is_end": False}
            piece, characters, begun = [], 0, time.monotonic()
            rows_at_once = min(2 * rows_at_once, _MOST_ROWS_AT_ONCE)
    yield {"rows": piece, "is_end": True, "is_cut": False}


def _parts(error: FairImagicError) -> dict[str, str]:
    names = ("message", "where", "expected", "found", "hint")
    return {name: getattr(error, name) for name in names}
