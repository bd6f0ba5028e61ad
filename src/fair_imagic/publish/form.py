"""Multipart forms that stream files from disk instead of holding them in memory."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Form", "Part"]

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Part:
    """One part of a form: the name of its field, its content, how it is announced."""

    field: str
    content: bytes | Path
    file_name: str = ""
    media_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def size(self) -> int:
        """The number of bytes of the content."""
        if isinstance(self.content, Path):
            return self.content.stat().st_size
        return len(self.content)


@dataclass(frozen=True)
class Form:
    """A ``multipart/form-data`` body: iterate over it once or more, its length known.

    ``requests`` takes it as ``data`` and sends it piece by piece with Content-Length.
    """

    parts: tuple[Part, ...]
    boundary: str = field(default_factory=lambda: f"form-{secrets.token_hex(16)}")

    @property
    def content_type(self) -> str:
        """The value of the header Content-Type."""
        return f"multipart/form-data; boundary={self.boundary}"

    def __len__(self) -> int:
        """Return the length of the whole body, in bytes."""
        heads = sum(len(self._head(part)) + part.size + 2 for part in self.parts)
        return heads + len(self._end())

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body in pieces."""
        for part in self.parts:
            yield self._head(part)
            yield from _pieces(part.content)
            yield b"\r\n"
        yield self._end()

    def _head(self, part: Part) -> bytes:
        lines = [f"--{self.boundary}"]
        named = f'Content-Disposition: form-data; name="{part.field}"'
        lines.append(
            f'{named}; filename="{part.file_name}"' if part.file_name else named
        )
        if part.media_type:
            lines.append(f"Content-Type: {part.media_type}")
        lines += [f"{name}: {value}" for name, value in part.headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def _end(self) -> bytes:
        return f"--{self.boundary}--\r\n".encode()


def _pieces(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            yield piece
