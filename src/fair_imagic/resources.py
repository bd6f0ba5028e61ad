"""Where the data folders are: in a wheel, or beside pyproject.toml."""

from __future__ import annotations

from pathlib import Path

__all__ = ["folder"]


def folder(name: str) -> Path:
    """Return the folder ``schema``, ``shapes`` or ``mappings``."""
    package = Path(__file__).parent
    installed = package / "_data" / name
    return installed if installed.is_dir() else package.parents[1] / name
