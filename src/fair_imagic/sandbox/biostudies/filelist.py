"""File lists and the paths in them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from fair_imagic.files import confined
from fair_imagic.sandbox.biostudies.answers import Refusal

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_paths", "paths_in", "read_list"]

_GOOD_PATH = re.compile(r"[0-9A-Za-z!\-_*'(). /]+")
_MOST_MISSING = 1000


def read_list(folder: Path, name: str) -> list[str]:
    """Return the paths that a file list names.

    Raises :class:`Refusal` for a missing or malformed list.
    """
    check_paths(folder, [name])
    path = confined(folder, name)
    if path.suffix not in (".tsv", ".json", ".xlsx"):
        raise Refusal(f"File list {name} must be .tsv, .json or .xlsx")
    if path.suffix == ".xlsx":
        raise Refusal(f"{name}: this practice archive reads .tsv and .json lists")
    return paths_in(path.read_bytes(), name)


def paths_in(content: bytes, name: str) -> list[str]:
    """Return the paths in the content of a file list (``.tsv`` or ``.json``)."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(f"{name}: the file list must be UTF-8") from error
    paths = _json_paths(text, name) if name.endswith(".json") else _rows(text, name)
    if not paths:
        raise Refusal(f"{name}: a file list must name at least one file")
    return paths


def _rows(text: str, name: str) -> list[str]:
    lines = text.removesuffix("\n").split("\n")
    header = lines[0].rstrip("\r").split("\t")
    if header[0] != "Files":
        raise Refusal(
            f"{name}: the first column header must be 'Files', found '{header[0]}'"
        )
    if not all(cell.strip() for cell in header):
        raise Refusal(f"{name}: column headers must not be blank")
    paths = [line.rstrip("\r").split("\t")[0] for line in lines[1:]]
    for number, path in enumerate(paths, start=2):
        if not path.strip():
            raise Refusal(f"{name}: line {number}: the first cell must not be blank")
    return paths


def _json_paths(text: str, name: str) -> list[str]:
    try:
        entries = json.loads(text)
    except ValueError as error:
        raise Refusal(f"{name}: not valid JSON: {error}") from error
    if not isinstance(entries, list):
        raise Refusal(f"{name}: expected a list of files")
    paths = [e.get("path") if isinstance(e, dict) else None for e in entries]
    good = [path for path in paths if isinstance(path, str) and path.strip()]
    if len(good) != len(paths):
        raise Refusal(f"{name}: every file must have a path that is not blank")
    return good


def check_paths(folder: Path, paths: list[str]) -> None:
    """Refuse paths with other characters, missing ones, and circular ones."""
    bad = [path for path in paths if not _is_good(path)]
    if bad:
        raise Refusal(
            *(
                f"The given file path contains invalid characters or form: {p}"
                for p in bad
            )
        )
    missing = [path for path in paths if not confined(folder, path).exists()]
    if missing:
        raise Refusal(
            "The following files could not be found:\n"
            + "\n".join(f"  - {path}" for path in missing[:_MOST_MISSING])
        )
    _refuse_circular(folder, set(paths))


def _is_good(path: str) -> bool:
    return (
        _GOOD_PATH.fullmatch(path) is not None
        and not path.startswith(("./", "/", "../"))
        and "/../" not in path
        and not path.endswith(("/", "/.."))
    )


def _refuse_circular(folder: Path, paths: set[str]) -> None:
    folders = {path for path in paths if confined(folder, path).is_dir()}
    for path in sorted(paths):
        parts = path.split("/")
        above = {"/".join(parts[:end]) for end in range(1, len(parts))}
        if above & folders:
            outer = sorted(above & folders)[0]
            raise Refusal(f"Circular reference: {outer} and {path} are both listed")
