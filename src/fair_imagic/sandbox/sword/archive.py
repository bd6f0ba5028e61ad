"""What is inside a deposited archive, read in memory and never unpacked to disk."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from pathlib import PurePosixPath

from fair_imagic.sandbox.sword.tree import Leaf, Tree

__all__ = ["BadArchiveError", "archive_tree"]

_MOST_BYTES = 1 << 30
_ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".xz", ".bz2", ".7z")


class BadArchiveError(ValueError):
    """An archive that the checker rejects, with its words."""


def archive_tree(content: bytes) -> Tree:
    """Return the folder that a zip or tar archive holds.

    Raises :class:`BadArchiveError` for another type, an empty archive, one that holds
    a single archive, absolute names and names with ``..``.
    """
    stream = io.BytesIO(content)
    try:
        if zipfile.is_zipfile(stream):
            tree = _zip_tree(stream)
        else:
            stream.seek(0)
            tree = _tar_tree(stream)
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, OSError) as error:
        raise BadArchiveError("The archive type is not supported") from error
    if not tree.entries:
        raise BadArchiveError("The archive is empty")
    _refuse_single_archive(tree)
    return tree


def _refuse_single_archive(tree: Tree) -> None:
    if len(tree.entries) == 1:
        name, entry = next(iter(tree.entries.items()))
        if isinstance(entry, Leaf) and name.decode("utf-8", "replace").endswith(
            _ARCHIVES
        ):
            raise BadArchiveError("The archive contains only one archive")


def _names(name: str) -> list[bytes]:
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name:
        raise BadArchiveError(f"The archive has a name that leaves it: {name}")
    return [part.encode("utf-8", "surrogateescape") for part in pure.parts]


def _zip_tree(stream: io.BytesIO) -> Tree:
    tree, total = Tree(), 0
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            names = _names(info.filename)
            if info.is_dir():
                tree.folder(names)
                continue
            total += info.file_size
            _refuse_bomb(total)
            mode = info.external_attr >> 16
            leaf = Leaf(archive.read(info), _git_mode(mode))
            tree.folder(names[:-1]).entries[names[-1]] = leaf
    return tree


def _tar_tree(stream: io.BytesIO) -> Tree:
    tree, total = Tree(), 0
    with tarfile.open(fileobj=stream) as archive:
        for member in archive:
            names = _names(member.name)
            if not names:
                continue
            if member.isdir():
                tree.folder(names)
                continue
            total += member.size
            _refuse_bomb(total)
            tree.folder(names[:-1]).entries[names[-1]] = _tar_leaf(archive, member)
    return tree


def _tar_leaf(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Leaf:
    if member.issym():
        return Leaf(member.linkname.encode(), "120000")
    content = archive.extractfile(member) if member.isfile() else None
    if content is None:
        raise BadArchiveError(f"The archive holds a special file: {member.name}")
    return Leaf(content.read(), _git_mode(member.mode))


def _git_mode(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "120000"
    return "100755" if mode & 0o111 else "100644"


def _refuse_bomb(total: int) -> None:
    if total > _MOST_BYTES:
        raise BadArchiveError("The unpacked archive is too large")
