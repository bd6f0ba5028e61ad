"""One HTTP request and its answer, as plain data."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Answer", "Request", "Service", "json_answer"]


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request as it reached a service.

    ``path`` is below the service's mount point, percent-decoded, and starts with a
    slash; header names are lower-case; ``base_url`` is the mount point's address.
    """

    method: str
    path: str
    base_url: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def header(self, name: str) -> str:
        """Return a header's text, or an empty one."""
        return self.headers.get(name.lower(), "")

    def json(self) -> object:
        """Return the body as JSON; raises ValueError where it is not JSON."""
        return json.loads(self.body.decode("utf-8"))

    def basic_credentials(self) -> tuple[str, str] | None:
        """Return user and password of HTTP Basic, or None."""
        kind, _space, text = self.header("authorization").partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            plain = base64.b64decode(text, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return None
        user, colon, password = plain.partition(":")
        return (user, password) if colon else None


@dataclass(frozen=True)
class Answer:
    """An answer: status, body and headers."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class Service(Protocol):
    """A practice archive: it answers requests below its mount point."""

    def answer(self, request: Request) -> Answer:
        """Return the answer to one request; what it changes is kept before."""
        ...


def json_answer(
    status: int,
    content: object,
    *,
    content_type: str = "application/json; charset=utf-8",
    headers: tuple[tuple[str, str], ...] = (),
) -> Answer:
    """Return an answer with a JSON body."""
    body = json.dumps(content).encode("ascii")  # half a surrogate pair passes, too
    return Answer(status, body, (("Content-Type", content_type), *headers))
