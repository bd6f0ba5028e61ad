"""Questions to the two stores: by our own code in this process, by others elsewhere."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Literal

from fair_imagic.catalogue import stores
from fair_imagic.catalogue.index import open_read_only, version_of
from fair_imagic.catalogue.query_pool import QueryPool
from fair_imagic.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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

    @contextlib.contextmanager
    def ask(
        self,
        sparql: str,
        *,
        scope: Scope,
        timeout_s: float | None,
        is_wanted: Callable[[], bool] | None,
    ) -> Iterator[Answer]:
        """Give the answer of a process of its own, with the limits of the settings."""

        def asked() -> AbstractContextManager[Answer]:
            return self._pool.ask(
                self._projector.folder / scope,
                sparql,
                version=self._version(scope),
                timeout_s=timeout_s or self._settings.query_timeout_s,
                rows_at_most=self._settings.query_rows,
                is_wanted=is_wanted,
            )

        with contextlib.ExitStack() as opened:
            try:
                answer = opened.enter_context(asked())
            except ConflictError:
                self._mend()
                answer = opened.enter_context(asked())
            yield answer

    def store(self, scope: Scope) -> pyoxigraph.Store:
        """Return a store for this thread: opened anew after each commit."""
        version = self._version(scope)
        opened = getattr(self._opened, scope, None)
        if opened is None or opened[0] != version:
            opened = self._open(scope, version)
            setattr(self._opened, scope, opened)
        store: pyoxigraph.Store = opened[1]
        return store

    def _open(self, scope: Scope, version: Version) -> tuple[Version, pyoxigraph.Store]:
        path = self._projector.folder / scope
        try:
            return version, open_read_only(path)
        except ConflictError:
            self._mend()
        return self._version(scope), open_read_only(path)

    def _mend(self) -> None:
        """Make stores that cannot be opened anew, where nobody else does so now."""
        self._projector.catch_up(look_inside=True)

    def _version(self, scope: Scope) -> Version:
        path = self._projector.folder / scope
        if not stores.exist(path.parent):
            self._projector.catch_up()
        return version_of(path, self._projector.change_id())

    def close(self) -> None:
        """Close the stores of this thread, and end the processes."""
        self._pool.close()
        self._opened = threading.local()
