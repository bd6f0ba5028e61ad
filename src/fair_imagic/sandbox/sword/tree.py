"""Software Heritage identifiers of directories, releases and snapshots (git's way)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

__all__ = ["Leaf", "Tree", "object_id", "release_id", "snapshot_id", "tree_id"]


@dataclass(frozen=True)
class Leaf:
    """A file (its bytes) or a symbolic link (its target)."""

    content: bytes
    mode: str = "100644"


@dataclass
class Tree:
    """A folder: entries by name, empty folders included."""

    entries: dict[bytes, Leaf | Tree] = field(default_factory=dict)

    def folder(self, names: list[bytes]) -> Tree:
        """Return the folder below, made as needed."""
        here = self
        for name in names:
            below = here.entries.setdefault(name, Tree())
            if not isinstance(below, Tree):
                raise ValueError("a file and a folder have the same name")
            here = below
        return here


def object_id(kind: str, content: bytes) -> bytes:
    """Return the 20 bytes of git's identifier of an object."""
    head = f"{kind} {len(content)}\0".encode()
    return hashlib.sha1(head + content, usedforsecurity=False).digest()


def tree_id(tree: Tree) -> bytes:
    """Return the identifier of a folder: entries sorted, folders as if ending in /."""
    rows = []
    for name, entry in tree.entries.items():
        if isinstance(entry, Tree):
            rows.append((name + b"/", b"40000 " + name + b"\0" + tree_id(entry)))
        else:
            mode = entry.mode.encode()
            identifier = object_id("blob", entry.content)
            rows.append((name, mode + b" " + name + b"\0" + identifier))
    return object_id("tree", b"".join(row for _key, row in sorted(rows)))


def release_id(
    directory: bytes, *, name: str, message: str, seconds: int, offset: str = "+0000"
) -> bytes:
    """Return the identifier of the release that the loader makes of a deposit."""
    tagger = "Software Heritage <robot@softwareheritage.org>"
    text = (
        f"object {directory.hex()}\ntype tree\ntag {name}\n"
        f"tagger {tagger} {seconds} {offset}\n\n{message}"
    )
    return object_id("tag", text.encode())


def snapshot_id(branches: dict[str, bytes], *, head: str) -> bytes:
    """Return the identifier of a snapshot: releases by branch, and HEAD as an alias."""
    rows = {
        name.encode(): b"release " + name.encode() + b"\x0020:" + identifier
        for name, identifier in branches.items()
    }
    target = head.encode()
    rows[b"HEAD"] = b"alias HEAD\0" + str(len(target)).encode() + b":" + target
    return object_id("snapshot", b"".join(rows[name] for name in sorted(rows)))
