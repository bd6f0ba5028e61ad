"""The SWHID of a folder, computed as git computes the id of a tree."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Entry", "content_id", "directory_swhid"]

Entry = tuple[bytes, bool]
"""A file: its bytes, and whether it is executable."""


def content_id(content: bytes) -> str:
    """Return the SHA-1 that names some bytes (git's blob id), in hex."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()  # noqa: S324


def directory_swhid(files: Mapping[str, Entry]) -> str:
    """Return ``swh:1:dir:...`` for files by their path (with ``/``)."""
    return f"swh:1:dir:{_tree_id(files)}"


def _tree_id(files: Mapping[str, Entry]) -> str:
    here: dict[str, Entry] = {}
    below: dict[str, dict[str, Entry]] = {}
    for path, entry in files.items():
        first, slash, rest = path.partition("/")
        if slash:
            below.setdefault(first, {})[rest] = entry
        else:
            here[first] = entry
    rows = [_file_row(name, *entry) for name, entry in here.items()]
    rows += [_folder_row(name, inside) for name, inside in below.items()]
    body = b"".join(row for _order, row in sorted(rows))
    return hashlib.sha1(b"tree %d\0" % len(body) + body).hexdigest()  # noqa: S324


def _file_row(name: str, content: bytes, executable: bool) -> tuple[bytes, bytes]:
    mode = b"100755" if executable else b"100644"
    raw = name.encode()
    return raw, mode + b" " + raw + b"\0" + bytes.fromhex(content_id(content))


def _folder_row(name: str, inside: Mapping[str, Entry]) -> tuple[bytes, bytes]:
    # Folders are sorted as if their name ended with a slash, and git writes the mode
    # 40000 where the specification's text prints 040000.
    raw = name.encode()
    return raw + b"/", b"40000 " + raw + b"\0" + bytes.fromhex(_tree_id(inside))
