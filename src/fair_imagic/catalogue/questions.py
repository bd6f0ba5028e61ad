"""Questions to the two stores: by our own code in this process, by others elsewhere."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Literal

from fair_imagic.catalogue.index import open_read_only, version_of
from fair_imagic.catalogue.query_pool import QueryPool

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    import pyoxigraph

    from fair_imagic.catalogue.answer import Answer
    from fair_imagic.catalogue.index import Version
    from fair_imagic.catalogue.projector import Projector
    from fair_imagic.config import Settings

__all__ = ["Questions", "Scope"]

Scope = Literal["internal", "public"]


class Questions:
    """The stores as they are now, for reading. Threads may share it."""

    def __init__(self, settings: Settings, projector: Projector) -> None:
        self._settings = settings
        self._projector = projector
        self._pool = QueryPool(memory_mb=settings.query_memory_mb)
        self._opened = threading.local()

    def ask(
        self,
        sparql: str,
        *,
        scope: Scope,
        timeout_s: float | None,
        is_wanted: Callable[[], bool] | None,
    ) -> AbstractContextManager[Answer]:
        """Give the answer of a process of its own, with the limits of the settings."""
        return self._pool.ask(
            self._projector.folder / scope,
            sparql,
            version=self._version(scope),
            timeout_s=timeout_s or self._settings.query_timeout_s,
            rows_at_most=self._settings.query_rows,
            is_wanted=is_wanted,
        )

    def store(self, scope: Scope) -> pyoxigraph.Store:
        """Return a store for this thread: opened anew after each commit."""
        version = self._version(scope)
        opened = getattr(self._opened, scope, None)
        if opened is None or opened[0] != version:
            opened = (version, open_read_only(self._projector.folder / scope))
            setattr(self._opened, scope, opened)
        store: pyoxigraph.Store = opened[1]
        return store

    def _version(self, scope: Scope) -> Version:
        path = self._projector.folder / scope
        if not path.is_dir():
            self._projector.catch_up()
        return version_of(path, self._projector.change_id())

    def close(self) -> None:
        """Close the stores of this thread, and end the processes."""
        self._pool.close()
        self._opened = threading.local()
