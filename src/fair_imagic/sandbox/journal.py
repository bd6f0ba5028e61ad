"""The journal of requests: what a practice archive was asked, without secrets."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from fair_imagic import clock

if TYPE_CHECKING:
    from fair_imagic.sandbox.exchange import Request
    from fair_imagic.sandbox.faults import Fault
    from fair_imagic.sandbox.store import Document, Store

__all__ = ["Journal"]


class Journal:
    """One entry a request: time, service, method, path, status, fault."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self, service: str, request: Request, *, status: int | None, fault: Fault | None
    ) -> None:
        """Write an entry; ``status`` None means that no answer was given.

        Bodies are kept as a checksum only, credentials as the user's name.
        """
        credentials = request.basic_credentials()
        self._store.append(
            {
                "time": clock.isoformat(clock.now()),
                "service": service,
                "method": request.method,
                "path": request.path,
                "query": dict(request.query),
                "user": credentials[0] if credentials else None,
                "body_bytes": len(request.body),
                "body_sha256": hashlib.sha256(request.body).hexdigest(),
                "status": status,
                "fault": fault.kind if fault else None,
            }
        )

    def entries(self) -> list[Document]:
        """Return all entries, oldest first."""
        return self._store.entries()
